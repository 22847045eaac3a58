"""Filling places by shape: the cheapest way of all, or None."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dezentral.solver.fill import _lowest, fill

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


def test_where_the_pools_of_least_regret_are_too_few_all_are_tried():
    # Thirty pools of one place; everybody is sent to the same ones first, and lives best at the one of its number.
    number = 30
    costs = 1.0 - np.eye(number)
    regret = np.arange(number) * np.ones((number, 1))
    ones, alike = np.ones(number, dtype=np.int64), np.zeros(number, dtype=np.int64)
    flow = fill(ones, costs >= 0, costs=costs, regret=regret, shapes=alike, places=ones[np.newaxis])
    assert np.array_equal(flow, np.eye(number))


def test_the_lowest_of_every_row_come_first_and_those_as_low_with_them():
    values = np.array([[3.0, 1.0, 2.0, 0.0], [5.0, 5.0, 5.0, 4.0]])
    assert _lowest(values, 2).tolist() == [[False, True, False, True], [True, True, True, True]]
    assert _lowest(values, 1).tolist() == [[False, False, False, True]] * 2
    assert _lowest(values, 4).all()
