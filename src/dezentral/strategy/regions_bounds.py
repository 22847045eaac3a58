"""Which bounds of a pooled instance hold for the whole, under the limits of the plan that is returned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dezentral.domain.policy import COUNTS_IN_PERSONS, Level, Policy
from dezentral.solver import Result

_SAME = 1e-9  # relative: what floats may differ by


@dataclass(frozen=True)
class Run:
    """A solve of a pooled instance: the levels as they were solved, and what came out."""

    levels: tuple[Level, ...]
    result: Result


def valid_bounds(run: Run, policy: Policy, values: Sequence[float]) -> list[float | None]:
    """Return the bounds that hold for every plan within the limits that `values` set on the earlier levels.

    A bound was proven under the limits that the run set itself on its earlier levels. It holds under ours as long as
    none of ours is wider.
    """
    bounds: list[float | None] = [None] * len(values)
    if run.result.plan is None:
        return bounds
    for i, (level, outcome) in enumerate(zip(run.levels, run.result.levels, strict=True)):
        bounds[i] = outcome.bound
        theirs, ours = level.limit(outcome.value), policy.levels[i].limit(values[i])
        if ours > theirs + _SAME * max(1.0, abs(theirs)):
            break
    return bounds


def widened(levels: Sequence[Level], policy: Policy, values: Sequence[float], reached: Sequence[float]) -> list[Level]:
    """Return pooled levels whose limits will be ours, if each reaches again what it reached before.

    Parameters
    ----------
    levels
        The pooled levels, `policy` the original ones.
    values
        The plan's value on every level.
    reached
        What the pooled levels reached in an earlier run; 0 for levels beyond it.
    """
    wide = []
    for i, level in enumerate(levels):
        base = reached[i] if i < len(reached) else 0.0
        limit = policy.levels[i].limit(values[i])
        room = max(0.0, limit - base) + _SAME * max(1.0, abs(limit))
        wide.append(Level(*level.goals, abs_slack=room))
    return wide


def best_of(first: Sequence[float | None], second: Sequence[float | None]) -> list[float | None]:
    """Return the better of two valid bounds, level by level."""
    return [
        max((bound for bound in pair if bound is not None), default=None) for pair in zip(first, second, strict=True)
    ]


def is_proven(level: Level, value: float, bound: float | None, gap: float) -> bool:
    """Say whether a level counts as optimal: within the gap, and levels of whole persons within their step."""
    if bound is None:
        return False
    relative = (value - bound) / max(1.0, abs(value)) <= max(gap, _SAME)
    counts = all(isinstance(goal, COUNTS_IN_PERSONS) and goal.weight.is_integer() for goal in level.goals)
    return relative and (not counts or value - bound < _step(level) * (1 - _SAME))


def _step(level: Level) -> float:
    return float(math.gcd(*(int(goal.weight) for goal in level.goals)))
