"""What nobody can learn from a report, however they read it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from dezentral.report.unplaced import together
from tests.plot.towns import svg
from tests.report.offices import Reader, office, plan_with, report_of
from tests.strategies import problems_with_plan

EVERY_MEASURE = dz.Policy(
    levels=[
        dz.Level(dz.KeepHoused()),
        dz.Level(dz.Placed()),
        dz.Level(dz.Stability()),
        dz.Level(dz.Evenness()),
        dz.Level(dz.Evenness(measure="persons_to_move")),
        dz.Level(dz.Evenness(measure="max_ratio"), dz.Cost()),
        dz.Level(dz.Evenness(weight=2.0)),
    ]
)
small = st.integers(0, 4)
some_small = st.lists(st.tuples(st.integers(0, 60), small), min_size=2, max_size=5)


@settings(max_examples=25)
@given(some_small, st.tuples(st.integers(1, 4), st.integers(1, 4)), st.integers(5, 30))
def test_reports_that_differ_in_small_numbers_alone_are_the_same(loads, left_over, placed):
    reports = set()
    for which in (0, 1):
        housed = [pair[which] if pair[0] < 5 else pair[0] for pair in loads]
        instance = office(sizes=(placed, left_over[which]), housed=[100, *housed])
        reports.add(report_of(instance, plan_with(instance, "s0", None), policy=EVERY_MEASURE))
    assert len(reports) == 1


@settings(max_examples=25)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=6))
def test_no_load_is_left_to_subtract(housed):
    instance = office(sizes=(), housed=housed)
    read = Reader(report_of(instance, dz.Plan()))
    for i, load in enumerate(housed):
        shown = read.row(f"Town {i}")
        assert shown[3] == ("<5" if load < 5 else str(load))
        assert (shown[5] == "–") == (load < 5)
    # All that is told of the total is the sum of what is told of the districts.
    told = sum(load for load in housed if load >= 5)
    limit = "at least " if min(housed) < 5 else ""
    total = read.words[read.words.index("Persons in all districts") + 1]
    assert total == (f"{limit}{told}" if told else "–")


def test_few_persons_without_a_place_are_not_told_by_any_row():
    instance = office(sizes=(881, 3))
    html = report_of(instance, plan_with(instance, "s0", None))
    read = Reader(html)
    assert "<5 persons have no place." in read.text
    assert read.row("2")[2:4] == ["<5", "–"]
    assert read.row("A place is free")[1] == "<5"
    # Who is to be placed altogether is told nowhere: less the 881 of the plan it would tell the 3.
    assert "901" in re.findall(r"\d+", read.text)  # 20 housed and 881 placed
    assert "884" not in re.findall(r"\d+", read.text)


def test_priorities_do_not_tell_how_few_they_weigh():
    instance = office(households=[dz.Household(id="secret-0", size=2, priority=4)])
    assert Reader(report_of(instance, plan_with(instance, None))).row("2")[2] == "not told"


def test_priorities_do_not_tell_how_few_are_urgent():
    households = [dz.Household(id=f"secret-{i}", size=1, priority=1 + (i == 0)) for i in range(6)]
    instance = office(households=households)
    read = Reader(report_of(instance, plan_with(instance, *[None] * 6)))
    # 6 persons and a weight of 7: one of them would be known to be urgent.
    assert "6 persons have no place." in read.text
    assert read.row("2")[2:4] == ["not told", "–"]
    plain = office(households=[one.model_copy(update={"priority": 1}) for one in households])
    assert Reader(report_of(plain, plan_with(plain, *[None] * 6))).row("2")[2] == "6"


def guessed(sizes: tuple[int, int]) -> tuple[dz.Instance, dz.Plan]:
    """Return a town in whose last two districts one household each is housed, in flats that everyone knows."""
    flat = dz.Unit(id="beds", beds=9, count=3)
    sites = [dz.Site(id=f"s{i}", district=f"d{i}", units=[flat], x=900.0 * i + 100, y=100.0) for i in range(3)]
    instance = office(sites=sites, sizes=(8, *sizes), housed=(20, 0, 0))
    return instance, plan_with(instance, "s0", "s1", "s2")


def test_no_guess_at_small_numbers_is_ruled_out_by_anything_that_is_told():
    goals = (dz.Fit(), dz.Fit(weight=2.0), dz.Cost(), dz.Proximity(), dz.Wishes(), dz.Utility(), dz.PeerSupport())
    whole = [dz.Level(dz.Fit(weight=50.0), dz.Seats()), dz.Level(dz.Fit(), dz.Wishes(weight=7.0))]
    policy = dz.Policy(levels=[*EVERY_MEASURE.levels, *(dz.Level(goal) for goal in goals), *whole])
    told = set()
    for sizes in [(1, 1), (1, 4), (2, 3), (3, 1), (4, 4)]:
        instance, plan = guessed(sizes)
        pages = [report_of(instance, plan, language, policy) for language in ("en", "de")]
        pages += [dz.plot.explore(instance, plan).get_root().render()]
        pages += [svg(draw(instance, plan)) for draw in (dz.plot.map, dz.plot.rates, dz.plot.occupancy)]
        pages += [svg(dz.plot.compare(instance, dz.Plan(unplaced=[one.id for one in instance.households]), plan))]
        told.add(re.sub(r"[0-9a-f]{32}", "", "".join(pages)))
    assert len(told) == 1


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 12), min_size=1))
def test_reasons_of_few_persons_stand_together_with_others(counts):
    rows = together(counts)
    assert sorted(reason for reasons, _ in rows for reason in reasons) == sorted(counts)
    assert sum(persons for _, persons in rows) == sum(counts.values())
    if sum(counts.values()) >= 5:
        assert all(persons >= 5 for _, persons in rows)


def test_confidential_sites_are_told_by_no_name_place_operator_or_number():
    beds = dz.Unit(id="beds", beds=100, sharing="dormitory")
    sites = [
        dz.Site(id="s0", district="d0", units=[beds], name="Open House", operator="Works", x=100.0, y=100.0),
        dz.Site(
            id="haven", district="d0", units=[beds], name="Quiet Harbour", operator="Shelters", x=234.5, y=345.6,
            confidential=True,
        ),
    ]  # fmt: skip
    households = [dz.Household(id=f"secret-{i}", size=17) for i in range(2)]
    instance = office(sites=sites, households=households, name="Towns with Quiet Harbour")
    rules = dz.Rules(operator_capacity={"Shelters": 7766, "Works": 8888})
    by_hand = [dz.Override(household="secret-1", site="haven", by="A", reason="the haven is safe")]
    plan = plan_with(instance, "s0", "haven", overrides=by_hand)
    html = report_of(instance, plan, policy=dz.Policy(rules=rules))
    for word in ("haven", "Harbour", "Shelters", "234", "345", "7,766", "secret"):
        assert word not in re.sub(r"[0-9a-f]{64}", "", html)
    assert "Works" in html
    assert html.count("<circle") == 2  # one on the map, one in its legend


def test_a_confidential_site_moves_nothing_on_the_map():
    beds = dz.Unit(id="beds", beds=100, sharing="dormitory")
    site = dz.Site(id="haven", district="d0", units=[beds], x=5000.0, y=5000.0, confidential=True)
    one, two = (office(sizes=(), sites=sites) for sites in ([], [site]))
    assert report_of(one, dz.Plan()) == report_of(two, dz.Plan())


@settings(max_examples=20)
@given(problems_with_plan(), st.sampled_from(["en", "de"]))
def test_whatever_the_problem_and_the_plan_the_report_names_no_household(problem, language):
    instance, policy, plan = problem
    renamed = {household.id: f"secret-{household.id}" for household in instance.households}
    hidden = instance.replace(
        households=[one.model_copy(update={"id": renamed[one.id]}) for one in instance.households],
        relations=[
            one.model_copy(update={"households": tuple(renamed[key] for key in one.households)})
            for one in instance.relations
        ],
        utilities=None,
    )
    moved = dz.Plan(
        placements=[one.model_copy(update={"household": renamed[one.household]}) for one in plan.placements],
        unplaced=[renamed[key] for key in plan.unplaced],
    )
    html = report_of(hidden, moved, language, policy)
    assert "secret-" not in html
    assert not re.search(r"\bnan\b", html, re.IGNORECASE)
    read = Reader(html)
    for district, load in zip(hidden.districts, dz.evenness(hidden, moved).districts["load"], strict=True):
        assert read.row(district.name or district.id)[3] == ("<5" if load < 5 else str(load))
