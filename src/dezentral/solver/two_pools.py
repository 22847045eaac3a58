"""Two dormitories at a time share out their households anew, at least cost, until no two can do better.

Who lives in which of two pools is a knapsack: for every number of persons in the first one the cheapest division
follows by dynamic programming, exactly. In between, households of one size exchange places over all pools
(an assignment problem). Both keep every bed in use where it pays, which exchanges of single households seldom do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints

_SAME = 1e-9  # relative: what floats may differ by
_MOST = 1_500  # households of a size that exchange places at once


@dataclass(frozen=True)
class Homes:
    """What is to be shared out: households over pools, the last of which may stand for no place at all.

    Attributes
    ----------
    sizes
        Persons, shape (n_households,).
    costs
        What a household costs in a pool, ``inf`` where it may not live, shape (n_households, n_pools).
    rooms
        Persons that a pool takes, shape (n_pools,).
    district
        Curve that the persons in a pool count for, shape (n_pools,).
    loads, targets, weights, slopes
        Of each curve weight·(L − target)² / max(target, 1) + slope·L: L without any of these households, and the
        rest, shape (n_curves,).
    """

    sizes: Ints
    costs: Floats
    rooms: Ints
    district: Ints
    loads: Floats
    targets: Floats
    weights: Floats
    slopes: Floats

    def height(self, curves: Ints | int, loads: Floats) -> Floats:
        """Return what loads cost."""
        target = self.targets[curves]
        height: Floats = self.weights[curves] * (loads - target) ** 2 / np.maximum(target, 1.0)
        return height + self.slopes[curves] * loads

    def loads_of(self, where: Ints) -> Floats:
        """Return the load of each curve."""
        placed = np.bincount(self.district[where], weights=self.sizes, minlength=len(self.loads))
        loads: Floats = self.loads + placed
        return loads

    def value(self, where: Ints) -> float:
        """Return what it costs that each household lives where it does, shape (n_households,)."""
        alone = self.costs[np.arange(len(where)), where].sum()
        return float(alone + self.height(np.arange(len(self.loads)), self.loads_of(where)).sum())


def improve(homes: Homes, where: Ints, touched: Iterable[int], near: Ints, *, over: Callable[[], bool]) -> Ints:
    """Improve a division in which some pools were touched.

    Parameters
    ----------
    where
        Pool of each household, shape (n_households,).
    touched
        Pools from which to begin; those that change come after them.
    near
        The pools with which each shares out, shape (n_pools, some).
    over
        Whether to stop with what there is.

    Returns
    -------
    numpy.ndarray
        Pool of each household, none dearer than `where` altogether.
    """
    waiting = set(touched)
    while waiting:
        where = _by_pairs(homes, where, waiting, near, over)
        if over():
            break
        better = _exchanged(homes, where)
        moved = np.flatnonzero(better != where)
        if not len(moved) or homes.value(better) >= homes.value(where) - _SAME * abs(homes.value(where)):
            break
        waiting = set(where[moved].tolist()) | set(better[moved].tolist())
        where = better
    return where


def _by_pairs(homes: Homes, where: Ints, waiting: set[int], near: Ints, over: Callable[[], bool]) -> Ints:
    where, loads = where.copy(), homes.loads_of(where)
    members = [np.flatnonzero(where == pool) for pool in range(len(homes.rooms))]
    clock, changed, tried = 0, np.zeros(len(members), dtype=np.int64), dict[tuple[int, int], int]()
    while waiting and not over():
        first = min(waiting)
        waiting.discard(first)
        for second in near[first].tolist():
            pair = (min(first, second), max(first, second))
            if tried.get(pair, -1) >= max(changed[first], changed[second]):
                continue
            clock += 1
            tried[pair] = clock
            if _share_out(homes, members, loads, first, second):
                changed[first] = changed[second] = clock
                waiting |= {first, second}
    for pool, inside in enumerate(members):
        where[inside] = pool
    return where


def _share_out(homes: Homes, members: list[Ints], loads: Floats, first: int, second: int) -> bool:
    """Share out the households of two pools anew if that costs less; say whether it did."""
    both = np.concatenate([members[first], members[second]])
    sizes, persons = homes.sizes[both], int(homes.sizes[both].sum())
    dearer = _difference(homes.costs[both, first], homes.costs[both, second])
    least, most = max(0, persons - int(homes.rooms[second])), min(int(homes.rooms[first]), persons)
    cheapest, taken = _divide(sizes, dearer, most)
    now = int(homes.sizes[members[first]].sum())
    ours, theirs = int(homes.district[first]), int(homes.district[second])
    if ours != theirs:
        here = np.arange(most + 1) - float(now)
        cheapest += homes.height(ours, loads[ours] + here) + homes.height(theirs, loads[theirs] - here)
        cheapest -= homes.height(ours, loads[ours]) + homes.height(theirs, loads[theirs])
    cheapest[:least] = np.inf
    best, before = int(cheapest.argmin()), float(dearer[: len(members[first])].sum())
    inside = _trace_back(taken, sizes, best)
    allowed = np.isfinite(np.where(inside, homes.costs[both, first], homes.costs[both, second])).all()
    if cheapest[best] >= before - _SAME * max(1.0, abs(before)) or not allowed:
        return False
    loads[ours] += best - now
    loads[theirs] -= best - now
    members[first], members[second] = both[inside], both[~inside]
    return True


def _difference(here: Floats, there: Floats) -> Floats:
    """Return how much dearer households are here than there; very much where they may live only in one of the two."""
    finite = np.isfinite(here) & np.isfinite(there)
    difference = np.where(finite, here, 0.0) - np.where(finite, there, 0.0)
    very = 1e3 * (1.0 + np.abs(difference).max(initial=0.0))
    return np.where(finite, difference, np.where(np.isfinite(here), -very, very))


def _divide(sizes: Ints, dearer: Floats, most: int) -> tuple[Floats, list[Bools]]:
    """Return what it costs at least that just so many persons are in the first pool, shape (most + 1,), and how."""
    cheapest, taken = np.full(most + 1, np.inf), []
    cheapest[0] = 0.0
    for size, cost in zip(sizes.tolist(), dearer.tolist(), strict=True):
        better = np.zeros(most + 1, dtype=np.bool_)
        if size <= most:
            with_one = cheapest[:-size] + cost
            np.less(with_one, cheapest[size:], out=better[size:])
            np.minimum(with_one, cheapest[size:], out=cheapest[size:])
        taken.append(better)
    return cheapest, taken


def _trace_back(taken: list[Bools], sizes: Ints, persons: int) -> Bools:
    inside = np.zeros(len(taken), dtype=np.bool_)
    for household in range(len(taken) - 1, -1, -1):
        if taken[household][persons]:
            inside[household] = True
            persons -= int(sizes[household])
    return inside


def _exchanged(homes: Homes, where: Ints) -> Ints:
    """Let households of one size exchange places over all pools at least cost."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    better = where.copy()
    for size in np.unique(homes.sizes):
        some = np.flatnonzero(homes.sizes == size)
        if len(some) <= _MOST:
            rows, places = linear_sum_assignment(homes.costs[some][:, where[some]])
            better[some[rows]] = where[some[places]]
    return better
