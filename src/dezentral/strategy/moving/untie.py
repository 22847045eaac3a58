"""Knots of unequal moves: greedily, then by search for fewer temporary places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dezentral.strategy.moving.circuits import along_circuit, equal_share, overfull
from dezentral.strategy.moving.rooms import Kind, Move, Rooms

_MOST_SEARCHED = 60  # moves of a knot up to which fewer temporary places are searched for
_MOST_STATES = 20_000


class Turn(NamedTuple):
    """One household goes to its target, or aside to a temporary place."""

    move: Move
    aside: bool


@dataclass
class _State:
    """Who is still where it was, and who stands aside."""

    rooms: Rooms
    waiting: dict[str, Move]
    aside: dict[str, Move] = field(default_factory=dict)

    @property
    def open_moves(self) -> list[Move]:
        return [*self.waiting.values(), *self.aside.values()]

    def take(self, turn: Turn) -> None:
        key = turn.move.household.id
        if key in self.aside:
            del self.aside[key]
        else:
            del self.waiting[key]
            self.rooms.leave(turn.move.sources)
        if turn.aside:
            self.aside[key] = turn.move
        else:
            self.rooms.enter([turn.move.target])

    def copy(self) -> _State:
        return _State(self.rooms.copy(), dict(self.waiting), dict(self.aside))

    def fits(self, move: Move) -> bool:
        """Say whether a household can go to its target now."""
        return self.rooms.has_room_for([move.target])

    def settled(self) -> Iterator[Turn]:
        """Make all moves that no later one can regret: into kinds with room for everyone who wants to go there."""
        again = True
        while again:
            again = False
            wanting: dict[Kind, list[Move]] = {}
            for move in self.open_moves:
                wanting.setdefault(move.target.kind, []).append(move)
            for group in wanting.values():
                if self.rooms.has_room_for(move.target for move in group):
                    again = True
                    for move in group:
                        self.take(Turn(move, aside=False))
                        yield Turn(move, aside=False)


def untie(rooms: Rooms, moves: Sequence[Move]) -> tuple[list[Turn], bool]:
    """Order the moves of one knot, which `rooms` must have room for at the end; `rooms` is left as it was.

    Returns
    -------
    tuple
        The turns, and whether no order needs fewer temporary places.
    """
    amount = equal_share(moves)
    if amount is not None and not overfull(rooms, moves):
        ordered, aside = along_circuit(rooms, moves, amount)
        first = [] if aside is None else [Turn(aside, aside=True)]
        return first + [Turn(move, aside=False) for move in ordered], True
    start = _State(rooms, {move.household.id: move for move in sorted(moves, key=lambda move: move.household.id)})
    best = _greedily(start.copy())
    needed = sum(turn.aside for turn in best)
    if len(moves) > _MOST_SEARCHED:
        return best, needed == 0
    for fewer in range(needed):
        search = _Search()
        found = search.within(start.copy(), fewer)
        if found is not None:
            return found, True
        if search.given_up:
            return best, False
    return best, True


def _greedily(state: _State) -> list[Turn]:
    turns = list(state.settled())
    while state.waiting or state.aside:
        ready = [move for move in state.open_moves if state.fits(move)]
        if ready:
            turn = Turn(max(ready, key=lambda move: _opened(state, move)), aside=False)
        else:
            turn = Turn(max(state.waiting.values(), key=lambda move: _opened(state, move)), aside=True)
        state.take(turn)
        turns += [turn, *state.settled()]
    return turns


def _opened(state: _State, move: Move) -> int:
    """Return how many others could move if the household left its place."""
    if move.household.id in state.aside:
        return -1  # it frees nothing: later
    freed = {source.kind for source in move.sources}
    state.rooms.leave(move.sources)
    others = [one for one in state.open_moves if one is not move and one.target.kind in freed]
    opened = sum(state.rooms.has_room_for([one.target]) for one in others)
    state.rooms.enter(move.sources)
    return opened


class _Search:
    """Depth first over all orders with a given number of temporary places, no state twice."""

    def __init__(self) -> None:
        self.seen: set[tuple[frozenset[str], frozenset[str], int]] = set()
        self.given_up = False

    def within(self, state: _State, spare: int) -> list[Turn] | None:
        """Return turns that send at most `spare` more households aside; None if there are none."""
        turns = list(state.settled())
        if not state.waiting and not state.aside:
            return turns
        if len(self.seen) >= _MOST_STATES:
            self.given_up = True
            return None
        key = (frozenset(state.waiting), frozenset(state.aside), spare)
        if key in self.seen:
            return None
        self.seen.add(key)
        ready = [Turn(move, aside=False) for move in state.open_moves if state.fits(move)]
        away = [Turn(move, aside=True) for move in state.waiting.values()] if spare else []
        for turn in (*ready, *away):
            following = state.copy()
            following.take(turn)
            rest = self.within(following, spare - turn.aside)
            if rest is not None:
                return [*turns, turn, *rest]
        return None
