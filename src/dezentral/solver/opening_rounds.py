"""A level whose sites are yet to be chosen: one choice after the other, until no other can do better.

A small program proposes the choice that could be best and proves what no choice beats (`opening_choice`); the engine
looks for the best plan with these sites; from then on at least one other site must open. A plan uses sites of a choice
that was tried, for which the engine has a bound, or it is among those that the small program still bounds (logic-based
Benders decomposition: Hooker and Ottosson, 2003).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dezentral.compiled.arrays import Bools, Floats
from dezentral.solver.assignment import counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.opening_choice import Proposal, propose
from dezentral.solver.opening_stages import closing, is_about_sites
from dezentral.solver.openings import NOISE, Openings
from dezentral.solver.program import Objective, Program
from dezentral.solver.relaxation import Relaxed, relax
from dezentral.solver.task import Task

if TYPE_CHECKING:
    from dezentral.solver.opening_cuts import LevelCuts

_ROUNDS = 12
_MANY_ROUNDS = 100  # of choices that a relaxation alone refutes
_COLUMNS = 30_000  # that the small program sees
_FEW = 3_000  # placements up to which the engine is given all choices at once in the end
_SHARE = 0.05  # of a level's tolerance that the relaxation may leave open
_CLOSE = 0.2  # of it, that the small program may
_USED = 1e-6

Pursue = Callable[[Task], tuple[float, float]]


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
    step
        Between two values of what is minimised; 0 = there is none.
    pursue
        Works on a task from the best plan so far, keeps a better one, and returns its value and what is proven.
    find_cuts
        Finds out what the last level says about choices; None where not all levels limit the task.
    """

    def __init__(
        self,
        task: Task,
        allowed: Openings,
        step: float,
        pursue: Pursue,
        find_cuts: Callable[[], LevelCuts] | None = None,
    ) -> None:
        self.task, self.allowed, self.step, self._pursue, self._find_cuts = task, allowed, step, pursue, find_cuts
        self.value, self.bound = task.value, -np.inf
        self.tried: list[frozenset[int]] = []
        self._least = np.inf  # of the bounds of the choices tried
        self._ids = [site.id for site in task.stage.program.compiled.places.sites]

    def run(self) -> tuple[float, float]:
        """Return the value of the best plan and what is proven over all choices."""
        if self._is_wide and is_about_sites(self.task.stage):
            self._choose_alone()
        else:
            self._choose()
        if not self.done and np.count_nonzero(self.task.stage.program.allowed) <= _FEW:
            self.value, bound = self._pursue(replace(self.task, value=self.value))
            self._prove(bound)
        return self.value, self.bound

    def _choose(self) -> None:
        """Try one choice after the other."""
        program, objective = self.task.stage.program, self.task.stage.objective
        counts = counts_of(program.compiled, self.task.assignment)
        draw_lines(program, counts)
        used = self._widened(self._used())
        if self._is_wide and self._leaves_nothing([used]):
            self._try(used, -np.inf)
            self._prove(self._least)
            return
        relaxed = relax(program, objective, counts, _SHARE * self._tolerance, self.task.watch)
        if relaxed is None:
            return
        self._prove(relaxed.prices.bound)
        if self._is_wide and not self.done:
            self._try(used, -np.inf)
        for _ in range(_ROUNDS):
            if self.done:
                break
            proposal = self._proposal(relaxed)
            self._prove(min(self._least, proposal.bound))
            if self.done or proposal.opened is None:
                break
            self._try(self._widened(proposal.opened), proposal.bound)
            if self._is_wide and not self.done and self._leaves_nothing(self.tried):
                self._prove(self._least)
                break

    def _choose_alone(self) -> None:
        """Choose sites by what the levels before allow, where only sites are measured, and look for a plan for them."""
        proposal = self._of_shapes(self.task.stage.objective)
        self._prove(proposal.bound)
        if not self.done and proposal.opened is not None:
            self._try(proposal.opened, proposal.bound)
        if not self.done and proposal.opened is not None and self._find_cuts is not None:
            self._choose_by_cuts(self._find_cuts())

    def _choose_by_cuts(self, cuts: LevelCuts) -> None:
        """Choose sites by what all levels allow, until none is better or one stays open."""
        refuted: list[frozenset[int]] = []
        for _ in range(_MANY_ROUNDS):
            proposal = self._of_shapes(self.task.stage.objective, refuted)
            self._prove(proposal.bound)
            if self.done or proposal.opened is None:
                return
            keys = frozenset(self._ids[site] for site in proposal.opened)
            if cuts.refute(keys):
                refuted.append(proposal.opened)
                continue
            easier = cuts.easier(keys)
            if easier != keys and self._measured(easier) < self.value:
                self._reaches(cuts, easier)
            if self.done or not (self._reaches(cuts, keys) or self._undercuts(cuts, keys)):
                return

    def _reaches(self, cuts: LevelCuts, keys: frozenset[str]) -> bool:
        """Look for a plan with some sites at most, within all limits, and say whether it is better."""
        before = cuts.search.assignment
        value = self.task.evaluate(cuts.search.assignment) if cuts.reach(keys) else None
        if value is None or value >= self.value:
            cuts.search.assignment = before  # it may open what is decided to stay closed
            return False
        self.value = value
        return True

    def _undercuts(self, cuts: LevelCuts, keys: frozenset[str]) -> bool:
        """Look for a plan on the last level so good that it refutes some sites; say whether it does."""
        refuted = cuts.undercut(keys)
        value = self.task.evaluate(cuts.search.assignment)
        self.value = self.value if value is None else min(self.value, value)
        return refuted

    def _measured(self, keys: frozenset[str]) -> float:
        """Return what is measured if all of some sites open."""
        objective, opened = self.task.stage.objective, self.task.stage.program.opened
        costs = [objective.auxiliary.get(variable, 0.0) for site, variable in opened.items() if self._ids[site] in keys]
        return objective.constant + math.fsum(costs)

    @property
    def done(self) -> bool:
        """Whether the level is proven, or time is over."""
        return self.value - self.bound <= self._tolerance or self.task.watch.over

    @property
    def _tolerance(self) -> float:
        return self.task.tolerance(self.value)

    def _prove(self, bound: float) -> None:
        """Note a bound over all choices; values between two steps do not exist."""
        if self.step and np.isfinite(bound):
            bound = self.step * math.ceil(bound / self.step - NOISE)
        if bound > self.bound:
            self.bound = min(bound, self.value)
            self.task.report(self.value, self.bound)

    def _proposal(self, relaxed: Relaxed) -> Proposal:
        """Ask for the best choice that is not tried yet."""
        program, base = self.task.stage.program, relaxed.prices.bound
        mask, beyond = _cheapest(relaxed.prices.regret(), max(self.value - base, 0.0))
        proposal = propose(
            program,
            self.task.stage.objective,
            mask | _in_use(relaxed, program),
            self.task.watch,
            gap=_CLOSE * max(self._tolerance, self.step),
            excluded=self.tried,
        )
        return replace(proposal, bound=max(base, min(proposal.bound, base + beyond)))

    @property
    def _is_wide(self) -> bool:
        """Whether the small program cannot see all placements: then it proposes well and proves little."""
        return is_wide(self.task.stage.program)

    def _used(self) -> frozenset[int]:
        """Return the sites that the best plan so far uses."""
        program = self.task.stage.program
        sites = program.compiled.pools.site[self.task.assignment[self.task.assignment >= 0]]
        return frozenset(sites.tolist()) & program.opened.keys()

    def _leaves_nothing(self, tried: Sequence[frozenset[int]]) -> bool:
        """Say whether the limits of the levels before leave no other choice than some and their parts."""
        rest = self._of_shapes(Objective(), tried)
        return rest.opened is None and bool(np.isposinf(rest.bound))

    def _of_shapes(self, objective: Objective, tried: Sequence[frozenset[int]] = ()) -> Proposal:
        """Ask for a choice that the limits of the levels before allow, by an objective about sites alone."""
        program = self.task.coarser().program
        draw_lines(program, counts_of(program.compiled, self.task.assignment))
        fine = self.task.stage.program.opened
        auxiliary = {program.opened[site]: objective.auxiliary.get(variable, 0.0) for site, variable in fine.items()}
        return propose(
            program,
            Objective(objective.constant, auxiliary=auxiliary),
            program.allowed,
            self.task.watch,
            gap=_CLOSE * max(self._tolerance, self.step),
            excluded=tried,
        )

    def _try(self, opened: frozenset[int], bound: float) -> None:
        """Look for the best plan with some sites; no such plan is below a bound."""
        self.value, proven = self._pursue(self._narrowed(opened, lambda value, _: self.task.report(value, self.bound)))
        self._least = min(self._least, max(bound, proven))
        self.tried.append(opened)

    def _narrowed(self, opened: frozenset[int], report: Callable[[float, float | None], None]) -> Task:
        """Return the task with all sites but some closed."""
        coarser = self.task.coarser
        return replace(
            self.task,
            stage=closing(self.task.stage, opened),
            value=self.value,
            coarser=lambda: closing(coarser(), opened),
            report=report,
        )

    def _widened(self, opened: frozenset[int]) -> frozenset[int]:
        """Add sites, in the order of ids, as far as budget and number go: all parts of a choice are tried with it.

        Where sites are measured themselves, more of them are another choice.
        """
        if is_about_sites(self.task.stage):
            return opened
        keys = {self._ids[site] for site in opened}
        variables = self.task.stage.program.opened
        upper = self.task.stage.program.auxiliary_upper
        for site, variable in variables.items():
            if upper[variable] > 0 and self.allowed.allow(keys | {self._ids[site]}):
                keys.add(self._ids[site])
        return frozenset(site for site in variables if self._ids[site] in keys)


def is_wide(program: Program) -> bool:
    """Say whether a program has more placements than one that opens sites as a whole can see."""
    return int(np.count_nonzero(program.allowed)) > _COLUMNS


def _cheapest(regret: Floats, most: float) -> tuple[Bools, float]:
    """Mark so many columns of least regret, ties in order, none above a limit; return the least regret left out."""
    flat = regret.ravel()
    order = np.argsort(flat, kind="stable")
    chosen = order[:_COLUMNS]
    mask = np.zeros(len(flat), dtype=np.bool_)
    mask[chosen[flat[chosen] <= most]] = True
    left = float(flat[order[_COLUMNS]]) if len(order) > _COLUMNS else np.inf
    return mask.reshape(regret.shape), left if left <= most else np.inf


def _in_use(relaxed: Relaxed, program: Program) -> Bools:
    """Mark the placements that the relaxation uses."""
    used: Bools = relaxed.solution.dense(program.allowed.shape) > _USED
    return used
