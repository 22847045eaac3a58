"""Of choices that are equally good and cost the same, the one whose ids come first, whatever plan is found first."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import dezentral as dz
from dezentral.solver.choosing import choose
from dezentral.solver.first_ids import _reaches
from dezentral.solver.openings import Openings
from tests.checks.small import city, household, site
from tests.solver.solving import EXACT, policy_of

PLACED = policy_of(dz.Placed())


@pytest.mark.parametrize(
    ("costs", "flats", "found", "first"),
    [
        ({"a": 5.0, "b": 5.0, "c": 10.0}, {"c": 2}, "cc", ("a", "b")),  # two sites for the price of one
        ({"a": 5.0, "b": 5.0, "c": 5.0}, {}, "bc", ("a", "b")),
        ({"a": 5.0, "z": 0.0}, {"a": 2}, "az", ("a",)),  # z opens for nothing, but is not needed
        ({"a": 5.0, "z": 0.0}, {"z": 2}, "zz", ("z",)),
    ],
)
def test_the_first_ids_are_found_from_a_plan_with_others(costs, flats, found, first):
    sites = [site(k, "a", [dz.Unit(id="flat", beds=4, count=flats.get(k, 1))], opening_cost=costs[k]) for k in costs]
    town = city(sites, [household("g", 4), household("h", 4)])
    placements = [dz.Placement(household=h, site=s, unit="flat") for h, s in zip("gh", found, strict=True)]
    choice = choose(Openings(town, costs), PLACED, EXACT, dz.Plan(placements=placements))
    assert (choice.opened, choice.ids_proven) == (first, True)
    assert {placement.site for placement in choice.result.plan.placements} <= set(first)


@pytest.mark.parametrize(
    ("value", "bound", "known"),
    [(-1.0, -1.0, True), (0.0, 0.0, False), (0.0, -1.0, None), (0.0, -1.0 + 1e-7, None), (0.0, -0.5, False)],
)
def test_what_is_neither_reached_nor_refuted_is_not_known(value, bound, known):
    def minimise(*_: object, levels: int, step: float) -> tuple[float, float]:
        assert (levels, step) == (1, 1.0)  # sites are counted
        return value, bound

    watch = SimpleNamespace(over=False)
    search = SimpleNamespace(watch=watch, policy=PLACED, minimise=minimise)
    assert _reaches(search, None, 0.0, -1.0, None) is known
    watch.over = True
    assert _reaches(search, None, 0.0, -1.0, None) is None
