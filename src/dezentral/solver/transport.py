"""Demands that supplies must meet: seats for members, peers for those who seek support.

Nodes v demand D_v(x) and supplies j give S_j(x), each linear in the placements; what is missing is at most `unmet`:

    as flows:  Σ_j f_vj + u_v ≥ D_v,   Σ_v f_vj ≤ S_j,   Σ_v u_v ≤ unmet
    as cuts:   Σ_{v in V} D_v − Σ_{j reached from V} S_j ≤ unmet   for every set V of nodes (max-flow min-cut)

Flows are complete at once; of the cuts only those are added that a solution violates, which is lighter by far where
places are many and shortages few.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import max_flow

from dezentral.compiled.arrays import Bools, Floats, Ints

if TYPE_CHECKING:
    from dezentral.solver.program import Program

_FINE = 10**6  # parts of a person in which the flow of a relaxation is counted
_STRAINED = (1.0, 1.05, 1.2)  # demands at which cuts are sought
_UNBOUNDED = float("inf")


@dataclass(frozen=True)
class Share:
    """What placements demand or give: `coefficients` per household in the pools of `inside`, plus a constant.

    Attributes
    ----------
    inside
        Shape (n_pools,).
    coefficients
        Broadcastable to (n_types, n_pools).
    constant
        What is there without placements.
    """

    inside: Bools
    coefficients: Floats
    constant: float = 0.0

    def amount(self, types: Ints, pools: Ints, amounts: Floats) -> float:
        """Return the share of placements given by column."""
        inside = np.flatnonzero(self.inside[pools])
        rows, columns = self.coefficients.shape
        t = types[inside] if rows > 1 else np.zeros_like(inside)
        p = pools[inside] if columns > 1 else np.zeros_like(inside)
        return self.constant + float((self.coefficients[t, p] * amounts[inside]).sum())


@dataclass
class Transport:
    """Demands, supplies and who reaches whom.

    Attributes
    ----------
    demands, supplies
        One share per node and per supply.
    reach
        Shape (n_demands, n_supplies).
    unmet
        The variable for what is missing; None = nothing may be.
    cuts
        Sets of nodes whose cut is in the program, each with its row.
    """

    demands: list[Share]
    supplies: list[Share]
    reach: Bools
    unmet: int | None
    cuts: dict[tuple[int, ...], int] = field(default_factory=dict)

    def places(self) -> Bools:
        """Mark the pools in which placements demand or give something, shape (n_pools,)."""
        inside: Bools = np.any([share.inside for share in (*self.demands, *self.supplies)], axis=0)
        return inside

    def lacking(self, types: Ints, pools: Ints, amounts: Floats) -> float:
        """Return what placements given by column leave unmet at least."""
        demands, supplies = (_parts(shares, types, pools, amounts) for shares in (self.demands, self.supplies))
        nodes = _most_short(demands, supplies, self.reach)
        reached = self.reach[nodes].any(axis=0)
        return float(demands[nodes].sum() - supplies[reached].sum()) / _FINE


def add_flows(program: Program, transport: Transport) -> None:
    """Write a transport as flows."""
    most = float(sum(np.abs(share.coefficients).max(initial=0.0) for share in transport.demands)) * float(
        program.counts.sum()
    )
    wanted = [program.row(share.constant, _UNBOUNDED) for share in transport.demands]
    given = [program.row(-_UNBOUNDED, share.constant) for share in transport.supplies]
    for row, share in [*zip(wanted, transport.demands, strict=True), *zip(given, transport.supplies, strict=True)]:
        if share.inside.any():
            program.family(np.where(share.inside, row, -1), -share.coefficients)
    for v, j in zip(*np.nonzero(transport.reach), strict=True):
        flow = program.variable(0.0, most)
        program.add(wanted[v], flow, 1.0)
        program.add(given[j], flow, 1.0)
    if transport.unmet is not None:
        total = program.row(-_UNBOUNDED, 0.0)
        program.add(total, transport.unmet, -1.0)
        for row in wanted:
            missing = program.variable(0.0, most)
            program.add(row, missing, 1.0)
            program.add(total, missing, 1.0)


def add_cut(program: Program, transport: Transport, nodes: Ints) -> bool:
    """Write the cut of some nodes; False if it is there already."""
    key = tuple(nodes.tolist())
    if key in transport.cuts or not key:
        return False
    reached = np.flatnonzero(transport.reach[nodes].any(axis=0))
    wanted = [transport.demands[v] for v in nodes]
    given = [transport.supplies[j] for j in reached]
    row = program.row(-_UNBOUNDED, sum(s.constant for s in given) - sum(d.constant for d in wanted))
    transport.cuts[key] = row
    for sign, shares in ((1.0, wanted), (-1.0, given)):
        for coefficients, inside in _merged(shares):
            program.family(np.where(inside, row, -1), coefficients if sign > 0 else -coefficients)
    if transport.unmet is not None:
        program.add(row, transport.unmet, -1.0)
    return True


def _merged(shares: list[Share]) -> list[tuple[Floats, Bools]]:
    """Join shares of equal coefficients in different pools."""
    out: dict[int, tuple[Floats, Bools]] = {}
    for share in shares:
        known = out.get(id(share.coefficients))
        if share.inside.any():
            inside = share.inside if known is None else known[1] | share.inside
            out[id(share.coefficients)] = (share.coefficients, inside)
    return list(out.values())


def separate(program: Program, transport: Transport, types: Ints, pools: Ints, amounts: Floats) -> bool:
    """Add the cut that placements violate most, and those of its parts that share no supply; False if none is new.

    Those that somewhat higher demands would violate come with it: the next solution is likely to.

    Parameters
    ----------
    types, pools, amounts
        Placements by column.
    """
    demands = _parts(transport.demands, types, pools, amounts)
    supplies = _parts(transport.supplies, types, pools, amounts)
    added = False
    for factor in _STRAINED:
        nodes = _most_short(np.rint(factor * demands).astype(np.int64), supplies, transport.reach)
        if not len(nodes):
            continue
        if factor > 1 and not added:
            break
        added |= add_cut(program, transport, nodes)
        for part in _apart(transport.reach[nodes]):
            added |= add_cut(program, transport, nodes[part])
    return added


def _most_short(demands: Ints, supplies: Ints, reach: Bools) -> Ints:
    """Return the nodes that together lack most, sorted; none where all demands can be met."""
    n, m = len(demands), len(supplies)
    graph = max_flow.SimpleMaxFlow()
    tails, heads = np.nonzero(reach)
    source, sink = n + m, n + m + 1
    graph.add_arcs_with_capacity(np.full(n, source), np.arange(n), demands)
    graph.add_arcs_with_capacity(tails, n + heads, np.full(len(tails), int(demands.sum()) + 1))
    graph.add_arcs_with_capacity(n + np.arange(m), np.full(m, sink), supplies)
    graph.solve(source, sink)
    if graph.optimal_flow() >= demands.sum():
        return np.zeros(0, dtype=np.int64)
    side = np.asarray(graph.get_source_side_min_cut(), dtype=np.int64)
    return np.sort(side[side < n])


def _parts(shares: list[Share], types: Ints, pools: Ints, amounts: Floats) -> Ints:
    """Count shares in parts of a person; what an LP leaves below zero is nothing."""
    whole = np.rint([_FINE * share.amount(types, pools, amounts) for share in shares]).astype(np.int64)
    return np.maximum(whole, 0)


def _apart(reach: Bools) -> list[Ints]:
    """Split nodes into groups that share no supply; rows of `reach` are nodes."""
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    number, label = connected_components(csr_array(reach.astype(np.int64) @ reach.T.astype(np.int64)), directed=False)
    return [np.flatnonzero(label == group) for group in range(number)]
