"""A level whose sites are yet to be chosen: one choice after the other, until no other can do better.

A small program proposes the choice that could be best and proves what no choice beats (`opening_choice`); the engine
looks for the best plan with these sites; from then on at least one other site must open. A plan uses sites of a choice
that was tried, for which the engine has a bound, or it is among those that the small program still bounds (logic-based
Benders decomposition: Hooker and Ottosson, 2003). Where that program cannot see all placements, a choice is relaxed
before it is tried: it may then be refuted without any other work on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dezentral.solver.assignment import counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.opening_master import measured_if, within_limit
from dezentral.solver.opening_proposals import Proposals
from dezentral.solver.opening_reach import DEAR
from dezentral.solver.opening_stages import closing, is_about_sites
from dezentral.solver.openings import NOISE, Openings
from dezentral.solver.program import Objective, Program
from dezentral.solver.relaxation import Relaxed, relax
from dezentral.solver.task import Task, rounded

if TYPE_CHECKING:
    from dezentral.solver.opening_reach import Reach
    from dezentral.solver.opening_search import OpeningSearch

_ROUNDS = 12
_MANY_ROUNDS = 100  # of choices that a relaxation alone refutes
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
        self.tried: list[frozenset[int]] = []
        self._least = np.inf  # of the bounds of the choices tried
        self._ids = [site.id for site in task.stage.program.compiled.places.sites]

    def run(self) -> tuple[float, float]:
        """Return the value of the best plan and what is proven over all choices."""
        if self._proposals.are_wide and is_about_sites(self.task.stage):
            self._choose_alone()
        else:
            self._choose()
        if not self.done and np.count_nonzero(self.task.stage.program.allowed) <= _FEW:
            self.value, bound = self._search.pursue_as_it_is(replace(self.task, value=self.value))
            self._prove(bound)
        return self.value, self.bound

    def _choose(self) -> None:
        """Try one choice after the other."""
        program, objective = self.task.stage.program, self.task.stage.objective
        counts = counts_of(program.compiled, self.task.assignment)
        draw_lines(program, counts)
        used = self._widened(self._used()) if self._proposals.are_wide else None
        if used is not None and not any(
            program.auxiliary_upper[v] for site, v in program.opened.items() if site not in used
        ):
            self._try(used, -np.inf)
            self._prove(self._least)
            return
        relaxed = relax(program, objective, counts, _SHARE * self._tolerance, self.task.watch)
        if relaxed is None:
            return
        self._prove(relaxed.prices.bound)
        if used is not None and not self.done:
            self._try(used, -np.inf)  # a good plan soon: what must cost more needs no thought from then on
            if not self.done:
                self._choose_widely(relaxed)
            return
        for _ in range(_ROUNDS):
            if self.done:
                break
            proposal = self._proposals.near(relaxed, self.value, self.tried)
            self._prove(min(self._least, proposal.bound))
            if self.done or proposal.opened is None:
                break
            self._try(self._widened(proposal.opened), proposal.bound)

    def _choose_widely(self, relaxed: Relaxed) -> None:
        """Relax one choice after the other, and try it if it may still be better."""
        rest = -np.inf  # of the bounds of all choices but those tried
        for _ in range(_ROUNDS):
            proposal = self._proposals.near(relaxed, self.value, self.tried)
            rest = max(rest, proposal.bound)
            if proposal.opened is None:  # among the placements that it sees
                proposal = self._proposals.of_shapes(Objective(), self.value, self.tried)
                rest = np.inf if np.isposinf(proposal.bound) else rest
            self._prove(min(self._least, rest))
            if self.done or proposal.opened is None:
                return
            opened = self._widened(proposal.opened)
            self._try(opened, self._relaxed_bound(opened))
        self._prove(min(self._least, rest))

    def _relaxed_bound(self, opened: frozenset[int]) -> float:
        """Return what the relaxation says of all plans with some sites only; −inf if there was no time."""
        stage = closing(self.task.stage, opened, self._search.assignment, self._dear)
        counts = counts_of(stage.program.compiled, self._search.assignment)
        relaxed = relax(stage.program, stage.objective, counts, _SHARE * self._tolerance, self.task.watch)
        return -np.inf if relaxed is None else relaxed.prices.bound

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
            proposal = self._proposals.of_openings(within_limit(self.task.stage, reach.cuts), self.value, refuted)
            self._prove(proposal.bound)
            if self.done or proposal.opened is None:
                return
            keys = self._keys(proposal.opened)
            if reach.refute(keys):
                refuted.append(proposal.opened)
                continue
            easier = reach.easier(keys, self._is_better)
            if easier != keys:
                self._finds(reach, easier)
            if self.done or not (self._finds(reach, keys) or self._undercuts(reach, keys)):
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
        task = replace(self.task, value=self.value, report=lambda value, _: self.task.report(value, self.bound))
        self.value, proven = self._search.pursue_among(task, opened, self._dear)
        self._least = min(self._least, max(bound, proven))

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
