"""What may open: a budget, a number, and what floats may be off by."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.solver.openings import Openings, slack_of
from tests.checks.small import city, plan_for, site

FAMILIES = [dz.Household(id=key, size=1) for key in "gh"]
TOWN = city([site("open"), *(site(key, opening_cost=5.0) for key in "xyz")], FAMILIES)
COSTS = {"x": 0.1, "y": 0.2, "z": 1.0}


@pytest.mark.parametrize(
    ("budget", "most", "allowed"),
    [
        (None, None, ["", "x", "xy", "xyz"]),
        (0.3, None, ["", "x", "xy"]),  # 0.1 + 0.2 is more than that in floats
        (0.299, None, ["", "x"]),
        (None, 2, ["", "x", "xy"]),
        (0.1, 2, ["", "x"]),
        (5.0, 0, [""]),
    ],
)
def test_budget_and_number_both_limit_a_choice(budget, most, allowed):
    openings = Openings(TOWN, COSTS, budget, most)
    assert [keys for keys in ("", "x", "xy", "xyz") if openings.allow(set(keys))] == allowed


def test_a_plan_uses_those_of_its_sites_that_may_open():
    openings = Openings(TOWN, COSTS)
    assert openings.used(plan_for(TOWN, g="open", h="y")) == {"y"}
    assert openings.used(plan_for(TOWN, g="open")) == set()


def test_what_opens_is_an_ordinary_site_and_the_others_are_as_they_were():
    openings = Openings(TOWN, COSTS)
    assert openings.opening(()) is TOWN
    assert {one.id: one.opening_cost for one in openings.opening({"x", "z"}).sites} == {
        "open": None, "x": None, "y": 5.0, "z": None,
    }  # fmt: skip


def test_amounts_may_be_missed_by_a_billionth():
    assert [slack_of(amount) for amount in (0.0, 1.0, -4e6, 4e6)] == pytest.approx([1e-9, 1e-9, 4e-3, 4e-3])
