"""What one more unit is worth, against solving with one more."""

import pytest

import dezentral as dz
from dezentral.solver import unit_prices
from tests.checks.small import city, household, site

from .solving import policy_of, solved

GOALS = (dz.Placed(), dz.Cost())
FLAT = dz.Unit(id="flat", beds=4)


def flats(near, far):
    """Flats for four: at s for 1 per person, at t for 9."""
    return city(
        [
            site("s", "a", [dz.Unit(id="flat", beds=4, count=near)], cost=1.0),
            site("t", "b", [dz.Unit(id="flat", beds=4, count=far)], cost=9.0),
        ],
        [household(f"h{n}", 4) for n in range(3)],
    )


def test_where_places_are_short_a_unit_is_worth_the_persons_it_houses():
    # 2 flats for 3 households of 4: one more anywhere houses 4
    instance = flats(1, 1)
    prices = unit_prices(instance, policy_of(*GOALS), solved(instance, *GOALS).plan)
    assert (prices.sites, prices.units) == (("s", "t"), ("flat", "flat"))
    assert prices.gains[0].tolist() == [4, 4]


def test_where_places_are_enough_a_unit_is_worth_the_cost_it_saves():
    # all placed, one of them at t: one more flat at s saves 4 × (9 − 1); at t nothing
    instance = flats(2, 2)
    prices = unit_prices(instance, policy_of(*GOALS), solved(instance, *GOALS).plan)
    assert prices.gains.tolist() == [[0, 0], [32, 0]]


def test_a_plan_whose_limits_no_rule_abiding_plan_keeps_has_no_prices():
    # two households in one flat break a rule: nobody unplaced is out of reach on the second level
    instance = flats(1, 0)
    plan = dz.Plan(placements=[dz.Placement(household=f"h{n}", site="s", unit="flat") for n in range(3)])
    prices = unit_prices(instance, policy_of(*GOALS), plan)
    assert prices.gains[0].tolist() == [4]
    assert prices.gains[1].tolist() != prices.gains[1].tolist()  # NaN


@pytest.mark.parametrize(
    ("rooms", "size", "gain"),
    [
        (2, 4, 2),  # a third room is half of a pair, to the relaxation
        (3, 4, 4),
        (4, 6, 0),  # three for each: a fifth does not make another three
        (5, 6, 6),
    ],
)
def test_a_room_is_worth_what_it_completes(rooms, size, gain):
    unit = dz.Unit(id="room", beds=2, count=rooms)
    instance = city([site("r", "a", [FLAT]), site("s", "a", [unit])], [household(f"h{n}", size) for n in range(9)])
    policy = policy_of(dz.Placed(), max_units_per_household=3)
    plan = solved(instance, dz.Placed(), max_units_per_household=3).plan
    assert unit_prices(instance, policy, plan).gains.tolist() == [[4 if size == 4 else 0, gain]]


def test_a_unit_of_a_dormitory_is_worth_all_of_its_beds():
    # 20 persons living alone, beds for 11
    halls = [dz.Unit(id=key, beds=beds, count=2, sharing="dormitory") for key, beds in (("four", 4), ("one", 1))]
    people = [household(f"h{n:02}", 1) for n in range(20)]
    instance = city([site("s", "a", [*halls, dz.Unit(id="flat", beds=1)])], people)
    plan = solved(instance, dz.Placed()).plan
    prices = unit_prices(instance, policy_of(dz.Placed()), plan)
    assert dict(zip(prices.units, prices.gains[0].tolist(), strict=True)) == {"flat": 1, "four": 4, "one": 1}
