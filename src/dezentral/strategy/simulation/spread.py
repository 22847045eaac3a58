"""Unevenness in a linear program: its measures are convex in the loads."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from dezentral.domain.policy import Evenness
from dezentral.strategy.simulation.linear import Program, Values

_MOST_PIECES = 20

Terms = Sequence[Sequence[tuple[int, float]]]


def add_unevenness(  # noqa: PLR0913  what a spread is measured from
    program: Program,
    goal: Evenness,
    weight: float,
    *,
    loads: Values,
    terms: Terms,
    targets: Values,
    pieces: int = _MOST_PIECES,
) -> bool:
    """Add weight × unevenness to what is minimised; say whether that is never more than it is at whole loads.

    Parameters
    ----------
    program
        Changed.
    goal
        Its measure and weight.
    weight
        For how many steps it counts.
    loads
        Persons who are there already, shape (n_districts,).
    terms
        Per district variable and persons of everybody who may be placed there.
    targets
        Target loads, shape (n_districts,).
    pieces
        Lines at most that stand for the chi-square of a district.
    """
    weight *= goal.weight
    if goal.measure == "max_ratio":
        ratio = program.variable(weight)
        for load, mine, target in zip(loads, terms, targets, strict=True):
            scale = max(target, 1.0)
            program.limit([*((v, size / scale) for v, size in mine), (ratio, -1.0)], -load / scale)
        return True
    whole = goal.measure == "chi2"  # persons_to_move is measured as if everybody were placed
    for load, mine, target in zip(loads, terms, targets, strict=True):
        excess = program.variable(weight)
        coming = sum(size * program.upper[v] for v, size in mine)
        most = min(coming, math.ceil(max(3 * target - load, 1.0))) if len(loads) > 1 else coming
        whole &= most <= pieces
        halves = [(-0.5, target / 2), (0.5, -target / 2)]
        lines = _chi_square(load, most, target, pieces) if goal.measure == "chi2" else halves
        for slope, offset in lines:
            program.limit([*((v, slope * size) for v, size in mine), (excess, -1.0)], -offset - slope * load)
    return whole


def _chi_square(load: float, coming: float, target: float, most: int) -> list[tuple[float, float]]:
    """Return slope and offset of the lines through (L − T)² / max(T, 1) at whole loads, or at some if they are many."""
    pieces = int(min(max(coming, 1), most))
    points = np.unique(np.round(np.linspace(load, load + max(coming, 1), pieces + 1)))
    values = (points - target) ** 2 / max(target, 1.0)
    slopes = np.diff(values) / np.diff(points)
    return [(float(s), float(v - s * x)) for s, v, x in zip(slopes, values[:-1], points[:-1], strict=True)]
