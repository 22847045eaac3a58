"""Arguments of a wrong type: one error of ours, at every door."""

import pytest

import dezentral as dz

CITY = dz.Instance(
    districts=[dz.District(id="a", population=1000)],
    sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    households=[dz.Household(id="h", size=3)],
)
POLICY, PLAN = dz.Policy.default(), dz.Plan(unplaced=["h"])
OF_A_PLAN = (
    dz.check, dz.score, dz.why_unplaced, dz.bottlenecks, dz.unevenness_causes, dz.exchange,
    lambda *given: dz.explain(*given, "h"),
    lambda *given: dz.alternatives(*given, "h"),
    lambda *given: dz.compare(*given, PLAN),
    lambda *given: dz.override(*given, "h", "s", by="A. Planner", reason="near the clinic"),
)  # fmt: skip
OF_AN_INSTANCE = (
    dz.solve, dz.conflict, dz.choose_sites,
    lambda instance, policy: dz.frontier(instance, policy, 1),
    lambda instance, policy: dz.simulate(instance, [], policy),
    lambda instance, policy: dz.solve_regions(instance, {"a": "r"}, policy),
)  # fmt: skip


@pytest.mark.parametrize("call", OF_A_PLAN)
@pytest.mark.parametrize("given", [None, {}, "plan", CITY])
def test_a_plan_is_a_plan(call, given):
    with pytest.raises(dz.PlanError, match="plan"):
        call(CITY, POLICY, given)


@pytest.mark.parametrize("call", OF_A_PLAN)
def test_an_instance_and_a_policy_are_what_they_are_called(call):
    with pytest.raises(dz.InstanceError, match="instance"):
        call(None, POLICY, PLAN)
    with pytest.raises(dz.PolicyError, match="policy"):
        call(CITY, "default", PLAN)


@pytest.mark.parametrize("call", OF_AN_INSTANCE)
def test_so_are_they_without_a_plan(call):
    with pytest.raises(dz.InstanceError, match="instance"):
        call(PLAN, POLICY)
    with pytest.raises(dz.PolicyError, match="policy"):
        call(CITY, "default")


@pytest.mark.parametrize("params", [{}, 5, "fast"])
def test_params_are_params(params):
    for call in (
        lambda: dz.solve(CITY, POLICY, params),
        lambda: dz.conflict(CITY, POLICY, params=params),
        lambda: dz.frontier(CITY, POLICY, 1, params=params),
        lambda: dz.bottlenecks(CITY, POLICY, PLAN, params=params),
        lambda: dz.exchange(CITY, POLICY, PLAN, params),
        lambda: dz.choose_sites(CITY, POLICY, params=params),
    ):
        with pytest.raises(dz.PolicyError, match="params"):
            call()


def test_what_listens_can_be_called():
    with pytest.raises(dz.PolicyError, match="on_progress"):
        dz.solve(CITY, on_progress=3)


@pytest.mark.parametrize("given", [5, [5], [PLAN]])
def test_only_overrides_are_replayed(given):
    with pytest.raises(dz.PlanError, match="overrides"):
        dz.replay(CITY, POLICY, PLAN, given)


@pytest.mark.parametrize("path", [None, 5, b"report.html", "a\0b.html", "\ud800.html"])
def test_a_report_goes_where_a_file_can_be(path):
    with pytest.raises(dz.TableError, match="path"):
        dz.report.write(path, CITY, POLICY, dz.solve(CITY))


def test_no_folder_becomes_a_report(tmp_path):
    with pytest.raises(dz.TableError):
        dz.report.write(tmp_path, CITY, POLICY, dz.solve(CITY))


@pytest.mark.parametrize(
    ("call", "fields"),
    [
        (lambda: dz.solve(CITY, POLICY, 5, on_progress=5, progress=5), ["params", "on_progress", "progress"]),
        (lambda: dz.frontier(CITY, POLICY, 99, 0, params=5), ["level", "steps", "params"]),
        (lambda: dz.bottlenecks(CITY, POLICY, PLAN, exact=-1, params=5), ["exact", "params"]),
        (lambda: dz.choose_sites(CITY, POLICY, budget=-1, max_new=-1, params=5), ["budget", "max_new", "params"]),
        (lambda: dz.simulate(CITY, [], POLICY, "best", params=5, seed=-1), ["strategy", "seed", "params"]),
        (lambda: dz.solve_regions(CITY, {"a": "r"}, POLICY, params=5, executor=5), ["executor", "params"]),
        (lambda: dz.compare(CITY, POLICY, dz.Plan(), dz.Plan(unplaced=["h", "g"])), ["household", "household"]),
        (lambda: dz.override(CITY, POLICY, dz.Plan(), "h", 5, by="A", reason=5), ["household", "site", "reason"]),
        (lambda: CITY.with_plan(dz.Plan(), fix_overrides=5), ["household", "fix_overrides"]),
        (lambda: dz.plot.map(CITY, PLAN, 5, language="fr", sites=5), ["language", "sites", "ax"]),
        (lambda: dz.plot.rates(CITY, PLAN, 5, language="fr"), ["language", "ax"]),
        (lambda: dz.plot.occupancy(CITY, PLAN, 5, language="fr"), ["language", "ax"]),
        (lambda: dz.plot.compare(CITY, PLAN, PLAN, 5, language="fr"), ["language", "ax"]),
        (lambda: dz.plot.compare(CITY, dz.Plan(), dz.Plan(unplaced=["h", "g"])), ["household", "household"]),
        (lambda: dz.plot.explore(CITY, PLAN, language="fr", tiles=""), ["language", "tiles"]),
        (lambda: dz.plot.frontier(dz.frontier(CITY, POLICY, 3, 1), level=9, against=8), ["level", "against"]),
        (lambda: dz.report.write("report.html", CITY, 5, 5, "fr"), ["policy", "result", "language"]),
        (lambda: dz.write_tables(CITY, "city", tables="ods", geometry="shp"), ["", ""]),
    ],
)  # fmt: skip
def test_every_wrong_argument_is_named_at_once(call, fields, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(dz.DezentralError) as refused:
        call()
    assert [fault.field for fault in refused.value.faults] == fields
    assert list(tmp_path.iterdir()) == []
