"""What must hold of every result of the engine, by the enumeration of all plans and the second reading."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

import pytest

from dezentral import Household, Instance, Level, Policy
from dezentral.checks import check, score
from dezentral.domain.policy import COUNTS_IN_PERSONS
from dezentral.solver import LevelOutcome, Result, SolveParams, Status, solve
from tests.oracle.brute_force import INFEASIBLE, optimum
from tests.oracle.semantics import level_values, violated_rules

TO_THE_END = SolveParams(gap=0.0)
TOLERANCE = 1e-6  # what a solver's "gap 0" may leave, relative


def expect_agreement(instance: Instance, policy: Policy) -> Status:
    """Solve a tiny problem both ways; whatever differs fails an assertion."""
    best, result = optimum(instance, policy), solve(instance, policy, TO_THE_END)
    if best is INFEASIBLE:
        assert result.status is Status.INFEASIBLE
        assert result.plan is None
        return result.status
    assert result.status is Status.OPTIMAL
    assert [outcome.value for outcome in result.levels] == pytest.approx(best.values, rel=TOLERANCE, abs=TOLERANCE)
    for level, outcome, value in zip(policy.levels, result.levels, best.values, strict=True):
        _expect_proven(level, outcome, value)
    _expect_sound(instance, policy, result)
    return result.status


def expect_truth(instance: Instance, policy: Policy) -> Status:
    """Solve a tiny problem of one level whose numbers may be too far apart for 64 bits: what is said must be true.

    A level that adds up parts 10^9 times as large as what it comes to may stay open, FEASIBLE; its bound holds all the
    same.
    """
    result = solve(instance, policy, TO_THE_END)
    if result.status is not Status.FEASIBLE:
        return expect_agreement(instance, policy)
    best = optimum(instance, policy)
    assert best is not INFEASIBLE
    (value,), (outcome,) = best.values, result.levels
    assert outcome.bound is not None
    assert outcome.bound <= value + TOLERANCE * max(1.0, abs(value))
    assert outcome.value >= value - TOLERANCE * max(1.0, abs(value))
    _expect_sound(instance, policy, result)
    return result.status


def _expect_proven(level: Level, outcome: LevelOutcome, value: float) -> None:
    leeway = TOLERANCE * max(1.0, abs(value))
    assert outcome.status is Status.OPTIMAL
    assert outcome.bound is not None
    assert outcome.bound <= value + leeway
    # Where only whole steps count, a bound less than a step away is proof.
    assert value - outcome.bound < max(_step(level), leeway + 1e-12)
    assert outcome.final <= level.limit(value) + TOLERANCE * max(1.0, abs(level.limit(value)))


def _step(level: Level) -> float:
    """Return the least difference between two values of a level that only counts persons; 0 for others."""
    weights = [goal.weight for goal in level.goals]
    counts = all(isinstance(goal, COUNTS_IN_PERSONS) for goal in level.goals)
    if counts and all(weight.is_integer() for weight in weights):
        return float(math.gcd(*(int(weight) for weight in weights)))
    return 0.0


def _expect_sound(instance: Instance, policy: Policy, result: Result) -> None:
    plan = result.plan
    assert plan is not None
    assert check(instance, policy, plan) == ()
    assert violated_rules(instance, policy, plan) == set()
    final = [outcome.final for outcome in result.levels]
    assert final == pytest.approx(score(instance, policy, plan), rel=1e-9, abs=1e-9)
    assert final == pytest.approx(level_values(instance, policy, plan), rel=1e-9, abs=1e-9)
    placed = {placement.household for placement in plan.placements}
    for equals in _equals(instance):
        by_arrival = sorted(equals, key=lambda own: (own.arrival is None, str(own.arrival), own.id))
        assert [own.id in placed for own in by_arrival] == sorted([own.id in placed for own in equals], reverse=True)


def _equals(instance: Instance) -> Iterable[list[Household]]:
    """Group the households that differ in nothing but id and arrival, relations and utilities included."""
    named = {key for relation in instance.relations for key in relation.households}
    named |= set(instance.utilities.rows) if instance.utilities is not None else set()
    groups: dict[str, list[Household]] = defaultdict(list)
    for household in instance.households:
        if household.id not in named:
            groups[household.model_dump_json(exclude={"id", "arrival"})].append(household)
    return groups.values()
