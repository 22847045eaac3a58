"""Which candidates to open: hand-made cities whose best choice is derived in a comment."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

import dezentral as dz
from dezentral.solver.opening_search import OpeningSearch
from tests.checks.small import city, household, site
from tests.solver.solving import EXACT, policy_of

PLACED = policy_of(dz.Placed())
EVEN = policy_of(dz.Placed(), dz.Evenness())


def flats(count: int = 1, beds: int = 4) -> list[dz.Unit]:
    return [dz.Unit(id="flat", beds=beds, count=count)]


def candidate(key: str, cost: float, district: str = "a", count: int = 1, **more) -> dz.Site:
    return site(key, district, flats(count), opening_cost=cost, **more)


def families(number: int, size: int = 4) -> list[dz.Household]:
    return [household(f"h{i}", size) for i in range(number)]


def chosen(instance: dz.Instance, policy: dz.Policy, **limits) -> dz.OpeningResult:
    """Choose to proven optimality; the plan must be sound in the instance that comes of it."""
    result = dz.choose_sites(instance, policy, params=EXACT, **limits)
    assert result.status is dz.Status.OPTIMAL
    assert dz.check(result.instance, policy, result.result.plan) == ()
    assert tuple(level.final for level in result.result.levels) == dz.score(
        result.instance, policy, result.result.plan
    )
    open_now = {s.id for s in instance.sites if s.opening_cost is None} | set(result.opened)
    assert {s.id for s in result.instance.sites if s.opening_cost is None} == open_now
    assert result.cost == result.cost_bound == sum(s.opening_cost for s in instance.sites if s.id in result.opened)
    return result


def test_as_many_as_possible_are_placed_for_the_money():
    # 30 buys x + y (2 families) or z (3 families): z.
    town = city([candidate("x", 15.0), candidate("y", 15.0), candidate("z", 30.0, count=3)], families(4))
    result = chosen(town, PLACED, budget=30.0)
    assert (result.opened, result.cost, result.result.levels[0].value) == (("z",), 30.0, 4.0)


def test_a_budget_is_met_exactly_whatever_floats_say():
    # 0.1 + 0.2 > 0.3 in floats
    town = city([candidate("x", 0.1), candidate("y", 0.2)], families(2))
    assert chosen(town, PLACED, budget=0.3).opened == ("x", "y")
    assert chosen(town, PLACED, budget=0.29).opened == ("y",) or chosen(town, PLACED, budget=0.29).cost == 0.1


def test_among_equally_good_choices_the_cheapest():
    # One family: any of the three is enough.
    town = city([candidate("x", 7.0), candidate("y", 5.0), candidate("z", 6.0)], families(1))
    assert chosen(town, PLACED).opened == ("y",)


@pytest.mark.parametrize(("costs", "cheapest"), [((1.6, 1.2), "y"), ((1.2, 1.6), "x"), ((2.0, 1.0), "y")])
def test_the_cheapest_is_found_however_little_is_saved(costs, cheapest):
    town = city([candidate(key, cost) for key, cost in zip("xy", costs, strict=True)], families(1))
    result = chosen(town, PLACED)
    assert (result.opened, result.cost) == ((cheapest,), min(costs))


# A search that stops with a plan at a cost of 8 and proves no more than some other cost.
@pytest.mark.parametrize(
    ("others", "proven", "bound"),
    [
        (6.0, 4.0, 4.0),  # costs are multiples of 2
        (6.0, 4.1, 6.0),
        (6.0, -math.inf, 0.0),
        (7.5, 6.9, 6.9),  # or any fractions
        (7.5, 7.999_999_999, 8.0),  # what floats may be off by
    ],
)
def test_no_more_is_proven_of_the_cost_than_the_search_proves(others, proven, bound, monkeypatch):
    monkeypatch.setattr(OpeningSearch, "minimise", lambda *_, **__: (8.0, proven))
    monkeypatch.setattr("dezentral.solver.choosing.first_ids", lambda search: (search.chosen, True))
    town = city([candidate("x", 8.0, count=2), candidate("y", others)], families(2))
    result = dz.choose_sites(town, PLACED, params=EXACT, max_new=1)
    assert (result.opened, result.cost, result.cost_bound) == (("x",), 8.0, bound)
    assert (result.status is dz.Status.OPTIMAL) is (bound == 8.0)


def test_among_equally_cheap_choices_the_first_ids():
    # Two families, four candidates of cost 5: the two first ids, in the order of text: "10" < "9".
    town = city([candidate(key, 5.0) for key in ("9", "b", "10", "a")], families(2))
    assert chosen(town, PLACED).opened == ("10", "9")


def test_ids_decide_between_choices_of_different_size():
    # Two families: z alone (10), or two of b, c, d (5 each): (b, c) comes before (b, d), (c, d), (z).
    town = city([candidate("z", 10.0, count=2), *(candidate(key, 5.0) for key in "dcb")], families(2))
    assert chosen(town, PLACED).opened == ("b", "c")
    assert chosen(town, PLACED, max_new=1).opened == ("z",)


def test_no_number_opens_nothing():
    town = city([candidate("x", 1.0)], families(1))
    result = chosen(town, PLACED, max_new=0)
    assert (result.opened, result.cost, result.instance) == ((), 0.0, town)
    assert result.result.plan.unplaced == ("h0",)


def test_no_budget_opens_only_what_is_free():
    town = city([candidate("x", 1.0), candidate("y", 0.0)], families(2))
    assert chosen(town, PLACED, budget=0).opened == ("y",)


def test_what_gains_nothing_stays_closed():
    town = city([site("s"), candidate("x", 1.0), candidate("y", 0.0)], families(2))
    assert chosen(town, PLACED).opened == ()


def test_evenness_chooses_the_district():
    # Six persons live in a. The family of 4 belongs in b, though a is cheaper; c has a cap of 0.
    districts = [dz.District(id="a", population=1000, housed=6), dz.District(id="b", population=1000)]
    town = city([candidate("x", 1.0), candidate("y", 9.0, "b")], families(1), districts=districts)
    assert chosen(town, EVEN).opened == ("y",)
    assert chosen(town, EVEN, budget=8.0).opened == ("x",)


def test_persons_already_housed_at_a_candidate_count_today_and_nobody_more_enters_a_full_one():
    # x houses 5 of at most 4 persons: nobody new, open or not.
    town = city([candidate("x", 1.0, housed=5, max_persons=4), candidate("y", 2.0)], families(1))
    assert chosen(town, PLACED).opened == ("y",)


def test_a_dormitory_opens_as_a_whole():
    # Places are taken person by person: 5 of 6 in the dormitory at x, or nobody.
    dormitory = site("x", "a", [dz.Unit(id="hall", beds=3, count=2, sharing="dormitory")], opening_cost=3.0)
    town = city([dormitory], [household("h0", 3), household("h1", 2), household("h2", 2)])
    result = chosen(town, PLACED, budget=3.0)
    assert (result.opened, result.result.levels[0].value) == (("x",), 2.0)
    assert chosen(town, PLACED, budget=2.0).result.levels[0].value == 7.0


def test_rooms_are_shared_by_sex_only_where_the_site_opens():
    # One room of 2 beds for two women or two men: x and y take all four, one of them two.
    rooms = [dz.Unit(id="room", beds=2, sharing="same_sex")]
    people = [household(f"{sex}{i}", 1, sex=sex) for sex in "fm" for i in range(2)]
    town = city([site(key, "a", rooms, opening_cost=1.0) for key in "xy"], people)
    assert chosen(town, PLACED).result.levels[0].value == 0.0
    assert chosen(town, PLACED, max_new=1).result.levels[0].value == 2.0


def test_a_household_fixed_at_a_candidate_opens_it_or_nothing_is_possible():
    town = city([candidate("x", 9.0), candidate("y", 1.0)], [household("h", 4, fixed_site="x")])
    assert chosen(town, PLACED).opened == ("x",)
    result = dz.choose_sites(town, PLACED, budget=8.0, params=EXACT)
    assert result.status is result.result.status is dz.Status.INFEASIBLE
    assert (result.opened, result.cost, result.instance, result.cost_bound) == ((), 0.0, town, None)
    assert result.marginal().empty


def test_who_lives_at_a_candidate_stays_if_it_opens():
    home = candidate("x", 5.0)
    town = city([home, site("s")], [household("h", 4, current_site="x")])
    stable = policy_of(dz.Placed(), dz.Stability())
    assert chosen(town, stable).opened == ("x",)
    assert chosen(town, stable, budget=4.0).result.plan.placements[0].site == "s"


def test_leaving_a_closed_candidate_is_no_counted_move_and_leaving_an_open_one_is():
    # No moves allowed. Both live at x (one flat is enough for one). The site s is for one family.
    # x closed: both must leave, one finds s. x open: one stays, the other's move would count and is not allowed
    # ... so whatever is chosen one family is left out, and nothing is opened for it.
    people = [household("h0", 4, current_site="x"), household("h1", 4, current_site="x")]
    town = city([candidate("x", 5.0), site("s", "a", flats())], people)
    result = chosen(town, policy_of(dz.Placed(), max_moves=0))
    assert (result.opened, result.result.levels[0].value) == ((), 4.0)
    assert chosen(town, policy_of(dz.Placed(), max_moves=1)).result.levels[0].value == 0.0


def test_candidates_that_dates_close_stay_closed():
    day = dt.date(2026, 3, 1)
    town = city(
        [candidate("x", 0.0, open_from=dt.date(2026, 4, 1)), candidate("y", 0.0, open_until=day), candidate("z", 8.0)],
        families(1),
        date=day,
    )
    assert chosen(town, PLACED).opened == ("z",)
    assert chosen(town.replace(date=None), PLACED).opened == ("x",)


def test_without_candidates_nothing_opens():
    town = city([site("s")], families(2))
    result = chosen(town, PLACED, budget=5.0, max_new=1)
    assert (result.opened, result.instance) == ((), town)
    assert chosen(city([], []), PLACED).opened == ()


def test_households_of_one_kind_are_placed_in_the_order_of_their_arrival():
    # Rooms for one sex are only at the candidate that stays closed: sex does not matter, the earlier arrival does.
    rooms = site("x", "a", [dz.Unit(id="room", beds=1, sharing="same_sex")], opening_cost=9.0)
    people = [
        household("m", 1, sex="m", arrival=dt.date(2026, 2, 1)),
        household("f", 1, sex="f", arrival=dt.date(2026, 1, 1)),
    ]
    town = city([site("s", "a", flats(beds=1)), rooms], people)
    assert chosen(town, PLACED, budget=1.0).result.plan.unplaced == ("m",)


def test_without_time_nothing_is_proven():
    town = city([candidate("x", 1.0), candidate("y", 9.0, "b")], families(2))
    result = dz.choose_sites(town, EVEN, params=dz.SolveParams(time_limit=0.0))
    assert result.status is dz.Status.FEASIBLE
    assert [level.gap for level in result.result.levels] == [None, None]


def test_the_next_best_site_and_the_limits_have_their_value():
    # 15 buys x; y would place the other family too: 4 persons. In the relaxation 5 more of money open 5/20 of y:
    # 4/20 = 0.2 persons per unit of money.
    town = city([candidate("x", 10.0), candidate("y", 20.0), candidate("z", 25.0)], families(2))
    frame = chosen(town, PLACED, budget=15.0).marginal()
    assert list(frame.columns) == ["what", "site", "opening_cost", "gain_1"]
    assert frame.loc[0].tolist() == ["next site", "y", 20.0, 4.0]
    assert frame.loc[1, "gain_1"] == pytest.approx(0.2)
    assert math.isnan(frame.loc[2, "gain_1"])
    number = chosen(town, PLACED, max_new=1).marginal()
    assert number.loc[2, "gain_1"] == pytest.approx(4.0)
    assert math.isnan(number.loc[1, "gain_1"])


def test_no_next_site_helps_where_all_are_placed():
    frame = chosen(city([candidate("x", 0.0), candidate("y", 1.0)], families(1)), PLACED, budget=1.0).marginal()
    assert frame.loc[0, "site"] is None or frame["site"].isna()[0]
    assert frame["gain_1"].tolist()[:2] == [0.0, 0.0]  # nor does more money


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("budget", -1.0), ("budget", math.nan), ("budget", "5"), ("budget", True), ("budget", -math.inf),
        ("max_new", -1), ("max_new", 1.0), ("max_new", "1"), ("max_new", False),
    ],
)  # fmt: skip
def test_limits_that_mean_nothing_are_refused(field, value):
    with pytest.raises(dz.PolicyError) as caught:
        dz.choose_sites(city([], []), PLACED, **{field: value})
    assert [(fault.field, fault.value) for fault in caught.value.faults] == [(field, pytest.approx(value, nan_ok=True))]


def test_every_fault_is_reported_at_once():
    with pytest.raises(dz.PolicyError) as caught:
        dz.choose_sites(city([], []), PLACED, budget=-1, max_new=-1)
    assert [fault.field for fault in caught.value.faults] == ["budget", "max_new"]


def test_numbers_of_other_libraries_are_numbers():
    town = city([candidate("x", 1.0)], families(1))
    assert dz.choose_sites(town, PLACED, budget=np.int64(1), max_new=np.int64(1), params=EXACT).opened == ("x",)
    assert dz.choose_sites(town, PLACED, budget=math.inf, params=EXACT).opened == ("x",)
