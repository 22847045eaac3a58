"""bottlenecks: estimates for all kinds, exact gains for the top ones."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, assume, given, settings

import dezentral as dz
from dezentral.assess.changed import more_units
from tests.checks.small import city, household, plan_for, site
from tests.strategies import problems

EXACT = dz.SolveParams(gap=0.0)
POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Cost())])


def _flat(count: int = 1, **more: object) -> dz.Unit:
    return dz.Unit(id="flat", beds=4, count=count, **more)


def test_one_more_flat_houses_the_next_household():
    sites = [site("s", units=[_flat(), dz.Unit(id="room", beds=1)], cost=2.0), site("t", "b", [_flat(0)], cost=1.0)]
    town = city(sites, [household("g", 4), household("h", 3)])
    plan = dz.solve(town, POLICY, EXACT).plan
    frame = dz.bottlenecks(town, POLICY, plan, exact=9).set_index(["site", "unit"])
    assert list(frame.columns) == ["district", "estimate_1", "estimate_2", "gain_1", "gain_2"]
    # g (4 persons) lives in s for 8; h (3 persons) follows: in s for 6, in t for 3, or for 4 with g there instead
    assert frame.loc[("s", "flat"), ["gain_1", "gain_2"]].tolist() == [3.0, -6.0]
    # one flat in each: 4 · 1 + 3 · 2 = 10 instead of 8
    assert frame.loc[("t", "flat"), ["gain_1", "gain_2"]].tolist() == [3.0, -2.0]
    assert frame.loc[("s", "room"), ["gain_1", "gain_2"]].tolist() == [0.0, 0.0]
    assert 3.0 <= frame.loc[("s", "flat"), "estimate_1"] <= 4.0  # with a flat less it would be g's 4
    assert frame.loc[("s", "room"), "estimate_1"] == 0.0
    assert frame["district"].tolist()[-1] == "a"


def test_no_estimate_exceeds_what_a_level_has_to_lose():
    """Everyone is placed, in the only two flats: a flat less would leave 4 persons without, one more places nobody."""
    town = city([site("s", units=[_flat(2)], cost=-1.0)], [household("g", 4), household("h", 4)])
    frame = dz.bottlenecks(town, POLICY, plan_for(town, g="s", h="s"))
    assert frame.loc[0, ["estimate_1", "gain_1", "gain_2"]].tolist() == [0.0, 0.0, 0.0]


def test_levels_below_zero_have_estimates_too():
    # g costs −5 in s, h 1 in t, −4 together; with one flat more in s h costs −5, too, with one less g costs 1
    sites = [site("s", units=[_flat()], cost=-5.0), site("t", units=[_flat(2)], cost=1.0)]
    town = city(sites, [household("g"), household("h")])
    row = dz.bottlenecks(town, POLICY, plan_for(town, g="s", h="t")).set_index("site").loc["s"]
    assert (row.estimate_2, row.gain_2) == (pytest.approx(6.0), 6.0)


def test_closed_sites_gain_nothing_and_protected_ones_are_left_out():
    sites = [site("s", units=[_flat()], opening_cost=1.0), site("hidden", units=[_flat()], confidential=True)]
    town = city(sites, [household("g"), household("h")])
    frame = dz.bottlenecks(town, POLICY, plan_for(town, g="hidden"))
    assert frame["site"].tolist() == ["s"]
    assert frame.loc[0, ["estimate_1", "gain_1"]].tolist() == [0.0, 0.0]


def test_only_the_top_rows_are_solved_again():
    sites = [site(key, units=[_flat()]) for key in "stu"]
    town = city(sites, [household(f"h{i}", 4) for i in range(5)])
    plan = dz.solve(town, POLICY, EXACT).plan
    frame = dz.bottlenecks(town, POLICY, plan, exact=1)
    assert frame["gain_1"].notna().tolist() == [True, False, False]
    assert frame["estimate_1"].tolist() == [4.0, 4.0, 4.0]  # the next household, wherever the unit is
    assert frame["site"].tolist() == ["s", "t", "u"]  # all equal: by ids
    assert dz.bottlenecks(town, POLICY, plan, exact=0)["gain_1"].isna().all()


def test_an_empty_city_has_no_rows():
    frame = dz.bottlenecks(dz.Instance(districts=(), sites=()), POLICY, dz.Plan())
    assert frame.empty
    assert "gain_2" in frame


@pytest.mark.parametrize("exact", [-1, 1.0, True, None])
def test_a_number_of_rows_that_is_none_is_refused(exact):
    with pytest.raises(dz.PolicyError):
        dz.bottlenecks(city([], []), POLICY, dz.Plan(), exact=exact)


def test_a_plan_of_another_instance_is_refused():
    with pytest.raises(dz.PlanError):
        dz.bottlenecks(city([], []), POLICY, dz.Plan(unplaced=["h"]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(3_000))
def test_every_gain_is_that_of_solving_again(problem):
    instance, policy = problem
    result = dz.solve(instance, policy, EXACT)
    assume(result.plan is not None)
    frame = dz.bottlenecks(instance, policy, result.plan, exact=2)
    shown = {(place.id, unit.id) for place in instance.sites if not place.confidential for unit in place.units}
    assert set(zip(frame["site"], frame["unit"], strict=True)) == shown
    estimated = frame.filter(like="estimate_").fillna(-1.0).to_numpy().tolist()
    assert estimated == sorted(estimated, reverse=True)
    before = [min(level.value, level.final) for level in result.levels]
    for _, row in frame.head(2).iterrows():
        roomier = more_units(instance, row["site"], row["unit"])
        after = dz.solve(roomier, policy, EXACT)
        # what a unit gains on the first level that it changes is the same whatever the plan to start from
        gains = [old - min(new.value, new.final) for old, new in zip(before, after.levels, strict=True)]
        found = row.filter(like="gain_").tolist()
        assert found == pytest.approx(gains, rel=1e-6, abs=1e-6)


def test_what_later_levels_make_of_slack_is_no_gain_and_no_loss():
    """As things are g (3 persons) has the flat and h (1) waits: 1, at a cost of 3. One flat more has room for h: 0.

    But the slack of 1 lets h wait all the same, as each person costs 1: the plan has h wait and costs 3 either way.
    """
    town = city([site("s", units=[dz.Unit(id="flat", beds=4)], cost=1.0)], [household("g", 3), household("h", 1)])
    levels = (dz.Level(dz.Placed(), abs_slack=1.0), dz.Level(dz.Cost()))
    frame = dz.bottlenecks(town, dz.Policy(levels=levels), dz.Plan(unplaced=["g", "h"]))
    assert frame.loc[0, ["gain_1", "gain_2"]].tolist() == [1.0, 0.0]


def test_a_unit_more_never_seems_to_do_harm_because_a_solve_ends_early(monkeypatch):
    """As things are h (1 person) finds its place; with a unit more, the solve ends where it starts: nothing gained."""
    town = city([site("s", units=[_flat()])], [household("h")])

    def solve(instance, policy, params, *, hint):
        result = dz.solve(instance, policy, params, hint=hint)
        return result if instance == town else result.model_copy(update={"plan": hint})

    monkeypatch.setattr("dezentral.reasons.solved_again.solve", solve)
    assert dz.bottlenecks(town, POLICY, dz.Plan(unplaced=["h"])).loc[0, "gain_1"] == 0.0


def test_with_and_without_the_unit_the_same_time_is_spent(monkeypatch):
    """A first solve ends early with h unplaced, a second one places it: that is not to the credit of one more unit."""
    town, calls = city([site("s", units=[_flat()])], [household("h")]), []

    def solve(instance, policy, params, *, hint):
        calls.append(instance == town)
        result = dz.solve(instance, policy, params, hint=hint)
        open_ = {"status": dz.Status.FEASIBLE, "gap": 0.01}
        early = [level.model_copy(update=open_) for level in result.levels[:1]]
        return result.model_copy(
            update={"levels": (*early, *result.levels[1:]), "plan": hint if len(calls) != 2 else result.plan}
        )

    monkeypatch.setattr("dezentral.reasons.solved_again.solve", solve)
    frame = dz.bottlenecks(town, POLICY, dz.Plan(unplaced=["h"]))
    assert calls == [True, True, False]
    assert frame.loc[0, ["gain_1", "gain_2"]].tolist() == [0.0, 0.0]
    assert frame.attrs["unfinished"] == [1]


def test_levels_left_unfinished_are_named():
    # without any time the plan stays as it is, and nothing is proven: no difference means anything
    town = city([site("s", units=[_flat()], cost=2.0)], [household("g", 4), household("h", 4)])
    plan = plan_for(town, h="s")
    assert dz.bottlenecks(town, POLICY, plan).attrs["unfinished"] == []
    hasty = dz.bottlenecks(town, POLICY, plan, params=dz.SolveParams(time_limit=0.0))
    assert hasty.attrs["unfinished"] == [1, 2]
    assert hasty[["gain_1", "gain_2"]].isna().all(axis=None)


@pytest.mark.parametrize(("gap", "gain"), [(0.01, 2.0), (0.02, None), (None, None)])
def test_a_difference_from_a_plan_that_may_be_far_from_the_best_is_not_told(monkeypatch, gap, gain):
    """With one flat more h moves from t (2.0) to s (0.0); what is known of the second level then is told otherwise."""
    town = city([site("s", units=[_flat(0)]), site("t", units=[_flat()], cost=2.0)], [household("h")])

    def solve(instance, policy, params, *, hint):
        result = dz.solve(instance, policy, params, hint=hint)
        open_ = {} if instance == town else {"status": dz.Status.FEASIBLE, "gap": gap}
        return result.model_copy(update={"levels": (result.levels[0], result.levels[1].model_copy(update=open_))})

    monkeypatch.setattr("dezentral.reasons.solved_again.solve", solve)
    found = dz.bottlenecks(town, POLICY, plan_for(town, h="t")).set_index("site").loc["s", ["gain_1", "gain_2"]]
    assert found.tolist() == [0.0, pytest.approx(math.nan if gain is None else gain, nan_ok=True)]


def test_what_is_not_told_is_explained_and_what_is_proven_about_it_is_there(monkeypatch):
    """One flat more moves h from t (2.0) to s (0.0); with a bound of −1.0 there, the gain is between 2.0 and 3.0."""
    town = city([site("s", units=[_flat(0)]), site("t", units=[_flat()], cost=2.0)], [household("h")])

    def solve(instance, policy, params, *, hint):
        result = dz.solve(instance, policy, params, hint=hint)
        open_ = {} if instance == town else {"status": dz.Status.FEASIBLE, "gap": 1.0, "bound": -1.0}
        return result.model_copy(update={"levels": (result.levels[0], result.levels[1].model_copy(update=open_))})

    monkeypatch.setattr("dezentral.reasons.solved_again.solve", solve)
    frame = dz.bottlenecks(town, POLICY, plan_for(town, h="t"), exact=1)
    assert frame.loc[0, "site"] == "s"
    assert math.isnan(frame.loc[0, "gain_2"])
    assert frame.attrs["proven"] == [{"site": "s", "unit": "flat", "level": 2, "least": 2.0, "most": 3.0}]
    assert frame.attrs["untold"]["en"].startswith("What one more unit gains on level 2 (Cost) is not told:")
    assert frame.attrs["untold"]["de"].startswith("Was eine Einheit mehr auf Stufe 2 (Kosten) bringt, wird nicht")


@pytest.mark.parametrize(("gap", "bound", "most"), [(1.0, 0.0, 3.0), (None, None, None)])
def test_a_gain_that_a_solve_had_no_time_to_find_is_not_called_none(monkeypatch, gap, bound, most):
    """As things are g (4 persons) is placed and h (3) is not; with a flat more both could be, but time runs out before.

    What the solve leaves then, h placed and g not, is worse than without the flat. The gain is between 0 and 3.
    """
    town = city([site("s", units=[_flat()])], [household("g", 4), household("h", 3)])

    def solve(instance, policy, params, *, hint):
        result = dz.solve(instance, policy, params, hint=hint)
        if instance == town:
            return result
        early = {"status": dz.Status.FEASIBLE, "value": 4.0, "final": 4.0, "gap": gap, "bound": bound}
        levels = (result.levels[0].model_copy(update=early), *result.levels[1:])
        return result.model_copy(update={"levels": levels, "plan": plan_for(town, h="s")})

    monkeypatch.setattr("dezentral.reasons.solved_again.solve", solve)
    frame = dz.bottlenecks(town, POLICY, plan_for(town, g="s"))
    assert frame[["gain_1", "gain_2"]].isna().all(axis=None)
    assert frame.attrs["proven"] == [{"site": "s", "unit": "flat", "level": 1, "least": 0.0, "most": most}]
    assert frame.attrs["verdict"] == {"en": "", "de": ""}


def test_no_time_is_spent_on_a_level_of_which_nothing_could_be_told(monkeypatch):
    """As things are the cost may be 1.0 below what is known: with a unit more only the level before is solved again."""
    town, solved = city([site("s", units=[_flat()], cost=2.0)], [household("g"), household("h")]), []

    def solve(instance, policy, params, *, hint):
        solved.append((len(policy.levels), params.time_limit))
        result = dz.solve(instance, policy, params, hint=hint)
        if len(policy.levels) == 1:
            return result
        open_ = {"status": dz.Status.FEASIBLE, "gap": 0.5, "bound": 1.0}
        return result.model_copy(update={"levels": (result.levels[0], result.levels[1].model_copy(update=open_))})

    monkeypatch.setattr("dezentral.reasons.solved_again.solve", solve)
    frame = dz.bottlenecks(town, POLICY, plan_for(town, g="s"), exact=8)
    assert solved == [(2, 50.0 / 3), (2, 50.0 / 3), (1, 50.0 / 3)]  # one row; as things are twice
    assert frame.loc[0, "gain_1"] == 1.0  # the other one is placed
    assert math.isnan(frame.loc[0, "gain_2"])
    assert frame.attrs["proven"] == []
    assert frame.attrs["verdict"]["en"].endswith("Placing people better by 1.")


def test_nothing_is_proven_where_a_level_was_not_reached():
    town = city([site("s", units=[_flat()], cost=2.0)], [household("g", 4), household("h", 4)])
    frame = dz.bottlenecks(town, POLICY, plan_for(town, h="s"), params=dz.SolveParams(time_limit=0.0))
    assert frame.attrs["proven"] == []
    assert "level 1 (Placing people) and 2 (Cost)" in frame.attrs["untold"]["en"]


def test_a_level_at_its_least_is_not_left_untold_for_want_of_time():
    """Everyone is placed: that cannot be bettered, even if there was no time to say so. The cost is another matter."""
    town = city([site("s", units=[_flat()], cost=2.0)], [household("h", 4)])
    frame = dz.bottlenecks(town, POLICY, plan_for(town, h="s"), params=dz.SolveParams(time_limit=0.0))
    assert frame.loc[0, "gain_1"] == 0.0
    assert math.isnan(frame.loc[0, "gain_2"])


def test_where_every_gain_is_told_nothing_is_left_to_say():
    town = city([site("s", units=[_flat()], cost=2.0)], [household("h", 4)])
    attrs = dz.bottlenecks(town, POLICY, plan_for(town, h="s")).attrs
    assert {name: attrs[name] for name in ("unfinished", "proven", "untold")} == {
        "unfinished": [], "proven": [], "untold": {"en": "", "de": ""},
    }  # fmt: skip


def test_the_unit_that_helps_most_is_told_in_one_line():
    """A flat more at s places h (3 persons, 2.0 each); one at t as well, and moves g (4 persons) there: cheaper."""
    sites = [site("s", units=[_flat()], cost=2.0), site("t", "b", [_flat(0)], name="Rosenpark", cost=1.0)]
    districts = [dz.District(id="a", population=9), dz.District(id="b", name="Birkach", population=9)]
    town = city(sites, [household("g", 4), household("h", 3)], districts=districts)
    verdict = dz.bottlenecks(town, POLICY, plan_for(town, g="s")).attrs["verdict"]
    assert verdict["en"] == (
        "Of 2 units tried one by one, this one helps most: one more of kind flat at site Rosenpark (t),"
        " district Birkach (b): Placing people better by 3; Cost worse by 2."
    )
    assert verdict["de"] == (
        "Von 2 Einheiten, einzeln erprobt, hilft diese am meisten: eine mehr der Art flat, Standort Rosenpark (t),"
        " Stadtbezirk Birkach (b): Menschen unterbringen besser um 3; Kosten schlechter um 2."
    )


def test_that_no_unit_helps_is_told_only_where_it_is_known():
    town = city([site("s", units=[_flat()])], [household("h")])
    plan = plan_for(town, h="s")
    assert dz.bottlenecks(town, POLICY, plan).attrs["verdict"] == {
        "en": "Of 1 unit tried one by one, none would improve anything.",
        "de": "Von 1 Einheit, einzeln erprobt, würde keine etwas verbessern.",
    }
    hasty = dz.bottlenecks(town, POLICY, plan, params=dz.SolveParams(time_limit=0.0))
    untried = dz.bottlenecks(town, POLICY, plan, exact=0)
    assert hasty.attrs["verdict"] == untried.attrs["verdict"] == {"en": "", "de": ""}


def test_as_many_solves_as_there_are_share_the_time(monkeypatch):
    town, limits = city([site(key, units=[_flat()]) for key in "stuv"], [household("h")]), []

    def solve(instance, policy, params, *, hint):
        limits.append(params.time_limit)
        return dz.solve(instance, policy, params, hint=hint)

    monkeypatch.setattr("dezentral.reasons.solved_again.solve", solve)
    dz.bottlenecks(town, POLICY, plan_for(town, h="s"), exact=4)
    assert limits == [50.0 / 6] * 5  # for four rows, and two solves as things are, of which one was enough
