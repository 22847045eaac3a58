"""The way through large levels, forced upon tiny problems: plans stay sound and bounds true."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings

from dezentral import Instance, Policy, datasets
from dezentral.checks import check
from dezentral.solver import SolveParams, Status, alike, guide, guided, program, relaxation, solve, stage, variants
from tests.oracle.brute_force import INFEASIBLE, optimum
from tests.solver.lively import POLICY, lively_city
from tests.strategies import EXAMPLES, problems


def _as_if_large(patch: pytest.MonkeyPatch) -> None:
    """No level is small enough for CP-SAT alone."""
    patch.setattr(stage, "DIRECT", -1)


def _as_if_of_many_types(patch: pytest.MonkeyPatch) -> None:
    """Columns are priced, alike households go together, shapes come first, in however small a city."""
    _as_if_large(patch)
    patch.setattr(relaxation, "_ALL_AT_ONCE", 0)
    patch.setattr(alike, "_TOGETHER", 2)
    patch.setattr(program, "_MANY_TYPES", 0)
    patch.setattr(guided, "_LEAST", 1)


def _as_if_of_many_columns(patch: pytest.MonkeyPatch) -> None:
    """Transports are cuts for HiGHS, too, and those that leave any room are left out at first."""
    _as_if_of_many_types(patch)
    patch.setattr(guide, "_SMALL", 0)
    patch.setattr(variants, "_FAR", 0.0)


@pytest.mark.parametrize("way", [_as_if_large, _as_if_of_many_types, _as_if_of_many_columns])
@settings(max_examples=EXAMPLES // 2)
@given(problem=problems())
def test_bounds_hold_where_levels_are_solved_by_their_relaxation(
    problem: tuple[Instance, Policy], way: Callable[[pytest.MonkeyPatch], None]
) -> None:
    instance, policy = problem
    best = optimum(instance, policy)
    with pytest.MonkeyPatch.context() as patch:
        way(patch)
        result = solve(instance, policy, SolveParams(gap=0.0))
    if best is INFEASIBLE:
        assert result.status is Status.INFEASIBLE
        return
    assert result.plan is not None
    assert check(instance, policy, result.plan) == ()
    for outcome, value in zip(result.levels, best.values, strict=True):
        leeway = 1e-6 * max(1.0, abs(value))
        assert outcome.bound is None or outcome.bound <= outcome.value + leeway
        if outcome.status is not Status.OPTIMAL:
            break  # later levels are then bound by another limit than the oracle's
        assert outcome.value == pytest.approx(value, rel=1e-6, abs=1e-6)
    else:
        return
    # The first level that stayed open had the oracle's limits, so its bound must not exceed the optimum.
    assert outcome.bound is None or outcome.bound <= value + leeway
    assert outcome.value >= value - leeway


def test_without_a_relaxation_levels_stay_open_and_plans_are_sound(monkeypatch):
    _as_if_large(monkeypatch)
    monkeypatch.setattr("dezentral.solver.search._FEW", -1)
    monkeypatch.setattr(guided, "relax", lambda *_, **__: None)
    city = lively_city()
    result = solve(city, POLICY)
    assert result.status is Status.FEASIBLE
    assert check(city, POLICY, result.plan) == ()


@pytest.mark.parametrize("seed", range(3))
def test_cuts_raise_the_bound_of_a_plan_near_the_relaxation(seed, monkeypatch):
    city, policy = datasets.stuttgart(100, seed=seed), Policy.default()
    best = [level.value for level in solve(city, policy, SolveParams(gap=0.0)).levels]
    _as_if_large(monkeypatch)
    monkeypatch.setattr(guided, "choose_loads", lambda _: None)  # it would prove as much of so small a city
    tighten, rises = guided._tighten, []

    def watched(guide: guide.Guide, few: int) -> bool:
        before = guide.bound
        ran = tighten(guide, few)
        rises.append((before, guide.bound))
        return ran

    monkeypatch.setattr(guided, "_tighten", watched)
    solve(city, policy, SolveParams(gap=0.0))
    before, after = rises[-1]
    assert before < after <= best[-1] + 1e-6 * best[-1]


@pytest.mark.parametrize(
    ("loads", "whole"),
    [([1.5, 2.3, 0.2], [2, 2, 0]), ([1.0 - 1e-9, 2.0, 3.0], [1, 2, 3]), ([0.6, 0.6, 0.8], [1, 0, 1])],
)
def test_loads_are_rounded_so_that_their_sum_stays(loads, whole):
    assert guided._rounded(np.array(loads)).tolist() == whole
