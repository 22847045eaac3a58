"""A level whose sites are yet to be chosen: one choice after the other, until no other can do better.

A small program proposes the choice that could be best and proves what no choice beats (`opening_choice`); the engine
looks for the best plan with these sites; from then on at least one other site must open. A plan uses sites of a choice
that was tried, for which the engine has a bound, or it is among those that the small program still bounds (logic-based
Benders decomposition: Hooker and Ottosson, 2003). Where placements are too many for such a program, choices are relaxed
one after the other, and the lines that come of it propose the next (`opening_lines`). The best of them is tried once no
other can be much better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dezentral.solver.assignment import counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.opening_lines import Lines
from dezentral.solver.opening_master import lowest, measured_if, within_limit
from dezentral.solver.opening_proposals import Proposals
from dezentral.solver.opening_reach import DEAR
from dezentral.solver.opening_stages import is_about_sites
from dezentral.solver.openings import NOISE, Openings
from dezentral.solver.program import Program
from dezentral.solver.relaxation import relax
from dezentral.solver.task import Task, rounded

if TYPE_CHECKING:
    from dezentral.solver.opening_reach import Reach
    from dezentral.solver.opening_search import OpeningSearch

_ROUNDS = 12
_MANY_ROUNDS = 100  # of choices that a relaxation alone refutes
_ROUGHLY = 50.0  # times a level's tolerance, near enough for a first plan
_NEARLY = 0.3  # of a level's tolerance, by which other choices may look better than the one that is tried next
_FEW = 3_000  # placements up to which the engine is given all choices at once in the end
_SHARE = 0.05  # of a level's tolerance that the relaxation may leave open


def undecided(program: Program) -> bool:
    """Say whether a program has sites that may open or not."""
    lower, upper = program.auxiliary_lower, program.auxiliary_upper
    return any(lower[variable] < upper[variable] for variable in program.opened.values())


class Rounds:
    """The state of such a level.

    Parameters
    ----------
    task
        With a program that is lazy.
    allowed
        What may open, and within which limits.
    search
        Works on a task from the best plan so far, and keeps a better one.
    find_reach
        Returns what the last level says about choices; None where not all levels limit the task.

    Attributes
    ----------
    value, bound
        Of the best plan, and what is proven over all choices.
    tried
        Choices for which the engine has a bound of its own.
    lines
        What bounds all choices at once; None where it was not needed.
    """

    def __init__(
        self,
        task: Task,
        allowed: Openings,
        search: OpeningSearch,
        find_reach: Callable[[], Reach] | None = None,
    ) -> None:
        self.task, self.allowed, self._search, self._find_reach = task, allowed, search, find_reach
        self._proposals = Proposals(task)
        self.value, self.bound = task.value, -np.inf
        self.lines: Lines | None = None
        self.tried: list[frozenset[int]] = []
        self._least = np.inf  # of the bounds of the choices tried
        self._ids = [site.id for site in task.stage.program.compiled.places.sites]

    def run(self) -> tuple[float, float]:
        """Return the value of the best plan and what is proven over all choices."""
        if not self._proposals.are_wide:
            self._choose()
        elif is_about_sites(self.task.stage):
            self._choose_alone()
        else:
            self._choose_widely()
        if not self.done and np.count_nonzero(self.task.stage.program.allowed) <= _FEW:
            self.value, bound = self._search.pursue_as_it_is(replace(self.task, value=self.value))
            self._prove(bound)
        return self.value, self.bound

    def _choose(self) -> None:
        """Try one choice after the other."""
        program, objective = self.task.stage.program, self.task.stage.objective
        counts = counts_of(program.compiled, self.task.assignment)
        draw_lines(program, counts)
        relaxed = relax(program, objective, counts, _SHARE * self._tolerance, self.task.watch)
        if relaxed is None:
            return
        self._prove(relaxed.prices.bound)
        for _ in range(_ROUNDS):
            if self.done:
                break
            proposal = self._proposals.near(relaxed, self.value, self.tried)
            self._prove(min(self._least, proposal.bound))
            if self.done or proposal.opened is None:
                break
            self._try(self._widened(proposal.opened), proposal.bound)

    def _choose_widely(self) -> None:
        """Relax one choice after the other, and try the best of them once the others are hardly better."""
        used = self._widened(self._used())
        if not self._others_than(used):
            self._try(used, -np.inf)
            self._prove(self._least)
            return
        self.lines = Lines(self.task.stage, self.task.assignment, self.allowed.costs, self.task.watch)
        bound = self._look(self.lines, self.lines.every)
        if bound is not None:
            self._prove(bound)
            self._choose_by_lines(self.lines)

    def _choose_by_lines(self, lines: Lines) -> None:
        seen: dict[frozenset[int], frozenset[str]] = {}
        for _ in range(_MANY_ROUNDS):
            if self.done:
                return
            proposal = self._proposals.of_openings(lowest(lines, self.bound, self.value), self.value, self.tried)
            self._prove(min(self._least, proposal.bound))
            if self.done or proposal.opened is None:
                return
            opened = self._widened(proposal.opened)
            known = opened in seen
            if not known:
                seen[opened] = self._keys(opened)
                self._look(lines, seen[opened])
            bound, _, best = min((lines.bound(seen[one]), sorted(one), one) for one in seen.keys() - self.tried)
            if known or bound - proposal.bound <= _NEARLY * self._tolerance:
                self._try(best, bound)
            elif len(seen) == 1:
                self._begin_with(opened)

    def _look(self, lines: Lines, keys: frozenset[str]) -> float | None:
        return lines.look(keys, self._dear, _SHARE * self._tolerance)

    def _begin_with(self, opened: frozenset[int]) -> None:
        """Look for any good plan with some sites, so that there is one soon."""
        tolerance = self.task.tolerance
        roughly = replace(self.task, tolerance=lambda value: _ROUGHLY * tolerance(value), gap=_ROUGHLY * self.task.gap)
        self._pursue(roughly, opened)

    def _others_than(self, opened: frozenset[int]) -> bool:
        """Say whether any other site may open."""
        program = self.task.stage.program
        return any(program.auxiliary_upper[v] > 0 for site, v in program.opened.items() if site not in opened)

    def _choose_alone(self) -> None:
        """Choose sites where only sites are measured: by what all levels allow, or else those that are solved."""
        if self._find_reach is not None:
            self._choose_within(self._find_reach())
            return
        proposal = self._proposals.of_shapes(self.task.stage.objective, self.value)
        self._prove(proposal.bound)
        if not self.done and proposal.opened is not None:
            self._try(proposal.opened, proposal.bound)

    def _choose_within(self, reach: Reach) -> None:
        """Choose sites by what all levels allow, until none is better or one stays open."""
        refuted: list[frozenset[int]] = []
        for _ in range(_MANY_ROUNDS):
            stage = within_limit(self.task.stage, reach.cuts.lines, reach.cuts.beyond)
            proposal = self._proposals.of_openings(stage, self.value, refuted)
            self._prove(proposal.bound)
            if self.done or proposal.opened is None:
                return
            keys = self._keys(proposal.opened)
            is_refuted = reach.refute(keys)
            if is_refuted:
                refuted.append(proposal.opened)
            if not is_refuted or len(refuted) == 1:  # a better plan soon, though not the cheapest
                easier = reach.easier(keys, self._is_better)
                if easier != keys:
                    self._finds(reach, easier)
            if self.done or not (is_refuted or self._finds(reach, keys) or self._undercuts(reach, keys)):
                return

    def _finds(self, reach: Reach, keys: frozenset[str]) -> bool:
        """Look for a plan with some sites at most, within all limits, and say whether it is better."""
        before = self._search.assignment
        value = self.task.evaluate(self._search.assignment) if reach.find(keys) else None
        if value is None or value >= self.value:
            self._search.assignment = before  # it may open what is decided to stay closed
            return False
        self.value = value
        return True

    def _undercuts(self, reach: Reach, keys: frozenset[str]) -> bool:
        """Look for a plan on the last level so good that it refutes some sites; say whether it does."""
        refuted = reach.undercut(keys)
        value = self.task.evaluate(self._search.assignment)
        self.value = self.value if value is None else min(self.value, value)
        return refuted

    def _is_better(self, keys: frozenset[str]) -> bool:
        """Say whether some sites can all open, and would be better if only sites are measured."""
        measured = measured_if(self.task.stage, frozenset(site for site, key in enumerate(self._ids) if key in keys))
        return measured is not None and measured < self.value

    @property
    def done(self) -> bool:
        """Whether the level is proven, or time is over."""
        return self.value - self.bound <= self._tolerance or self.task.watch.over

    @property
    def _tolerance(self) -> float:
        return self.task.tolerance(self.value)

    def _prove(self, bound: float) -> None:
        """Note a bound over all choices; values between two steps do not exist."""
        bound = rounded(bound, self.task.step, NOISE)
        if bound > self.bound:
            self.bound = min(bound, self.value)
            self.task.report(self.value, self.bound)

    def _used(self) -> frozenset[int]:
        """Return the sites that the best plan so far uses."""
        program = self.task.stage.program
        sites = program.compiled.pools.site[self.task.assignment[self.task.assignment >= 0]]
        return frozenset(sites.tolist()) & program.opened.keys()

    def _try(self, opened: frozenset[int], bound: float) -> None:
        """Look for the best plan with some sites, if one could be better: no such plan is below a bound."""
        self.tried.append(opened)
        if self.value - bound <= self._tolerance:
            self._least = min(self._least, bound)
            return
        self._least = min(self._least, max(bound, self._pursue(self.task, opened)))

    def _pursue(self, task: Task, opened: frozenset[int]) -> float:
        """Work on a task with some sites, and return what is proven of them."""
        task = replace(task, value=self.value, report=lambda value, _: self.task.report(value, self.bound))
        self.value, proven = self._search.pursue_among(task, opened, self._dear)
        return proven

    @property
    def _dear(self) -> float:
        """What a site costs that a choice leaves closed; 0 where sites are measured: there are cuts for that."""
        return 0.0 if is_about_sites(self.task.stage) else DEAR * self._tolerance

    def _keys(self, opened: frozenset[int]) -> frozenset[str]:
        return frozenset(self._ids[site] for site in opened)

    def _widened(self, opened: frozenset[int]) -> frozenset[int]:
        """Add sites, in the order of ids, as far as budget and number go: all parts of a choice are tried with it.

        Where sites are measured themselves, more of them are another choice.
        """
        if is_about_sites(self.task.stage):
            return opened
        keys = set(self._keys(opened))
        variables = self.task.stage.program.opened
        upper = self.task.stage.program.auxiliary_upper
        for site, variable in variables.items():
            if upper[variable] > 0 and self.allowed.allow(keys | {self._ids[site]}):
                keys.add(self._ids[site])
        return frozenset(site for site in variables if self._ids[site] in keys)
