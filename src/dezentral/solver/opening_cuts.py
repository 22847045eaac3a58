"""What the last level proves of choices of sites, once it is solved: which sites surely open, or never do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dezentral.solver.opening_lines import Cut, Lines
from dezentral.solver.stage import furthest

if TYPE_CHECKING:
    from dezentral.solver.opening_search import OpeningSearch

_SHARE = 0.02  # of the level's tolerance that a relaxation may leave open
_DEAR = 400.0  # what it costs to open a site that a choice leaves closed, in distances from bound to limit


class LevelCuts:
    """The lines of the last level, and the limit that its value sets.

    Parameters
    ----------
    search
        With all its levels solved.

    Attributes
    ----------
    lines
        Those known so far.
    every
        Ids of the sites that may open.
    tolerance
        How far value and bound may lie apart on the level.
    beyond
        What no plan within the level's limit exceeds.
    """

    def __init__(self, search: OpeningSearch) -> None:
        last = len(search.policy.levels) - 1
        self.search, self.level = search, search.policy.levels[last]
        known = search.lines
        self.lines = known or Lines(search.stage_of_level(last), search.assignment, search.allowed.costs, search.watch)
        self.every = self.lines.every
        self.limit(search.reached[last].value)
        if known is None:
            self.look(self.every)
        self._close_one_by_one()

    def limit(self, value: float) -> None:
        """Settle what can be, now that the level has a plan of some value."""
        self.tolerance = self.search.tolerance(self.level, value)
        self.beyond = furthest(self.level.limit(value))
        for cut in self.lines.cuts:
            self._settle(cut)

    def bound(self, opened: frozenset[str]) -> float:
        """Return what is known of a choice."""
        return self.lines.bound(opened)

    def positions(self, opened: frozenset[str]) -> frozenset[int]:
        """Return the positions of sites."""
        return frozenset(self.lines.site_of[key] for key in opened)

    def look(self, opened: frozenset[str]) -> bool:
        """Relax the level with some sites, and settle what its prices decide; False if there was no time."""
        if self.lines.look(opened, self._dear(opened), _SHARE * self.tolerance) is None:
            return False
        self._settle(self.lines.cuts[-1])
        return True

    def _close_one_by_one(self) -> None:
        """Find out, of one site after another, whether all others together can do without it."""
        costs = self.search.allowed.costs
        for key in sorted(self.every, key=lambda key: (-costs[key], key)):
            if key not in self.search.choices.surely | self.search.choices.never and not self.search.watch.over:
                self.look(self.every - {key})

    def _dear(self, opened: frozenset[str]) -> float:
        room = self.beyond - self.bound(opened)
        return _DEAR * max(room if np.isfinite(room) else 0.0, self.tolerance)

    def _settle(self, cut: Cut) -> None:
        """Settle the sites without which, or with which, every choice is beyond the limit."""
        choices = self.search.choices
        free = [key for key in choices.costs if key not in choices.surely | choices.never]
        least = cut.at(choices.surely) + sum(min(cut.slopes[key], 0.0) for key in free)
        surely = {key for key in free if least - min(cut.slopes[key], 0.0) > self.beyond}
        never = {key for key in free if least + max(cut.slopes[key], 0.0) > self.beyond} - surely
        self.search.settle_on(replace(choices, surely=choices.surely | surely, never=choices.never | never))
