"""What a level says about choices of sites, where it is too large for a program that opens them as a whole.

The prices of its relaxation, found for one choice, bound every choice from below, by a line in the openings:
value ≥ base + Σ_c slope_c·open_c. A choice for which that is beyond the level's limit is refuted, and so are all others
of which some line says so: choices that the lines leave are proposed by a program of the openings alone (Benders, 1962;
Geoffrion, 1972).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dezentral.solver.assignment import counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.opening_slopes import line_of
from dezentral.solver.pricing import padded
from dezentral.solver.relaxation import Master, descend
from dezentral.solver.stage import furthest

if TYPE_CHECKING:
    from dezentral.solver.opening_search import OpeningSearch

_SHARE = 0.02  # of the level's tolerance that a relaxation may leave open
_DEAR = 400.0  # what it costs to open a site that a choice leaves closed, in distances from bound to limit


@dataclass(frozen=True)
class Cut:
    """A bound of the level for all choices: base + Σ slopes[id], over the sites that open."""

    base: float
    slopes: Mapping[str, float]

    def at(self, opened: frozenset[str]) -> float:
        """Return the bound for a choice."""
        return self.base + sum(self.slopes[key] for key in sorted(opened))


class LevelCuts:
    """The cuts that are known of the last level, and where they come from.

    Parameters
    ----------
    search
        With all its levels solved.

    Attributes
    ----------
    site_of
        Id of each site that may open → its position.
    every
        Their ids.
    tolerance
        How far value and bound may lie apart on the level.
    beyond
        What no plan within the level's limit exceeds.
    cuts
        Those known so far.
    """

    def __init__(self, search: OpeningSearch) -> None:
        last = len(search.policy.levels) - 1
        self.search, self.level = search, search.policy.levels[last]
        self.cuts: list[Cut] = []
        self.limit(search.reached[last].value)
        self.stage = search.stage_of_level(last)
        program = self.stage.program
        index = program.compiled.places.site_index
        self.site_of = {key: index[key] for key in search.allowed.costs}
        self.every = frozenset(search.allowed.costs)
        counts = counts_of(program.compiled, search.assignment)
        draw_lines(program, counts)
        self._master = Master(program, self.stage.objective, search.watch)
        self._master.begin(counts, None)
        self.look(self.every)
        self._close_one_by_one()

    def limit(self, value: float) -> None:
        """Settle what can be, now that the level has a plan of some value."""
        self.tolerance = self.search.tolerance(self.level, value)
        self.beyond = furthest(self.level.limit(value))
        for cut in self.cuts:
            self._settle(cut)

    def bound(self, opened: frozenset[str]) -> float:
        """Return what is known of a choice."""
        return max((cut.at(opened) for cut in self.cuts), default=-np.inf)

    def positions(self, opened: frozenset[str]) -> frozenset[int]:
        """Return the positions of sites."""
        return frozenset(self.site_of[key] for key in opened)

    def look(self, opened: frozenset[str]) -> bool:
        """Relax the level with all sites but some dear to open, and note what its prices say about all choices.

        Returns
        -------
        bool
            False if there was no time.
        """
        program, objective = self.stage.program, self.stage.objective
        closed = [site for key, site in self.site_of.items() if key not in opened]
        costs = {variable: objective.auxiliary.get(variable, 0.0) for variable in program.opened.values()}
        self._master.charge(costs | dict.fromkeys((program.opened[site] for site in closed), self._dear(opened)))
        relaxed = descend(self._master, _SHARE * self.tolerance)
        if relaxed is None:
            return False
        line = line_of(program, objective, padded(program, relaxed.prices.duals))
        cut = Cut(line.base, {key: line.slopes[site] for key, site in self.site_of.items()})
        self.cuts.append(cut)
        self._settle(cut)
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
