"""KeepHoused, Placed, Stability, and how levels bind each other: optima derived by hand."""

import datetime as dt

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import left_out, solved, values, where

FLAT = dz.Unit(id="flat", beds=4)


def test_keep_housed_counts_the_persons_who_lose_their_home():
    # one flat: of 2 and 3 who live there the 2 lose it; the 4 who are new do not count
    people = [household("f", 4), household("g", 2, current_site="s"), household("h", 3, current_site="s")]
    result = solved(city([site(units=[FLAT])], people), dz.KeepHoused(), dz.Placed())
    assert [level.value for level in result.levels] == [2, 6]
    assert where(result) == {"h": "s"}


@pytest.mark.parametrize(("priority", "value", "placed"), [(1, 2, "g"), (2, 3, "h"), (3, 3, "h")])
def test_placed_weighs_persons_by_priority(priority, value, placed):
    # one flat: leaving out g costs 3, leaving out h costs 2 × priority
    people = [household("g", 3), household("h", 2, priority=priority)]
    result = solved(city([site(units=[FLAT])], people), dz.Placed())
    assert (result.levels[0].value, list(where(result))) == (value, [placed])


def test_stability_counts_the_persons_who_move():
    # one flat at s for 2 and 3 who live there: the 2 move; the new ones do not count
    people = [household("f", 4), household("g", 2, current_site="s"), household("h", 3, current_site="s")]
    instance = city([site(units=[FLAT]), site("t", "b")], people)
    assert values(instance, dz.KeepHoused(), dz.Placed(), dz.Stability()) == [0, 0, 2]


def test_of_equal_households_the_earlier_arrival_is_placed_then_the_smaller_id():
    early, late = dt.date(2026, 1, 1), dt.date(2026, 1, 2)
    people = [
        household("a", 2),
        household("b", 2, arrival=late),
        household("c", 2, arrival=late),
        household("d", 2, arrival=early),
    ]
    flats = [dz.Unit(id="flat", beds=4, count=2)]
    assert left_out(city([site(units=flats)], people)) == (4, ("a", "c"))


@pytest.mark.parametrize(("weight", "value"), [(1.0, 4), (4.0, 6)])
def test_goals_of_a_level_are_added_with_their_weights(weight, value):
    # s costs 3 a person, t is second of the wishes: 2 persons cost 6 at s, or weight × 2 × 1 at t
    # weight 1: t, 2 (of s: 6) … plus cost 1 × 2 at t = 4; weight 4: s, 6 (of t: 8 + 2 = 10)
    sites = [site(cost=3.0), site("t", "b", cost=1.0)]
    instance = city(sites, [household("h", 2, wishes=["a", "b"], fixed_site=None)])
    assert values(instance, dz.Placed(), dz.Level(dz.Cost(), dz.Wishes(weight=weight))) == [0, value]


@pytest.mark.parametrize(
    ("slack", "final", "ranks"),
    [
        ({}, 10, 10),
        ({"abs_slack": 1.9}, 10, 10),  # one person more at s costs 2
        ({"abs_slack": 2.0}, 12, 9),
        ({"rel_slack": 0.2}, 12, 9),  # 0.2 × 10 = 2
        ({"rel_slack": 0.2, "abs_slack": 2.0}, 14, 8),
        ({"abs_slack": 100.0}, 30, 0),
    ],
)
def test_later_levels_use_the_slack_of_earlier_ones_and_no_more(slack, final, ranks):
    # ten persons alone wish for a; a place costs 3 at s in a and 1 at t in b: cheapest is 10 at t.
    # each one who moves to s costs 2 more and saves one rank
    hall = dz.Unit(id="hall", beds=10, sharing="dormitory")
    sites = [site(units=[hall], cost=3.0), site("t", "b", units=[hall], cost=1.0)]
    instance = city(sites, [household(f"h{i}", wishes=["a"]) for i in range(10)])
    result = solved(instance, dz.Placed(), dz.Level(dz.Cost(), **slack), dz.Wishes(depth=1))
    assert [level.value for level in result.levels] == [0, 10, ranks]
    assert [level.final for level in result.levels] == [0, final, ranks]


def test_an_earlier_level_outweighs_any_gain_of_a_later_one():
    # placing the 1 of g at all outweighs the cost of a million that it takes
    instance = city([site(cost=1e6)], [household("g")])
    assert values(instance, dz.Placed(), dz.Cost()) == [0, 1e6]
    assert values(instance, dz.Cost(), dz.Placed()) == [0, 1]
