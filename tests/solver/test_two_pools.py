"""Two pools share out their households as well as they can; what comes out is never worse."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from dezentral.solver.refill import refill
from dezentral.solver.two_pools import Homes, improve


def _homes(dice, households=6, pools=2, curves=2):
    costs = dice.integers(0, 50, (households, pools)).astype(float)
    costs[dice.random(costs.shape) < 0.1] = np.inf
    costs[:, 0] = np.where(np.isfinite(costs).any(axis=1), costs[:, 0], 7.0)
    return Homes(
        sizes=dice.integers(1, 4, households),
        costs=costs,
        rooms=np.full(pools, 9),
        district=np.arange(pools) % curves,
        loads=dice.integers(0, 3, curves).astype(float),
        targets=dice.integers(1, 9, curves).astype(float),
        weights=dice.integers(0, 20, curves).astype(float),
        slopes=dice.integers(-3, 4, curves).astype(float),
    )


def _fits(homes, where):
    return np.all(np.bincount(where, weights=homes.sizes, minlength=len(homes.rooms)) <= homes.rooms)


def _everyone_near(pools):
    return np.array([[q for q in range(pools) if q != p] for p in range(pools)])


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("curves", [1, 2])
def test_two_pools_alone_reach_the_optimum(seed, curves):
    homes = _homes(np.random.default_rng(seed), curves=curves)
    divisions = [np.array(where) for where in product(range(2), repeat=6)]
    possible = [where for where in divisions if _fits(homes, where) and np.isfinite(homes.value(where))]
    if not possible:
        pytest.skip("nothing fits")
    reached = improve(homes, possible[-1], [0], _everyone_near(2), over=lambda: False)
    assert _fits(homes, reached)
    assert homes.value(reached) == pytest.approx(min(homes.value(where) for where in possible))


@pytest.mark.parametrize("seed", range(10))
def test_many_pools_are_never_worse_than_before_and_keep_their_rooms(seed):
    dice = np.random.default_rng(seed)
    homes = _homes(dice, households=30, pools=9, curves=3)
    values = np.where(np.isfinite(homes.costs), homes.costs - 30.0, np.inf)
    start = refill(homes, np.zeros(30, dtype=np.int64), values, range(9), np.ones(30, dtype=np.bool_))
    if start is None:
        pytest.skip("someone found no room")
    reached = improve(homes, start, range(9), _everyone_near(9), over=lambda: False)
    assert _fits(homes, start)
    assert _fits(homes, reached)
    assert homes.value(reached) <= homes.value(start)


def test_nothing_is_touched_once_time_is_over():
    homes = _homes(np.random.default_rng(0))
    start = np.array([0, 0, 0, 1, 1, 1])
    assert improve(homes, start, [0, 1], _everyone_near(2), over=lambda: True).tolist() == start.tolist()


def test_only_who_moves_is_refilled_and_without_room_there_is_no_plan():
    homes = Homes(
        sizes=np.array([2, 2, 3]),
        costs=np.zeros((3, 2)),
        rooms=np.array([4, 3]),
        district=np.zeros(2, dtype=np.int64),
        loads=np.zeros(1),
        targets=np.ones(1),
        weights=np.zeros(1),
        slopes=np.zeros(1),
    )
    values = np.array([[-1.0, -2.0], [-1.0, -2.0], [-5.0, -1.0]])
    where = np.array([0, 0, 1])
    moving = np.array([False, False, True])
    assert refill(homes, where, values, [1], moving).tolist() == [0, 0, 1]
    # Pool 0 takes the one of three (−5), pool 1 then one of two: the other finds no room in 1 + 1 beds.
    assert refill(homes, where, values, [0, 1], np.ones(3, dtype=np.bool_)) is None
