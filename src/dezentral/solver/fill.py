"""Which households fill the places that are kept for their shape: a transport problem per shape, solved exactly."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.scaling import whole

_ARCS = 24  # cheapest pools per type that are tried first


def fill(
    counts: Ints, allowed: Bools, *, costs: Floats, regret: Floats, shapes: Ints, places: Ints
) -> Ints | None:
    """Distribute types over places at least cost.

    Parameters
    ----------
    counts
        Households of each type, shape (n_types,).
    allowed, costs, regret
        Which columns exist, what they cost, and which to try first, shape (n_types, n_pools).
    shapes
        Shape of each type, shape (n_types,).
    places
        Households of each shape in each pool, shape (n_shapes, n_pools).

    Returns
    -------
    numpy.ndarray or None
        Households of each type in each pool; None if the places cannot be filled.
    """
    out = np.zeros(allowed.shape, dtype=np.int64)
    for shape in range(len(places)):
        types, pools = np.flatnonzero(shapes == shape), np.flatnonzero(places[shape])
        if not len(pools):
            continue
        some = np.ix_(types, pools)
        flow = None
        for most in (_ARCS, len(pools)):
            arcs = allowed[some] & _lowest(regret[some], most)
            flow = _flow(counts[types], places[shape][pools], arcs, costs[some])
            if flow is not None or most >= len(pools):
                break
        if flow is None:
            return None
        out[some] = flow
    return out


def _lowest(values: Floats, most: int) -> Bools:
    """Mark the lowest values of every row."""
    if most >= values.shape[1]:
        return np.ones(values.shape, dtype=np.bool_)
    limit = np.partition(values, most - 1, axis=1)[:, most - 1]
    marked: Bools = values <= limit[:, np.newaxis]
    return marked


def _flow(counts: Ints, places: Ints, arcs: Bools, costs: Floats) -> Ints | None:
    """Fill every place, each type at most as often as it exists."""
    n_types, n_pools = arcs.shape
    if n_types == 1:
        return places[np.newaxis] if arcs.all() and places.sum() <= counts[0] else None
    tails, heads = np.nonzero(arcs)
    most = np.minimum(counts[tails], places[heads])
    unit_costs, _, _ = whole(costs[tails, heads], most.astype(np.float64))
    graph = min_cost_flow.SimpleMinCostFlow()
    here = graph.add_arcs_with_capacity_and_unit_cost(tails, n_types + heads, most, unit_costs)
    source = n_types + n_pools
    graph.add_arcs_with_capacity_and_unit_cost(
        np.full(n_types, source), np.arange(n_types), counts, np.zeros(n_types, dtype=np.int64)
    )
    supplies = np.concatenate([np.zeros(n_types, dtype=np.int64), -places, [places.sum()]])
    graph.set_nodes_supplies(np.arange(source + 1), supplies)
    if graph.solve() != graph.OPTIMAL:
        return None
    flow = np.zeros(arcs.shape, dtype=np.int64)
    flow[tails, heads] = graph.flows(here)
    return flow
