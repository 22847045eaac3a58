"""Solve small cities to the end, in few words."""

from __future__ import annotations

from typing import Any

import dezentral as dz

EXACT = dz.SolveParams(gap=0.0)


def policy_of(*goals: Any, **rules: Any) -> dz.Policy:
    """Build a policy of rules and levels; a goal alone is a level of its own."""
    levels = [goal if isinstance(goal, dz.Level) else dz.Level(goal) for goal in goals]
    return dz.Policy(rules=dz.Rules(**rules), levels=levels)


def solved(instance: dz.Instance, *goals: Any, **rules: Any) -> dz.Result:
    """Solve to proven optimality; what comes back must say so and pass the check."""
    policy = policy_of(*goals, **rules)
    result = dz.solve(instance, policy, EXACT)
    assert result.status is dz.Status.OPTIMAL
    assert result.reproducible
    assert result.plan is not None
    assert dz.check(instance, policy, result.plan) == ()
    assert tuple(level.final for level in result.levels) == dz.score(instance, policy, result.plan)
    assert all(level.bound == level.value for level in result.levels)
    return result


def values(instance: dz.Instance, *goals: Any, **rules: Any) -> list[float]:
    """Return the proven optimum of each level."""
    return [level.value for level in solved(instance, *goals, **rules).levels]


def left_out(instance: dz.Instance, **rules: Any) -> tuple[float, tuple[str, ...]]:
    """Return the persons and ids left unplaced when as many as possible are placed."""
    result = solved(instance, dz.Placed(), **rules)
    return result.levels[0].value, result.plan.unplaced


def where(result: dz.Result) -> dict[str, str]:
    """Return the site of each placed household."""
    return {placement.household: placement.site for placement in result.plan.placements}
