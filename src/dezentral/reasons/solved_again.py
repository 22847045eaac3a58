"""Solving again from a known plan, and what may be said about the difference that it makes."""

from __future__ import annotations

import math
from typing import NamedTuple

from dezentral.assess.changed import no_worse, with_levels
from dezentral.checks import score
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.reasons.unit_estimates import may_be_negative
from dezentral.solver import LevelOutcome, SolveParams, Status, solve

Values = tuple[float, ...]
_CLOSE = 0.01  # gap of an unfinished level up to which a difference still means something


class Range(NamedTuple):
    """Between what a gain is proven to lie; None = nothing is proven on that side."""

    least: float | None
    most: float | None


NOTHING = Range(None, None)


class Reached(NamedTuple):
    """A plan, what each level came to, what none can undercut, and how many levels, from the first, are close to best.

    A level that may be worsened for later ones came to what its own solve found, whatever the plan makes of its slack.
    """

    plan: Plan
    values: Values
    bounds: tuple[float | None, ...]
    close: int


class Gain(NamedTuple):
    """How much lower each level is, NaN where that is not known; then, by position, what is proven about it."""

    levels: Values
    ranges: dict[int, Range]


class SolvedAgain:
    """Solves of one policy from known plans, and the numbers of the levels that some of them left unfinished."""

    def __init__(self, policy: Policy, params: SolveParams, for_first_levels: SolveParams) -> None:
        self.policy, self._params, self._for_first_levels = policy, params, for_first_levels
        self.unfinished = set[int]()

    def reached(self, instance: Instance, start: Plan, levels: int | None = None) -> Reached | None:
        """Return what solving the first levels, or all, from a plan reaches; None where no plan is found."""
        last = len(self.policy.levels)
        first = last if levels is None else levels
        policy = with_levels(self.policy, self.policy.levels[:first])
        result = solve(instance, policy, self._params if first == last else self._for_first_levels, hint=start)
        if result.plan is None:
            return None
        self.unfinished |= {i for i, level in enumerate(result.levels, 1) if level.status is not Status.OPTIMAL}
        close = next((i for i, level in enumerate(result.levels) if self._is_loose(level)), first)
        bounds = (*(level.bound for level in result.levels), *([None] * (last - first)))
        values = list(score(instance, self.policy, result.plan))
        values[:first] = (min(level.value, value) for level, value in zip(result.levels, values, strict=False))
        return Reached(result.plan, tuple(values), bounds, close)

    def gain(self, before: Reached, after: Reached | None) -> Gain:
        """Return how much lower each level is after than before.

        What is reached before can be had after, too. From the first level on that one of them leaves far from its best,
        nothing is known: later levels depend on it.
        """
        if after is None:
            return unknown(len(before.values))
        best = after if no_worse(after.values, before.values) else before
        known = min(before.close, after.close)
        pairs = zip(before.values, best.values, strict=True)
        levels = tuple(math.nan if i >= known else old - new for i, (old, new) in enumerate(pairs))
        ranges = dict.fromkeys(range(known, len(levels)), NOTHING)
        if ranges:
            ranges[known] = _proven(known, before, after, best)
        return Gain(levels, ranges)

    def _is_loose(self, level: LevelOutcome) -> bool:
        """Say whether a level's best may be far below what was reached."""
        if level.final == 0 and not may_be_negative(level.goals):
            return False  # nothing is better, even where the level's own solve came to nothing
        close = max(_CLOSE, self._params.gap)
        return level.status is not Status.OPTIMAL and (level.gap is None or level.gap > close)


def unknown(levels: int) -> Gain:
    """Return the gain of which nothing is known."""
    return Gain((math.nan,) * levels, {})


def _proven(i: int, before: Reached, after: Reached, best: Reached) -> Range:
    """Return the range of a level's gain: the best of each lies between its bound and the value of a plan.

    A plan of which nobody tried to better the level says nothing.
    """
    least, most = before.bounds[i], after.bounds[i]
    if most is None and best is after:
        return NOTHING
    return Range(
        least=None if least is None else least - best.values[i],
        most=None if most is None else before.values[i] - most,
    )
