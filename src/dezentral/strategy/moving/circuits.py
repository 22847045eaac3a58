"""Knots in which every move takes and frees equally much: a free place wanders along a circuit through all moves."""

from __future__ import annotations

from collections.abc import Sequence

from dezentral.strategy.moving.rooms import Kind, Move, Rooms, Share

OUTSIDE: Kind = ("", "")  # no id is empty


def equal_share(moves: Sequence[Move]) -> int | None:
    """Return the units that every move takes and frees, None if they differ."""
    shares = {tenancy.share for move in moves for tenancy in (*move.sources, move.target)}
    if len(shares) != 1 or any(len(move.sources) != 1 for move in moves):
        return None
    share = shares.pop()
    return share.own if share == Share(own=share.own) and share.own > 0 else None


def overfull(rooms: Rooms, moves: Sequence[Move]) -> bool:
    """Say whether more people live in some kind today than it has room for."""
    return any(rooms.in_use(kind) > rooms.limit[kind] for kind in _kinds(moves))


def along_circuit(rooms: Rooms, moves: Sequence[Move], amount: int) -> tuple[list[Move], Move | None]:
    """Order a knot of equal moves; the second part of the answer is who must step aside first, if anyone.

    A free place moves against the moves: filled by one, it appears where that one came from. With an outside node from
    which free places come and to which they return, every kind has as many moves in as out, so there is a circuit
    through all moves. With no free place at all, one household steps aside and fills the last one: at
    least one must, and one is enough.
    """
    free = {kind: (rooms.limit[kind] - rooms.in_use(kind)) // amount for kind in sorted(_kinds(moves))}
    left_free = dict(free)
    edges: dict[Kind, list[tuple[Kind, Move | None]]] = {kind: [] for kind in (OUTSIDE, *free)}
    for move in sorted(moves, key=lambda move: move.household.id, reverse=True):
        source, target = move.sources[0].kind, move.target.kind
        edges[target].append((source, move))
        left_free[source] += 1
        left_free[target] -= 1
    for kind, places in free.items():
        edges[OUTSIDE] += [(kind, None)] * places
        edges[kind] += [(OUTSIDE, None)] * left_free[kind]
    if any(free.values()):
        return [move for move in _circuit(edges, OUTSIDE) if move is not None], None
    aside = min(moves, key=lambda move: move.household.id)
    circuit = [move for move in _circuit(edges, aside.sources[0].kind) if move is not None]
    cut = circuit.index(aside) + 1
    return circuit[cut:] + circuit[:cut], aside


def _kinds(moves: Sequence[Move]) -> set[Kind]:
    return {tenancy.kind for move in moves for tenancy in (*move.sources, move.target)}


def _circuit(edges: dict[Kind, list[tuple[Kind, Move | None]]], start: Kind) -> list[Move | None]:
    """Return the moves along a circuit through every edge (Hierholzer)."""
    stack: list[tuple[Kind, Move | None]] = [(start, None)]
    circuit: list[Move | None] = []
    while stack:
        node, by = stack[-1]
        if edges[node]:
            stack.append(edges[node].pop())
        else:
            circuit.append(by)
            stack.pop()
    return circuit[-2::-1]
