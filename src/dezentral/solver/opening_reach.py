"""Plans within the limit of a level that is solved, with other sites: proven to be none, or looked for.

For a choice that is not refuted by its bound the engine looks for a plan; where it finds none, a better plan with the
sites in use may lower the level's limit so far that the choice is refuted after all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dezentral.solver.opening_cuts import LevelCuts

if TYPE_CHECKING:
    from dezentral.solver.opening_search import OpeningSearch

DEAR = 400.0  # what it costs to open a site that a choice leaves closed, in tolerances of the level
_EASY, _HOPE = 0.5, 0.2  # of the way from the limit to the bound of all sites: room in which plans are found, or may be
_ROOM = 0.85  # of the distance from bound to limit: so near to the limit a plan is enough for HiGHS


class Reach:
    """What can be reached with some sites, within the limits of all levels.

    Parameters
    ----------
    search
        With all its levels solved.

    Attributes
    ----------
    cuts
        Of its last level.
    """

    def __init__(self, search: OpeningSearch) -> None:
        self.search, self.cuts = search, LevelCuts(search)
        self._last = len(search.policy.levels) - 1

    def refute(self, opened: frozenset[str]) -> bool:
        """Say whether a choice is proven to be beyond the level's limit; if so, all programs know from then on."""
        return self.cuts.look(opened) and self.cuts.bound(opened) > self.cuts.beyond

    def easier(self, opened: frozenset[str], allowed: Callable[[frozenset[str]], bool]) -> frozenset[str]:
        """Add sites, those that help most, until there is room enough below the limit for a plan to be found soon."""
        cuts = self.cuts
        enough = cuts.beyond - _EASY * (cuts.beyond - cuts.bound(cuts.every))
        others = sorted(cuts.every - self.search.choices.never - opened)
        while cuts.bound(opened) > enough and not self.search.watch.over:
            now = opened
            others = [key for key in others if key not in now and allowed(now | {key})]
            if not others:
                break
            opened = now | {min(others, key=lambda one: cuts.bound(now | {one}))}
            if cuts.bound(opened) <= enough:
                cuts.look(opened)
        return opened

    def find(self, opened: frozenset[str]) -> bool:
        """Look for a plan within the level's limit that uses only some sites; the search keeps it."""
        return self._find(opened, self.cuts.beyond)

    def undercut(self, opened: frozenset[str]) -> bool:
        """Look for a better plan on the level with the sites in use, one that refutes a choice; say whether it does."""
        search, cuts = self.search, self.cuts
        if not self._find(search.opened(search.assignment), cuts.bound(opened)):
            return False
        value = search.values(search.assignment, self._last + 1)[self._last]
        search.reached[self._last] = replace(search.reached[self._last], value=value)
        cuts.limit(value)
        return cuts.bound(opened) > cuts.beyond

    def _find(self, opened: frozenset[str], most: float) -> bool:
        """Look for a plan below a value of the level that uses only some sites; the search keeps it."""
        search, cuts, before = self.search, self.cuts, self.search.assignment
        room = most - cuts.bound(opened)
        if room < _HOPE * (cuts.beyond - cuts.bound(cuts.every)):
            return False
        task = search.task_of_level(self._last, search.stage_of_level(self._last), most)
        search.pursue_among(
            replace(
                task,
                tolerance=lambda value: np.inf if value < most else _ROOM * room,  # any plan below ends the work
                gap=min(search.params.gap, _ROOM * room / max(1.0, abs(most))),
                report=lambda _value, _bound: search.watch.glance(),
            ),
            cuts.positions(opened),
            DEAR * cuts.tolerance,
        )
        return search.assignment is not before
