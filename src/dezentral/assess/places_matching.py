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
        self._widths: Counts | None = None  # worked out when asked for, forgotten when anything changes

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
        out = Matching(self._suits, self._waiting.copy(), self._free.copy(), self._given.copy())
        out._widths = self._widths
        return out

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
            self._widths = None
            gone += freed
        for one in np.flatnonzero(self._waiting):
            if self.widths[self._suits[one]].any():
                self.try_waiting(int(one))

    def served(self, suits: Mask, persons: int) -> int:
        """Return how many of some further persons, whom these offers suit, would be served in a best assignment."""
        if int(self._free[suits].sum()) >= persons:
            return persons
        widest = int(self.widths[suits].max(initial=0))
        if widest >= persons:
            return persons
        return self.copy().serve_guests(suits, persons) if widest else 0

    def serve_guests(self, suits: Mask, persons: int) -> int:
        """Serve persons of no group, whom these offers suit, for good; return how many."""
        return self._serve(suits, persons, None)

    @property
    def widths(self) -> Counts:
        """For how many more persons each offer has room by one way of shifting others on, shape ``(n_offers,)``."""
        if self._widths is None:
            self._widths = self._widest()
        return self._widths

    def _widest(self) -> Counts:
        """Return the widest way from each offer to something free; a way is as wide as its narrowest shift."""
        found = self._free
        while True:
            beyond = np.where(self._suits, found, 0).max(axis=1, initial=0)  # where each group could go instead
            wider: Counts = np.maximum(found, np.minimum(self._given, beyond[:, np.newaxis]).max(axis=0, initial=0))
            if (wider == found).all():
                return wider
            found = wider

    def _serve(self, suits: Mask, persons: int, group: int | None) -> int:
        """Serve persons of a group (None: of nobody whom it remembers); return how many."""
        served = self._serve_directly(suits, persons, group)
        if served == persons:
            return served
        leads: Mask = self.widths > 0  # from elsewhere nothing free is ever reached, now or after serving some
        while served < persons:
            path = self._path(suits & leads, leads)
            if not path:
                break
            served += self._push(path, persons - served, group)
        return served

    def _serve_directly(self, suits: Mask, persons: int, group: int | None) -> int:
        """Serve persons by what is free and suits them."""
        served = 0
        for offer in np.flatnonzero(suits & (self._free > 0)).tolist():
            if served == persons:
                break
            served += self._push([(offer, -1)], persons - served, group)
        return served

    def _path(self, frontier: Mask, leads: Mask) -> list[tuple[int, int]]:
        """Find the shortest way to something free: (offer, the group shifted away from it), …, (free offer, −1)."""
        seen, levels = frontier | ~leads, list[Mask]()
        while frontier.any():
            levels.append(frontier)
            free = np.flatnonzero(frontier & (self._free > 0))
            if len(free):
                return self._traced(levels, int(free[0]))
            movable = (self._given[:, frontier] > 0).any(axis=1)
            frontier = self._suits[movable].any(axis=0) & ~seen
            seen = seen | frontier
        return []

    def _traced(self, levels: list[Mask], last: int) -> list[tuple[int, int]]:
        """Walk back from an offer of the last level to one of the first."""
        steps = [(last, -1)]
        for level in reversed(levels[:-1]):
            shifts = (self._given > 0) & level & self._suits[:, steps[-1][0], np.newaxis]
            group, offer = np.unravel_index(int(shifts.argmax()), shifts.shape)
            steps.append((int(offer), int(group)))
        return steps[::-1]

    def _push(self, path: list[tuple[int, int]], persons: int, group: int | None) -> int:
        self._widths = None
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
