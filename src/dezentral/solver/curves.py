"""Convex functions of a whole number, as lines: exact at whole numbers once the lines around a point are there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

_NEAR = 6  # persons around a load where no line is left out
_CONVEX = 0.25  # steps of a load differ by 2/T in slope: rounding by so much of 1/T leaves them in order


@dataclass
class Curve:
    """(L − T)² / max(T, 1) for a load L between two bounds.

    Attributes
    ----------
    load, value
        Auxiliary variables of the program.
    target
        T (persons).
    lowest, highest
        Bounds of L (persons).
    grain
        Step to which values are rounded.
    lines
        Those in the program, each with its row.
    """

    load: int
    value: int
    target: float
    lowest: int
    highest: int
    grain: float
    lines: dict[int, int] = field(default_factory=dict)

    def at(self, load: int) -> float:
        """Return the value at a whole load, rounded to the grain."""
        return round(self._exact(load) / self.grain) * self.grain

    def line(self, at: int) -> tuple[float, float]:
        """Return slope and height at 0 of the line through `at` and `at` + 1: never above the curve at whole loads.

        Where the grain is too coarse to keep rounded values on a convex curve, it is the highest line of that slope,
        in grains, that is nowhere above; it may be less than a grain below the curve where it touches it.
        """
        if self.grain * max(self.target, 1.0) <= _CONVEX:
            slope = self.at(at + 1) - self.at(at)
            return slope, self.at(at) - slope * at
        slope = round((self._exact(at + 1) - self._exact(at)) / self.grain) * self.grain
        touching = self.target + slope * max(self.target, 1.0) / 2
        loads = (min(max(round_(touching), self.lowest), self.highest) for round_ in (math.floor, math.ceil))
        height = min(self._exact(load) - slope * load for load in loads)
        return slope, math.floor(height / self.grain) * self.grain

    def _exact(self, load: int) -> float:
        return (load - self.target) ** 2 / max(self.target, 1.0)

    def may_take(self, at: int) -> bool:
        """Return whether a line is new and lies within the bounds."""
        return at not in self.lines and self.lowest <= at < max(self.highest, self.lowest + 1)

    def around(self, load: float, steps: int) -> list[int]:
        """Return all lines near a load and some at doubling distances from it, within the bounds."""
        middle = math.floor(load)
        near = set(range(middle - _NEAR, middle + _NEAR))
        near |= {middle + sign * 2**step for step in range(steps) for sign in (-1, 1)}
        return sorted(line for line in near if self.lowest <= line < self.highest)
