"""Moves that wait for each other, apart from those that do not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral.strategy.moving.rooms import Kind, Move


def knots(moves: Sequence[Move]) -> list[tuple[list[Move], list[Move]]]:
    """Split moves into knots, in an order in which they can be untied one after another.

    Unit kinds are nodes, moves run from where people leave to where they go. A knot is a strongly connected part: its
    moves may wait for each other in a circle. Knots come in an order in which whoever leaves one goes to an
    earlier one: their places are free before anything happens inside, and who enters from outside comes last.

    Returns
    -------
    list
        Per knot the moves inside it, and the moves into it from later knots.
    """
    kinds = sorted({t.kind for move in moves for t in (*move.sources, move.target)})
    if not kinds:
        return []
    labels = _in_order(kinds, moves)
    inside: list[list[Move]] = [[] for _ in range(max(labels.values()) + 1)]
    entering: list[list[Move]] = [[] for _ in inside]
    for move in moves:
        knot = labels[move.target.kind]
        circular = any(labels[source.kind] == knot for source in move.sources)
        (inside if circular else entering)[knot].append(move)
    return list(zip(inside, entering, strict=True))


def _in_order(kinds: Sequence[Kind], moves: Sequence[Move]) -> dict[Kind, int]:
    """Give each strongly connected part a number, so that every move leads to its own part or to an earlier one."""
    from scipy.sparse import coo_array  # noqa: PLC0415  keeps the names of dezentral light to use
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    at = {kind: i for i, kind in enumerate(kinds)}
    edges = sorted({(at[source.kind], at[move.target.kind]) for move in moves for source in move.sources})
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(kinds), len(kinds)))
    count, parts = connected_components(graph.tocsr(), directed=True, connection="strong")
    leads_to: list[set[int]] = [set() for _ in range(count)]
    for a, b in edges:
        if parts[a] != parts[b]:
            leads_to[parts[a]].add(int(parts[b]))
    rank: dict[int, int] = {}
    for start in range(count):
        stack = [start]
        while stack:
            part = stack[-1]
            ahead = [other for other in sorted(leads_to[part]) if other not in rank]
            if part in rank or not ahead:
                rank.setdefault(part, len(rank))
                stack.pop()
            else:
                stack.append(ahead[0])
    return {kind: rank[int(parts[i])] for kind, i in at.items()}
