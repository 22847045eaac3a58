"""Shares that come out exactly, dealt in random order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def quota(weights: Sequence[float], total: int) -> list[int]:
    """Split `total` into whole parts in proportion to `weights`: largest remainder, ties to the first.

    Examples
    --------
    >>> quota([2.0, 1.0, 1.0], 10)
    [5, 3, 2]
    """
    shares = np.asarray(weights, dtype=float) * total / sum(weights)
    # Rounded, so that the last bit of a division decides no tie.
    remainders = np.round(shares - np.floor(shares), 9)
    parts = np.floor(shares).astype(int)
    for position in np.argsort(-remainders, kind="stable")[: total - int(parts.sum())]:
        parts[position] += 1
    return [int(part) for part in parts]


def dealt(rng: np.random.Generator, weights: dict[T, float], total: int) -> list[T]:
    """Return `total` options in random order, each as often as its weight asks for."""
    options = list(weights)
    counts = quota(list(weights.values()), total)
    deck = [option for option, count in zip(options, counts, strict=True) for _ in range(count)]
    return [deck[position] for position in rng.permutation(total)]


def drawn(rng: np.random.Generator, weights: dict[T, float], total: int) -> list[T]:
    """Return `total` independent draws, each option as likely as its weight."""
    options = list(weights)
    upper = np.cumsum(list(weights.values()))
    return [options[int(k)] for k in np.searchsorted(upper, rng.random(total) * upper[-1], side="right")]
