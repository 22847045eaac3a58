"""What one more unit is worth, against solving with one more."""

import dezentral as dz
from dezentral.solver import unit_prices
from tests.checks.small import city, household, site

from .solving import policy_of, solved

GOALS = (dz.Placed(), dz.Cost())


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
