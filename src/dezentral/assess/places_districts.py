"""How the evenness of the districts changes when some persons go from one to another."""

from __future__ import annotations

from typing import Any

import numpy as np

Loads = np.ndarray[Any, np.dtype[np.int64]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


def change_of_evenness(
    measure: str, loads: Loads, shares: Numbers, everyone: int, *, size: int, origin: int | None
) -> Numbers:
    """Return the change of a measure for each district that `size` persons could go to.

    Parameters
    ----------
    measure
        Of `Evenness`.
    loads, shares
        Persons and target shares of the districts, shape ``(n_districts,)``.
    everyone
        N, all persons placed or not.
    size
        Persons who go.
    origin
        The district that they leave; None = they are nowhere yet.

    Returns
    -------
    numpy.ndarray
        Shape ``(n_districts,)``.
    """
    left = loads.copy()
    if origin is not None:
        left[origin] -= size
    if measure == "chi2":
        changes = _chi_square(left, shares * everyone, size, origin)
    else:
        after = left[np.newaxis, :] + size * np.eye(len(loads), dtype=np.int64)
        value = _persons_to_move if measure == "persons_to_move" else _max_ratio
        changes = value(after, shares, everyone) - value(loads[np.newaxis, :], shares, everyone)
    if origin is not None:
        changes[origin] = 0.0
    return changes


def _chi_square(left: Loads, targets: Numbers, size: int, origin: int | None) -> Numbers:
    """Return Δ Σ (L − T)² / max(T, 1): size · (2 (L − T) + size) / max(T, 1) where they go, less where they leave."""
    grown: Numbers = size * (2 * (left - targets) + size) / np.maximum(targets, 1)
    return grown if origin is None else grown - grown[origin]


def _persons_to_move(loads: Loads, shares: Numbers, _everyone: int) -> Numbers:
    there = loads.sum(axis=1, keepdims=True)
    moves: Numbers = np.abs(loads - shares * there).sum(axis=1) / 2
    return moves


def _max_ratio(loads: Loads, shares: Numbers, everyone: int) -> Numbers:
    ratio: Numbers = (loads / np.maximum(shares * everyone, 1)).max(axis=1)
    return ratio
