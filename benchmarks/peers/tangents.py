"""Evenness in rows: secants of the chi-square between neighbouring whole loads, or the largest ratio."""

from __future__ import annotations

import numpy as np

from benchmarks.peers.formulation import Formulation
from benchmarks.peers.rows import Rows

_NEAR = 30  # persons on either side of the target where every secant is given
_FAR = 20_000  # persons beyond which there are none
_GROWTH = 1.15  # of the distance between secants farther away


def add_tangents(formulation: Formulation, rows: Rows) -> None:
    """Add e_d ≥ secants (exact at the whole loads they join), or e ≥ L_d / max(T_d, 1)."""
    if formulation.measure == "max_ratio":
        for d, target in enumerate(formulation.targets.tolist()):
            row = rows.add_rows(1, 0.0, np.inf)
            both = np.array([formulation.uneven, formulation.load + d])
            rows.put(np.full(2, row), both, np.array([max(target, 1.0), -1.0]))
    elif formulation.measure == "chi2":
        for d, target in enumerate(formulation.targets.tolist()):
            _add_chi_square(formulation, rows, d, target)


def _add_chi_square(formulation: Formulation, rows: Rows, d: int, target: float) -> None:
    """Add e ≥ f(k) + (f(k + 1) − f(k)) (L − k) for whole k with f(k) = (k − T)² / max(T, 1)."""
    k = _whole_loads(target)
    scale = max(target, 1.0)
    here, slope = (k - target) ** 2 / scale, (2 * (k - target) + 1) / scale
    first = rows.add_rows(len(k), here - slope * k, np.inf)
    rows.put(first + np.arange(len(k)), np.full(len(k), formulation.uneven + d), np.ones(len(k)))
    rows.put(first + np.arange(len(k)), np.full(len(k), formulation.load + d), -slope)


def _whole_loads(target: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    steps = np.unique(np.round(_GROWTH ** np.arange(1, 80)).astype(np.int64))
    steps = steps[(steps > _NEAR) & (steps < _FAR)]
    offsets = np.concatenate([-steps[::-1], np.arange(-_NEAR, _NEAR + 1), steps])
    loads = np.floor(target) + offsets
    return np.unique(np.maximum(loads, 0.0))
