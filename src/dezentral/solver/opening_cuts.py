"""What the last level says about choices of sites, where it is too large for a program that opens them as a whole.

The prices of its relaxation, found for one choice, bound every choice from below, by a line in the openings:
value ≥ base + Σ_c slope_c·open_c. A choice for which that is beyond the level's limit is refuted, and with the line as
a row of the program that proposes choices so are all others of which it says so (Benders, 1962; Geoffrion, 1972). For
a choice that is not refuted the engine looks for a plan; where it finds none, a better plan with the sites in use may
lower the level's limit so far that the choice is refuted after all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dezentral.compiled.arrays import Floats
from dezentral.solver.assignment import counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.pricing import padded, price, valid
from dezentral.solver.program import UNBOUNDED, Objective, Program
from dezentral.solver.relaxation import relax
from dezentral.solver.stage import furthest

if TYPE_CHECKING:
    from dezentral.solver.opening_search import OpeningSearch

_SHARE = 0.02  # of the level's tolerance that a relaxation may leave open
_DEAR = 400.0  # what it costs to open a site that a choice leaves closed, in distances from bound to limit
_EASY, _HOPE = 0.5, 0.2  # of the way from the limit to the bound of all sites: room in which plans are found, or may be
_ROOM = 0.85  # of the distance from bound to limit: so near to the limit a plan is enough for HiGHS


@dataclass(frozen=True)
class Cut:
    """A bound of the level for all choices: base + Σ slopes[id], over the sites that open."""

    base: float
    slopes: Mapping[str, float]

    def at(self, opened: frozenset[str]) -> float:
        """Return the bound for a choice."""
        return self.base + sum(self.slopes[key] for key in sorted(opened))


class LevelCuts:
    """The cuts that are known, and where they come from.

    Parameters
    ----------
    search
        With all its levels solved.

    Attributes
    ----------
    every
        Ids of all sites that may open.
    beyond
        What no plan within the last level's limit exceeds.
    cuts
        Those known so far.
    """

    def __init__(self, search: OpeningSearch) -> None:
        self.search = search
        self.last = len(search.policy.levels) - 1
        self.level = search.policy.levels[self.last]
        self._take_limit()
        self.stage = search.stage_of_level(self.last)
        self.cuts: list[Cut] = []
        self._duals: Floats | None = None
        compiled = self.stage.program.compiled
        draw_lines(self.stage.program, counts_of(compiled, search.assignment))
        self._site_of = {compiled.places.site_index[key]: key for key in search.allowed.costs}
        self.every = frozenset(search.allowed.costs)
        self._find(self.every)
        self._close_one_by_one()

    def refute(self, opened: frozenset[str]) -> bool:
        """Say whether a choice is proven to be beyond the level's limit; if so, all programs know from then on."""
        found = self._find(opened)
        return found is not None and found.at(opened) > self.beyond

    def bind(self, program: Program) -> None:
        """Add the cuts to a program."""
        variables = dict(zip(self.search.choices.costs, program.opened.values(), strict=True))
        for cut in self.cuts:
            row = program.row(-UNBOUNDED, self.beyond - cut.base)
            for key, slope in cut.slopes.items():
                if slope:
                    program.add(row, variables[key], slope)

    def bound(self, opened: frozenset[str]) -> float:
        """Return what is known of a choice."""
        return max((cut.at(opened) for cut in self.cuts), default=-np.inf)

    def easier(self, opened: frozenset[str]) -> frozenset[str]:
        """Add sites, those that help most, until there is room enough below the limit for a plan to be found soon."""
        enough = self.beyond - _EASY * (self.beyond - self.bound(self.every))
        others = sorted(self.every - self.search.choices.never - opened)
        while others and self.bound(opened) > enough and not self.search.watch.over:
            now = opened
            key = min(others, key=lambda one: self.bound(now | {one}))
            others.remove(key)
            opened = opened | {key}
            if self.bound(opened) <= enough:
                self._find(opened)
        return opened

    def reach(self, opened: frozenset[str]) -> bool:
        """Look for a plan within the level's limit that uses only some sites; the search keeps it."""
        return self._reach(opened, self.beyond)

    def undercut(self, opened: frozenset[str]) -> bool:
        """Look for a better plan on the level with the sites in use, one that refutes a choice; say whether it does."""
        search = self.search
        if not self._reach(search.opened(search.assignment), self.bound(opened)):
            return False
        value = search.values(search.assignment, self.last + 1)[self.last]
        search.reached[self.last] = replace(search.reached[self.last], value=value)
        self._take_limit()
        for cut in self.cuts:
            self._settle(cut)
        return self.bound(opened) > self.beyond

    def _take_limit(self) -> None:
        self.beyond = furthest(self.search.limits(self.last + 1)[self.last])

    def _reach(self, opened: frozenset[str], most: float) -> bool:
        """Look for a plan below a value of the level that uses only some sites; the search keeps it."""
        search, before = self.search, self.search.assignment
        room = most - self.bound(opened)
        if room < _HOPE * (self.beyond - self.bound(self.every)):
            return False
        sites = frozenset(site for site, key in self._site_of.items() if key in opened)
        task = search.task_of_level(self.last, search.stage_of_level(self.last), most)
        search.pursue_among(
            replace(
                task,
                tolerance=lambda value: np.inf if value < most else _ROOM * room,  # any plan below ends the work
                gap=min(search.params.gap, _ROOM * room / max(1.0, abs(most))),
                report=lambda _value, _bound: search.watch.glance(),
            ),
            sites,
            _DEAR * search.tolerance(self.level, self.beyond),
        )
        return search.assignment is not before

    def _close_one_by_one(self) -> None:
        """Find out, of one site after another, whether all others together can do without it."""
        costs = self.search.allowed.costs
        for key in sorted(self.every, key=lambda key: (-costs[key], key)):
            if key not in self.search.choices.surely | self.search.choices.never and not self.search.watch.over:
                self._find(self.every - {key})

    def _find(self, opened: frozenset[str]) -> Cut | None:
        """Relax the level with all sites but some dear to open, and note what its prices say about all choices."""
        program, objective = self.stage.program, self.stage.objective
        known = self.bound(opened)
        tolerance = self.search.tolerance(self.level, self.beyond)
        dear = _DEAR * max(self.beyond - known if np.isfinite(known) else 0.0, tolerance)
        closed = {program.opened[site]: dear for site, key in self._site_of.items() if key not in opened}
        relaxed = relax(
            program,
            objective + Objective(auxiliary=closed),
            counts_of(program.compiled, self.search.assignment),
            _SHARE * tolerance,
            self.search.watch,
            duals=None if self._duals is None else padded(program, self._duals),
        )
        if relaxed is None:
            return None
        self._duals = padded(program, relaxed.prices.duals)
        cut = self._read(self._duals)
        self.cuts.append(cut)
        self._settle(cut)
        return cut

    def _read(self, duals: Floats) -> Cut:
        """Write the bound of some prices as a line in the openings."""
        program, objective = self.stage.program, self.stage.objective
        duals = valid(program, duals)
        slopes = {variable: objective.auxiliary.get(variable, 0.0) for variable in program.opened.values()}
        for row, variable, coefficient in program.auxiliary_cells:
            if variable in slopes:
                slopes[variable] -= coefficient * float(duals[row])
        lower, upper = program.auxiliary_lower, program.auxiliary_upper
        least = sum(slope * (lower if slope > 0 else upper)[variable] for variable, slope in slopes.items())
        base = price(program, objective, duals).bound - least
        return Cut(base, {self._site_of[site]: slopes[variable] for site, variable in program.opened.items()})

    def _settle(self, cut: Cut) -> None:
        """Settle the sites without which, or with which, every choice is beyond the limit."""
        choices = self.search.choices
        free = [key for key in choices.costs if key not in choices.surely | choices.never]
        least = cut.at(choices.surely) + sum(min(cut.slopes[key], 0.0) for key in free)
        surely = {key for key in free if least - min(cut.slopes[key], 0.0) > self.beyond}
        never = {key for key in free if least + max(cut.slopes[key], 0.0) > self.beyond} - surely
        self.search.settle_on(replace(choices, surely=choices.surely | surely, never=choices.never | never))
