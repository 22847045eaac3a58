"""Names are names: the engine reads what people and places are like, not what they are called."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from tests.oracle.dice import Dice
from tests.solver.lively import POLICY, lively_city
from tests.strategies import drawn_problem
from tests.trust.renaming import in_order, placed, renamed, reversed_order

TO_THE_END = dz.SolveParams(gap=0.0)


def expect_renamed_alone(instance, policy, params):
    names = in_order(instance)
    first, again = dz.solve(instance, policy, params), dz.solve(renamed(instance, names), policy, params)
    assert again.status is first.status
    assert [(one.value, one.bound) for one in again.levels] == [(one.value, one.bound) for one in first.levels]
    if first.plan is not None:
        assert placed(again.plan) == {(names[key], *place) for key, *place in placed(first.plan)}
        assert set(again.plan.unplaced) == {names[key] for key in first.plan.unplaced}


@settings(max_examples=25)
@given(st.integers(0, 2**20))
def test_new_ids_in_the_same_order_only_rename_the_plan(seed):
    expect_renamed_alone(*drawn_problem(Dice(seed, 3), 2_000), TO_THE_END)


@settings(max_examples=25)
@given(st.integers(0, 2**20))
def test_new_ids_in_any_order_keep_what_is_proven(seed):
    instance, policy = drawn_problem(Dice(seed, 3), 2_000)
    first = dz.solve(instance, policy, TO_THE_END)
    again = dz.solve(renamed(instance, reversed_order(instance)), policy, TO_THE_END)
    assert again.status is first.status
    # Both are proven to the end: the values are the same, whoever of those alike is placed.
    assert [one.value for one in again.levels] == pytest.approx([one.value for one in first.levels], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_what_sites_districts_and_services_are_called_changes_no_plan(seed):
    city = lively_city(seed)
    first = dz.solve(city, POLICY)
    other = city.replace(
        name="another",
        districts=[one.model_copy(update={"name": f"z{99 - n}"}) for n, one in enumerate(city.districts)],
        sites=[one.model_copy(update={"name": f"x{99 - n}", "kind": "k"}) for n, one in enumerate(city.sites)],
        services=[one.model_copy(update={"name": f"y{99 - n}"}) for n, one in enumerate(city.services)],
    )
    assert dz.solve(other, POLICY).plan == first.plan


def test_five_hundred_persons_are_only_renamed():
    expect_renamed_alone(dz.datasets.stuttgart(500), dz.Policy.stuttgarter_weg(), dz.SolveParams())
