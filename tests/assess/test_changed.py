"""Small changes of an instance, a policy or a plan."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.assess.changed import exact_if_small, in_units_of, more_units, no_worse, slackened
from tests.checks.small import city, household, plan_for, site

ROOMS = [dz.Unit(id="room", beds=2, count=3), dz.Unit(id="flat", beds=4, count=3)]


def test_one_more_unit_of_one_kind_at_one_site():
    town = city([site("s", units=ROOMS), site("t", units=ROOMS)], [])
    roomier = more_units(town, "t", "room", 2)
    assert [[unit.count for unit in place.units] for place in roomier.sites] == [[3, 3], [5, 3]]
    assert [unit.count for unit in town.sites[1].units] == [3, 3]


def test_slack_is_absolute_and_never_negative():
    level = dz.Level(dz.Cost(), rel_slack=0.5)
    assert slackened(level, 2.0).limit(10.0) == 12.0
    assert slackened(level, -1e-12).limit(10.0) == 10.0


def test_a_plan_is_written_in_the_units_that_are_taken_under_other_rules():
    # 5 persons in rooms of 2: three of them; where only two are allowed the placement stays as it was
    town = city([site("s", units=ROOMS)], [household("h", 5)])
    plan = plan_for(town, h=("s", "room", 1))
    three, two = (dz.Policy(rules=dz.Rules(max_units_per_household=most)) for most in (3, 2))
    assert in_units_of(town, three, plan).placements[0].units == 3
    assert in_units_of(town, two, plan) == plan


@pytest.mark.parametrize(
    ("values", "others", "expected"),
    [
        ((1.0, 9.0), (2.0, 0.0), True),
        ((2.0, 0.0), (1.0, 9.0), False),
        ((1.0 + 1e-12, 3.0), (1.0, 4.0), True),
        ((1.0, 4.0), (1.0, 3.0), False),
        ((), (), True),
    ],
)
def test_values_are_compared_level_by_level(values, others, expected):
    assert no_worse(values, others) is expected


def test_small_cities_are_solved_exactly():
    small, large = city([], [household("h", 1000)]), city([], [household("h", 1001)])
    assert (exact_if_small(small, 5.0).gap, exact_if_small(large, 5.0).gap) == (0.0, 1e-3)
