"""What one answer says of a city, held against a plan of another answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import dezentral as dz

_NEAR = 1e-6  # of a value: what sums in floats may be off by


def near(one: float, other: float) -> bool:
    """Say whether two values are the same but for floats."""
    return abs(one - other) <= _NEAR * max(1.0, abs(other))


def more(one: float, other: float) -> bool:
    """Say whether a value is above another by more than floats."""
    return one > other and not near(one, other)


def false_bounds(policy: dz.Policy, result: dz.Result, values: Sequence[float]) -> Iterator[str]:
    """Yield each level whose bound is above what a plan comes to that keeps the limits of the levels before."""
    for number, (level, outcome, value) in enumerate(zip(policy.levels, result.levels, values, strict=True), start=1):
        if outcome.bound is not None and more(outcome.bound, value):
            yield f"FALSE BOUND of level {number}: {outcome.bound} above {value}"
        if more(value, level.limit(outcome.value)):
            return
