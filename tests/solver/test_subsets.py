"""Which sums opening costs can make: against all choices of sites."""

from __future__ import annotations

from itertools import combinations

import pytest

from dezentral.solver.openings import Openings
from dezentral.solver.subsets import can_cost
from tests.checks.small import city, site

COSTS = {"u": 0.1, "v": 0.2, "w": 3.0, "x": 7.0, "y": 7.5}
TOWN = city([site("open"), *(site(key, opening_cost=cost) for key, cost in COSTS.items())], [])


def sums(given: str, others: str, most: int | None) -> set[float]:
    """Return what the sites given and any of the others cost, as decimals."""
    left = len(others) if most is None else most - len(given)
    some = (more for number in range(left + 1) for more in combinations(others, number))
    return {round(sum(COSTS[key] for key in (*given, *more)), 3) for more in some}


@pytest.mark.parametrize("most", [None, 0, 1, 2])
@pytest.mark.parametrize(("given", "others"), [("", "uvwxy"), ("w", "uvxy"), ("vx", "wy"), ("y", "")])
def test_a_cost_can_be_just_if_some_choice_makes_it(given, others, most):
    openings = Openings(TOWN, COSTS, most=most)
    possible = sums(given, others, most)
    every = sums("", "uvwxy", None)
    for cost in sorted(every | {0.05, 0.29, 2.9, 6.0, 18.0}):
        assert can_cost(openings, cost, given, others) is (cost in possible), cost


@pytest.mark.parametrize(("off", "can"), [(0.0, True), (5e-9, True), (-5e-9, True), (1e-3, False), (-1e-3, False)])
@pytest.mark.parametrize(("given", "others"), [("w", "x"), ("wx", "")])
def test_floats_may_miss_a_cost_a_little(given, others, off, can):
    assert can_cost(Openings(TOWN, COSTS), 10.0 + off, given, others) is can


def test_what_time_does_not_settle_is_possible(monkeypatch):
    monkeypatch.setattr("dezentral.solver.subsets._WORK", 0.0)
    assert can_cost(Openings(TOWN, COSTS), 6.0, "", "uvwxy")


@pytest.mark.parametrize(("given", "others"), [("", "u"), ("v", "u")])
def test_costs_too_far_apart_for_64_bits_are_told_apart(given, others):
    # 10¹² is 10²¹ steps of a cost of nine decimals: more than all of them together, and less than what is given
    openings = Openings(TOWN, {"u": 0.123456789, "v": 2e12})
    assert not can_cost(openings, 1e12, given, others)


@pytest.mark.parametrize(("off", "can"), [(2.0, True), (-2.0, True), (4.0, False), (-4.0, False)])
def test_large_costs_may_be_missed_by_a_billionth(off, can):
    assert can_cost(Openings(TOWN, {"w": 1e9, "x": 2e9}), 3e9 + off, "", "wx") is can
