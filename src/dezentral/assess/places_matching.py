"""People matched to what is offered, kept so that one household more or less is tried without starting again."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

Counts = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


class Matching:
    """A best assignment of groups of people to offers of limited size.

    Parameters
    ----------
    suits
        Whether an offer suits a group, shape ``(n_groups, n_offers)``.
    waiting
        Persons of each group without an offer, shape ``(n_groups,)``.
    free
        Persons whom each offer can still serve, shape ``(n_offers,)``.
    given
        Persons of each group whom each offer serves, shape ``(n_groups, n_offers)``.
    """

    def __init__(self, suits: Mask, waiting: Counts, free: Counts, given: Counts) -> None:
        self._suits, self._waiting, self._free, self._given = suits, waiting, free, given

    @classmethod
    def of(cls, sought: Counts, offered: Counts, suits: Mask) -> Matching:
        """Match what groups seek, shape ``(n_groups,)``, to what is offered, shape ``(n_offers,)``."""
        out = cls(suits, sought.copy(), offered.copy(), np.zeros(suits.shape, dtype=np.int64))
        # One group after another: who finds no way at its turn finds none later either.
        for group in np.flatnonzero(sought):
            out.try_waiting(int(group))
        return out

    def copy(self) -> Matching:
        """Return the same assignment, to be changed on its own."""
        return Matching(self._suits, self._waiting.copy(), self._free.copy(), self._given.copy())

    @property
    def without(self) -> int:
        """Persons whom nothing is left for."""
        return int(self._waiting.sum())

    def try_waiting(self, group: int) -> None:
        """Serve as many of a group's waiting persons as can be served."""
        self._waiting[group] -= self._serve(self._suits[group], int(self._waiting[group]), group)

    def take_out(self, group: int, persons: int) -> None:
        """Take persons of a group out, and give what they leave to those who wait."""
        gone = min(persons, int(self._waiting[group]))
        self._waiting[group] -= gone
        for offer in np.flatnonzero(self._given[group]):
            freed = min(persons - gone, int(self._given[group, offer]))
            self._given[group, offer] -= freed
            self._free[offer] += freed
            gone += freed
        ways = self.ways
        for one in np.flatnonzero(self._waiting):
            if (self._suits[one] & ways).any():
                self.try_waiting(int(one))
                ways = self.ways

    def served(self, suits: Mask, persons: int) -> int:
        """Return how many of some further persons, whom these offers suit, would be served in a best assignment."""
        if int(self._free[suits].sum()) >= persons:
            return persons
        if not (suits & self.ways).any():
            return 0
        return self.copy().serve_guests(suits, persons)

    def serve_guests(self, suits: Mask, persons: int) -> int:
        """Serve persons of no group, whom these offers suit, for good; return how many."""
        return self._serve(suits, persons, None)

    @property
    def ways(self) -> Mask:
        """The offers with something free, directly or by shifting others, shape ``(n_offers,)``."""
        found: Mask = self._free > 0
        while True:
            movable = (self._suits & found).any(axis=1)
            more: Mask = found | (self._given[movable] > 0).any(axis=0)
            if (more == found).all():
                return found
            found = more

    def _serve(self, suits: Mask, persons: int, group: int | None) -> int:
        """Serve persons of a group (None: of nobody whom it remembers); return how many."""
        served = 0
        while served < persons:
            path = self._path(suits)
            if not path:
                break
            served += self._push(path, persons - served, group)
        return served

    def _path(self, suits: Mask) -> list[tuple[int, int]]:
        """Find the shortest way to something free: (offer, the group shifted away from it), …, (free offer, −1)."""
        cause: dict[int, tuple[int, int]] = {}  # offer → the offer before it, the group that shifts to it
        seen, frontier = suits.copy(), np.flatnonzero(suits)
        while len(frontier):
            free = frontier[self._free[frontier] > 0]
            if len(free):
                return _steps(int(free[0]), cause)
            reached: list[int] = []
            for offer in frontier.tolist():
                for group in np.flatnonzero(self._given[:, offer]).tolist():
                    new = np.flatnonzero(self._suits[group] & ~seen)
                    seen[new] = True
                    cause.update((other, (offer, group)) for other in new.tolist())
                    reached += new.tolist()
            frontier = np.array(reached, dtype=np.int64)
        return []

    def _push(self, path: list[tuple[int, int]], persons: int, group: int | None) -> int:
        shifts = list(pairwise(path))
        last = path[-1][0]
        amount = min(persons, int(self._free[last]), *(int(self._given[g, offer]) for (offer, g), _ in shifts))
        for (offer, shifted), (other, _) in shifts:
            self._given[shifted, offer] -= amount
            self._given[shifted, other] += amount
        if group is not None:
            self._given[group, path[0][0]] += amount
        self._free[last] -= amount
        return amount


def _steps(last: int, cause: dict[int, tuple[int, int]]) -> list[tuple[int, int]]:
    steps = [(last, -1)]
    while steps[-1][0] in cause:
        steps.append(cause[steps[-1][0]])
    return steps[::-1]
