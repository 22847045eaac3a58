"""A search in which sites may open: its plans need sites open, and that costs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np

from dezentral.checks import check
from dezentral.compiled import compile_instance
from dezentral.compiled.arrays import Ints
from dezentral.domain import Plan
from dezentral.domain.policy import Level, Policy
from dezentral.solver.assignment import assignment_of, counts_of, plan_of, spread
from dezentral.solver.columns import Columns
from dezentral.solver.opening_lines import Lines
from dezentral.solver.opening_reach import Reach
from dezentral.solver.opening_rounds import Rounds, undecided
from dezentral.solver.opening_stages import closing, strays
from dezentral.solver.openings import NOISE, Openings, slack_of
from dezentral.solver.params import SolveParams
from dezentral.solver.program import Objective, Program
from dezentral.solver.progress import Reporter
from dezentral.solver.search import Reached, Search
from dezentral.solver.stage import Stage, limited
from dezentral.solver.task import Task

Measure = Callable[[Ints], float | None]


class OpeningSearch(Search):
    """The state of a search that may open sites.

    Attributes
    ----------
    allowed
        What may open.
    choices
        The same, and what is settled so far.
    lines
        What the latest level that looked for sites by lines knows of choices.
    chosen
        Ids of the sites to open, once the search is over.
    """

    def __init__(self, allowed: Openings, policy: Policy, params: SolveParams, reporter: Reporter) -> None:
        super().__init__(allowed.opening(allowed.costs), policy, params, {}, reporter, openings=allowed)
        self.allowed = self.choices = allowed
        self.lines: Lines | None = None
        self.chosen: tuple[str, ...] = ()
        self._reach: Reach | None = None
        self._all_levels_limit = False  # what is being solved

    def settle_on(self, choices: Openings) -> None:
        """Look only for choices that agree with what is settled."""
        self.openings = self.choices = choices

    def opened(self, assignment: Ints) -> frozenset[str]:
        """Return the sites that an assignment needs open."""
        compiled = self.compiled(0)
        sites = np.unique(compiled.pools.site[assignment[assignment >= 0]]).tolist()
        return frozenset(compiled.places.sites[s].id for s in sites) & frozenset(self.allowed.costs)

    def is_sound(self, plan: Plan, opened: Collection[str] = ()) -> bool:
        """Say whether a plan breaks no rule if what it needs is opened, and perhaps more, and that is allowed."""
        opened = self.allowed.used(plan).union(opened)
        return self.allowed.allow(opened) and not check(self.allowed.opening(opened), self.policy, plan)

    def allows(self, assignment: Ints) -> bool:
        """Say whether budget and number allow what an assignment needs open, and seats all whom it places."""
        return self.allowed.allow(self.opened(assignment)) and super().allows(assignment)

    def cost(self, assignment: Ints) -> float:
        """Return what an assignment costs to open."""
        return self.allowed.cost(self.opened(assignment))

    def tied(self, opened: set[str]) -> bool:
        """Say whether the best plan stays sound, and costs no more, when these sites open too."""
        cost = self.cost(self.assignment)
        return self.allowed.cost(opened) <= cost + slack_of(cost) and self.is_sound(super().plan(), opened)

    def plan(self) -> Plan:
        """Return the plan, households of one type in the order of their arrival in the instance that comes of it."""
        compiled = compile_instance(self.allowed.opening(self.chosen), self.policy)
        assignment = assignment_of(compiled, self._written(self.assignment))
        if assignment is None:
            msg = "a plan of the search uses a unit that is not there"
            raise AssertionError(msg)
        columns = Columns.where(compiled.units > 0)
        counts = counts_of(compiled, assignment)[columns.types, columns.pools]
        return plan_of(compiled, spread(compiled, columns, counts))

    def pursue(self, task: Task) -> tuple[float, float]:
        """Work on a task, choice by choice where sites may open and a relaxation leads the search."""
        program = task.stage.program
        if program.lazy and undecided(program):
            rounds = Rounds(task, self.allowed, self, self._find_reach if self._all_levels_limit else None)
            reached = rounds.run()
            self.lines = rounds.lines or self.lines
            return reached
        return super().pursue(task)

    def pursue_as_it_is(self, task: Task) -> tuple[float, float]:
        """Work on a task from the best plan so far, without choosing sites first."""
        return super().pursue(replace(task, assignment=self.assignment))

    def pursue_among(self, task: Task, opened: frozenset[int], dear: float) -> tuple[float, float]:
        """Work on a task with some sites only (positions), and keep a better plan that needs no others.

        Parameters
        ----------
        task
            Its value is the one to beat; with the best plan so far, whatever sites it uses, the work begins.
        dear
            What each other site costs meanwhile; 0 = none may be in use, not even to begin with: where the work cannot
            begin, that is soon known, and nothing is proven.

        Returns
        -------
        tuple
            The value of the best plan, and a bound for all plans with these sites only.
        """
        before, program, coarser = self.assignment, task.stage.program, task.coarser

        def price(assignment: Ints) -> float:
            return dear * len(strays(program, assignment, opened))

        def evaluate(assignment: Ints) -> float | None:
            value = task.evaluate(assignment)
            return None if value is None else value + price(assignment)

        value, bound = self.pursue_as_it_is(
            replace(
                task,
                stage=closing(task.stage, opened, before, dear),
                value=task.value + price(before),
                coarser=lambda: closing(coarser(), opened, before, dear),
                evaluate=evaluate,
                report=lambda now, proven: task.report(min(now, task.value), proven),
            )
        )
        if value < task.value:
            return value, bound
        self.assignment = before
        return task.value, bound

    def stage_of_level(self, i: int) -> Stage:
        """Build the program of a level, among the choices still of interest."""
        return self._stage(i, self.compiled(i + 1))

    def task_of_level(self, i: int, stage: Stage, value: float) -> Task:
        """Build the work order of a level."""
        return self._task(i, self.policy.levels[i], stage, value)

    def solve_level(self, i: int, level: Level, began: float) -> Reached:
        """Solve a level from the best plan so far."""
        self._all_levels_limit, self.lines = False, None
        return super().solve_level(i, level, began)

    def within(self, levels: int) -> tuple[Program, dict[str, int]]:
        """Build the program of all plans within the limits of the first levels; return the variable of each site."""
        program = limited(
            self.compiled(levels), self.policy.levels[:levels], self.limits(levels), self.precision(), self.choices
        )
        return program, dict(zip(self.choices.costs, program.opened.values(), strict=True))

    def minimise(
        self, stage: Stage, value: float, measure: Measure, *, levels: int, step: float
    ) -> tuple[float, float]:
        """Look for the plan of least measure within the limits of the first levels; return value and bound.

        Parameters
        ----------
        stage
            Of which the objective says what is measured.
        value
            Of the best plan so far, or what it counts for.
        measure
            Measures an assignment; None = it is out of the question.
        levels
            How many levels limit the plans.
        step
            Between two possible values; 0 = there is none.
        """

        def evaluate(assignment: Ints) -> float | None:
            fits = self.respects(assignment, levels) and self.allows(assignment)
            return measure(assignment) if fits else None

        task = Task(
            stage=stage,
            assignment=self.assignment,
            value=value,
            shapes=None,
            coarser=lambda: self._coarser(levels) if levels else stage,
            evaluate=evaluate,
            tolerance=lambda reached: max(step * (1 - NOISE), NOISE * max(1.0, abs(reached))),
            gap=0.0,
            params=self.params,
            watch=self.watch,
            report=lambda _value, _bound: self.watch.glance(),
            step=step or None,
        )
        self._all_levels_limit = levels == len(self.policy.levels) > 0
        return self.pursue(task)

    def _find_reach(self) -> Reach:
        if self._reach is None:
            self._reach = Reach(self)
        return self._reach

    def _coarser(self, levels: int) -> Stage:
        """Build the program of all plans within the limits of the levels but the last."""
        program, _ = self.within(levels - 1)
        return Stage(program, Objective())
