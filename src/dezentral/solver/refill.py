"""Pools filled one after another, each as gainfully as it can with the households that are left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.knapsacks import Knapsacks
from dezentral.solver.two_pools import Homes

_HOMELESS = -1


def refill(homes: Homes, where: Ints, values: Floats, pools: Sequence[int], moving: Bools) -> Ints | None:
    """Fill some pools anew.

    Parameters
    ----------
    where
        Pool of each household, shape (n_households,).
    values
        What a household costs in a pool, below 0 what it gains there, shape (n_households, n_pools).
    pools
        To be filled, in this order.
    moving
        Households that give up their places first, all who live in these pools among them, shape (n_households,).

    Returns
    -------
    numpy.ndarray or None
        Pool of each household; None if someone found no room.
    """
    where = np.where(moving, _HOMELESS, where)
    for pool in pools:
        left = np.flatnonzero(where == _HOMELESS)
        one = Knapsacks(homes.sizes[left], np.ones(len(left), dtype=np.int64), homes.rooms[[pool]])
        where[left[one.fill(values[left][:, [pool]]).counts[:, 0] > 0]] = pool
    settled = where != _HOMELESS
    taken = np.bincount(where[settled], weights=homes.sizes[settled], minlength=len(homes.rooms))
    room = homes.rooms - taken.astype(np.int64)
    left = np.flatnonzero(~settled)
    for household in left[np.argsort(-homes.sizes[left], kind="stable")].tolist():
        price = np.where(room >= homes.sizes[household], values[household], np.inf)
        where[household] = price.argmin()
        if not np.isfinite(price[where[household]]):
            return None
        room[where[household]] -= homes.sizes[household]
    return where
