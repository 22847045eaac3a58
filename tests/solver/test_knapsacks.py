"""Every pool's cheapest filling is the cheapest that there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from dezentral.solver.knapsacks import Knapsacks


@pytest.mark.parametrize("seed", range(20))
def test_no_filling_is_cheaper_and_the_one_shown_costs_what_it_says(seed):
    dice = np.random.default_rng(seed)
    sizes, numbers = dice.integers(1, 4, 5), dice.integers(1, 3, 5)
    rooms = dice.integers(0, 8, 3)
    values = dice.integers(-9, 4, (5, 3)).astype(float)
    values[dice.random((5, 3)) < 0.2] = np.inf
    knapsacks = Knapsacks(sizes, numbers, rooms)
    filled = knapsacks.fill(values)
    with_one = knapsacks.with_one(values, filled)
    for pool, room in enumerate(rooms.tolist()):
        fillings = [
            (sum(v * n for v, n in zip(values[:, pool], counts, strict=True) if n), counts)
            for counts in product(*(range(n + 1) for n in numbers))
            if np.dot(counts, sizes) <= room
        ]
        shown = filled.counts[:, pool]
        assert filled.full[pool] == min(value for value, _ in fillings)
        assert filled.full[pool] == values[shown > 0, pool] @ shown[shown > 0]
        assert shown @ sizes <= room
        assert np.all(shown <= numbers)
        for t in range(5):
            using = [value for value, counts in fillings if counts[t]]
            assert with_one[t, pool] <= min(using, default=np.inf)


def test_room_for_whole_households_only():
    # 3 beds, two households of 2 that gain 5 each: one of them fits; with one of 1 that gains 2 beside it: −7.
    filled = Knapsacks(np.array([2, 2, 1]), np.array([1, 1, 1]), np.array([3])).fill(np.array([[-5.0], [-5.0], [-2.0]]))
    assert filled.full.tolist() == [-7.0]
    assert filled.counts[2, 0] == 1


def test_no_pools_at_all():
    assert Knapsacks(np.array([1]), np.array([1]), np.zeros(0, dtype=np.int64)).fill(np.zeros((1, 0))).full.size == 0


@pytest.mark.parametrize("seed", [7, 48, 56])
def test_of_far_more_households_than_there_is_room_for_the_cheapest_are_chosen(seed):
    values = np.random.default_rng(seed).permutation(np.arange(-600.0, 0.0)).reshape(300, 2)
    ones = np.ones(300, dtype=np.int64)
    filled = Knapsacks(ones, ones, np.array([150, 150])).fill(values)
    assert filled.full.tolist() == np.sort(values, axis=0)[:150].sum(axis=0).tolist()
