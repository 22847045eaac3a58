"""Filling places by shape: the cheapest way of all, or None."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dezentral.solver.fill import fill

TYPES, POOLS = 3, 2
FLOWS = [np.array(cells).reshape(TYPES, POOLS) for cells in product(range(3), repeat=TYPES * POOLS)]


def cheapest(counts, allowed, costs, shapes, places):
    """Try every matrix of counts."""
    best = None
    for flow in FLOWS:
        filled = all((flow[shapes == shape].sum(axis=0) == places[shape]).all() for shape in range(len(places)))
        if filled and (flow.sum(axis=1) <= counts).all() and not flow[~allowed].any():
            cost = float((flow * costs).sum())
            best = cost if best is None else min(best, cost)
    return best


def matrices(values):
    row = st.lists(values, min_size=POOLS, max_size=POOLS)
    return st.lists(row, min_size=TYPES, max_size=TYPES).map(np.array)


@given(
    st.lists(st.integers(1, 2), min_size=TYPES, max_size=TYPES).map(np.array),
    matrices(st.booleans()),
    matrices(st.integers(-5, 5)),
    st.lists(st.integers(0, 1), min_size=TYPES, max_size=TYPES).map(np.array),
    st.lists(st.lists(st.integers(0, 2), min_size=POOLS, max_size=POOLS), min_size=2, max_size=2).map(np.array),
)
def test_places_are_filled_at_least_cost(counts, allowed, costs, shapes, places):
    flow = fill(counts, allowed, costs=costs * 1.0, regret=costs * 1.0, shapes=shapes, places=places)
    best = cheapest(counts, allowed, costs, shapes, places)
    if best is None:
        assert flow is None
        return
    assert (flow * costs).sum() == best
    assert (flow.sum(axis=1) <= counts).all()
    assert not flow[~allowed].any()


def test_regret_only_says_where_to_look_first():
    # 30 pools, one place in each of the first 2; regret misleads, yet nothing else is allowed
    width = 30
    allowed = np.zeros((2, width), dtype=bool)
    allowed[0, 0] = allowed[1, 1] = True
    places = np.zeros((1, width), dtype=np.int64)
    places[0, :2] = 1
    regret = -np.arange(width, dtype=float) * np.ones((2, 1))
    shapes = np.array([0, 0])
    flow = fill(np.array([1, 1]), allowed, costs=np.ones((2, width)), regret=regret, shapes=shapes, places=places)
    assert np.argwhere(flow).tolist() == [[0, 0], [1, 1]]
