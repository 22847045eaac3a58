"""Many small knapsacks over the same households at once: what each pool would pay or gain with its cheapest filling.

Each pool p takes persons up to its room, whole households only:

    min Σ_t v[t,p]·x[t,p]   with   Σ_t size_t·x[t,p] ≤ room_p,   x[t,p] ∈ {0, 1, …, n_t}

by dynamic programming over the persons taken (Bellman, 1957), all pools side by side. Of the households of one size
only the cheapest can matter to a pool, as many as its room could hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class Filled:
    """The cheapest filling of every pool.

    Attributes
    ----------
    full
        What it costs, 0 or less, shape (n_pools,).
    counts
        Households of each type in it, shape (n_types, n_pools).
    cheapest
        What it would cost with at most so many persons, shape (n_pools, most room + 1).
    """

    full: Floats
    counts: Ints
    cheapest: Floats


@dataclass(frozen=True)
class _Layer:
    """One more household of a size, the next cheapest of each pool that has room for so many."""

    size: int
    types: Ints
    taken: Bools


class Knapsacks:
    """Households and the rooms that they may fill.

    Parameters
    ----------
    sizes, numbers
        Persons of a household and households of each type, shape (n_types,).
    rooms
        Persons that each pool takes, shape (n_pools,).
    """

    def __init__(self, sizes: Ints, numbers: Ints, rooms: Ints) -> None:
        self.rooms, self._sizes = rooms, sizes
        self._most = int(rooms.max(initial=0))
        self._order = np.argsort(-rooms, kind="stable")  # the roomiest first: those that go on are the first ones
        self._sorted_rooms = rooms[self._order]
        self._shape = (len(sizes), len(rooms))
        self._by_size = {
            int(size): np.repeat(of_size, np.minimum(numbers[of_size], self._most // size))
            for size in np.unique(sizes)
            for of_size in [np.flatnonzero(sizes == size)]
        }

    def fill(self, values: Floats) -> Filled:
        """Fill every pool at least cost.

        Parameters
        ----------
        values
            What a household costs in a pool, below 0 what it gains, ``inf`` where it may not live, (n_types, n_pools).
        """
        cheapest, layers = np.zeros((self._shape[1], self._most + 1)), []
        for size, types in self._by_size.items():
            ranked, prices = self._ranked(values, size, types)
            for rank, price in enumerate(prices):
                going_on = int(np.searchsorted(-self._sorted_rooms, -size * (rank + 1), side="right"))
                if not np.any(price[:going_on] < 0):
                    break
                layers.append(_add_household(cheapest, size, ranked[rank, :going_on], price[:going_on]))
        counts = np.zeros(self._shape, dtype=np.int64)
        counts[:, self._order] = self._trace_back(layers)
        by_pool = np.empty_like(cheapest)
        by_pool[self._order] = cheapest
        return Filled(by_pool[np.arange(len(self.rooms)), self.rooms], counts, by_pool)

    def with_one(self, values: Floats, filled: Filled) -> Floats:
        """Return what the cheapest filling with one more household costs at least; ``inf`` without room for it.

        It may count that household twice, and is then too low, never too high.
        """
        rest = self.rooms[np.newaxis, :] - self._sizes[:, np.newaxis]
        pools = np.arange(len(self.rooms))[np.newaxis, :]
        with_one: Floats = np.where(rest >= 0, values + filled.cheapest[pools, np.maximum(rest, 0)], np.inf)
        return with_one

    def _ranked(self, values: Floats, size: int, types: Ints) -> tuple[Ints, Floats]:
        """Return the cheapest types of a size in each pool and what they cost, cheapest first, pools in order."""
        width = min(len(types), self._most // size)
        if not width:
            return np.zeros((0, len(self.rooms)), dtype=np.int64), np.zeros((0, len(self.rooms)))
        prices = values[types][:, self._order]
        first = np.argpartition(prices, width - 1, axis=0)[:width]
        found = np.take_along_axis(prices, first, axis=0)
        order = np.argsort(found, axis=0, kind="stable")
        return types[np.take_along_axis(first, order, axis=0)], np.take_along_axis(found, order, axis=0)

    def _trace_back(self, layers: list[_Layer]) -> Ints:
        """Return who is in the cheapest fillings, pools in order."""
        counts = np.zeros(self._shape, dtype=np.int64)
        left, pools = self._sorted_rooms.copy(), np.arange(self._shape[1])
        for layer in reversed(layers):
            some = pools[: len(layer.types)]
            taken = layer.taken[some, left[some]]
            counts[layer.types[taken], some[taken]] += 1
            left[some] -= layer.size * taken
        return counts


def _add_household(cheapest: Floats, size: int, types: Ints, price: Floats) -> _Layer:
    """Let the first pools take one more household each where that is cheaper."""
    pools = len(types)
    with_one = cheapest[:pools, :-size] + price[:, np.newaxis]
    taken = np.zeros((pools, cheapest.shape[1]), dtype=np.bool_)
    np.less(with_one, cheapest[:pools, size:], out=taken[:, size:])
    np.minimum(with_one, cheapest[:pools, size:], out=cheapest[:pools, size:])
    return _Layer(size, types, taken)
