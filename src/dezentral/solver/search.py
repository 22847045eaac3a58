"""Lexicographic search: one level after another, each within the limits of those before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from dezentral.checks import check
from dezentral.compiled import Compiled, Reads, compile_instance
from dezentral.compiled.arrays import Bools, Ints
from dezentral.compiled.types import Types
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import COUNTS_IN_PERSONS, Cost, Goal, Level, PeerSupport, Policy, Utility
from dezentral.solver.assignment import UNPLACED, Writer, assignment_of, counts_of, spread
from dezentral.solver.at_home import stay_at_home
from dezentral.solver.columns import Columns
from dezentral.solver.core import Effort, Room, solve_core
from dezentral.solver.direct import solve_directly
from dezentral.solver.guided import solve_guided
from dezentral.solver.newcomers import place_newcomers
from dezentral.solver.openings import Openings
from dezentral.solver.params import SolveParams
from dezentral.solver.pricing import Prices
from dezentral.solver.program import FINE
from dezentral.solver.progress import Reporter
from dezentral.solver.scores import Scores
from dezentral.solver.stage import Stage, feasibility_of, floor_of, furthest, stage_of
from dezentral.solver.task import SOLVER_NOISE, Found, Task, rounded
from dezentral.solver.variants import complete

_WHOLE: tuple[type[Goal], ...] = (*COUNTS_IN_PERSONS, PeerSupport)  # their values are whole persons
_SAME = 1e-9  # relative: what floats may differ by
_EXACT_GAP = 1e-6
_FEW = 3_000  # placements up to which CP-SAT sees all of them when the relaxation leaves a level open


class InfeasibleError(Exception):
    """Proven: no plan exists."""


class UnknownError(Exception):
    """Neither a plan nor a proof within the limits."""


@dataclass(frozen=True)
class Reached:
    """What one level's own solve reached; `bound` None = nothing proven."""

    value: float
    bound: float | None
    optimal: bool
    seconds: float


class Search:
    """The state of one solve: the best plan so far and the levels finished so far.

    With `openings`, the instance is the one in which all sites that may open are ordinary ones
    (`dezentral.solver.opening_search`).
    """

    def __init__(
        self,
        instance: Instance,
        policy: Policy,
        params: SolveParams,
        given: Mapping[int, float],
        reporter: Reporter,
        *,
        openings: Openings | None = None,
    ) -> None:
        self.instance, self.policy, self.params, self.given = instance, policy, params, given
        self.openings = openings
        self.watch, self.reporter = reporter.watch, reporter
        self.reached: list[Reached] = []
        self.floor = -math.inf  # what the latest level could not undercut, whatever the rules say
        self.assignment: Ints = np.full(len(instance.households), UNPLACED, dtype=np.int64)
        self._compiled: dict[Reads, Compiled] = {}
        self._prices: Prices | None = None  # of the relaxation of the latest level that has one
        self._hopeless: list[tuple[Types, Bools]] = []  # types and placements that no plan within the limits uses
        self._scores = Scores(instance, policy, self._written)

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.compiled(0))

    def _written(self, assignment: Ints) -> Plan:
        return self._writer.plan(assignment)

    def start(self, hint: Plan | None) -> None:
        """Find a first plan: everyone who can stays; where sites are fixed, CP-SAT says whether any plan exists."""
        compiled = self.compiled(0)
        hinted = None if hint is None else assignment_of(compiled, hint)
        ready = (hinted,) if self.given else (self._stays(compiled), self.assignment, hinted)
        for candidate in ready:
            if candidate is not None and self.is_sound(self._written(candidate)):
                self.assignment = candidate
                return
        program = feasibility_of(compiled, self.openings)
        room = Room.everything(program)
        effort = Effort(self.params.time_limit, 0.0, self.params.workers or 1, self.params.seed)
        answer = solve_core(program, room, None, effort, self.watch)
        if answer.infeasible:
            raise InfeasibleError
        if answer.counts is None:
            raise UnknownError
        self.assignment = spread(compiled, room.columns, answer.counts)

    def run(self, hint: Plan | None) -> None:
        """Solve every level; those not reached keep the value of the best plan and no bound."""
        hinted = None if hint is None else self._usable(hint)
        for i, level in enumerate(self.policy.levels):
            if i in self.given:
                self.reached.append(Reached(self.given[i], None, optimal=True, seconds=0.0))
                continue
            began = self.watch.elapsed
            if hinted is not None and self.respects(hinted, i):
                mine, theirs = self.values(self.assignment, i + 1)[i], self.values(hinted, i + 1)[i]
                if theirs < mine:
                    self.assignment = hinted
            self._prices = None
            self.reached.append(self.solve_level(i, level, began))
            self._give_up_what_is_too_dear(i)

    def _give_up_what_is_too_dear(self, i: int) -> None:
        """Note the placements that would break the limit of a level, as the prices of its relaxation prove."""
        if self._prices is not None and self.openings is None:
            limit = furthest(self.limits(i + 1)[i])
            self._hopeless.append((self.compiled(i + 1).types, self._prices.beyond(limit)))

    def compiled(self, levels: int) -> Compiled:
        """Return the instance as the first levels read it."""
        some = self.policy.levels[:levels]
        reads = Reads.of(self.instance, self.policy, some)
        if reads not in self._compiled:
            self._compiled[reads] = compile_instance(self.instance, self.policy, some)
        return self._compiled[reads]

    def plan(self) -> Plan:
        """Return the best plan so far, households of one type in the order of their arrival."""
        compiled = self.compiled(len(self.policy.levels))
        columns = Columns.where(compiled.units > 0)
        counts = counts_of(compiled, self.assignment)[columns.types, columns.pools]
        return self._written(spread(compiled, columns, counts))

    def values(self, assignment: Ints, levels: int) -> tuple[float, ...]:
        """Return the values of the first levels, by the specification."""
        return self._scores.of(assignment, levels)

    def final(self) -> tuple[float, ...]:
        """Return the values of the best plan so far on all levels."""
        return self.values(self.assignment, len(self.policy.levels))

    def limits(self, levels: int) -> list[float]:
        """Return how far the first levels may go."""
        reached = zip(self.policy.levels[:levels], self.reached, strict=False)
        return [self.given.get(i, level.limit(r.value)) for i, (level, r) in enumerate(reached)]

    def solve_level(self, i: int, level: Level, began: float) -> Reached:
        """Solve a level from the best plan so far."""
        value = (self.final() if self.watch.over else self.values(self.assignment, i + 1))[i]
        self.watch.glance()
        if self.watch.over:
            return Reached(value, None, optimal=False, seconds=self.watch.elapsed - began)
        stage = self._stage(i, self.compiled(i + 1))
        bound = self.floor = max(floor_of(stage.program, stage.objective), self._naturally_least(level))
        self._tell(i, value, bound)
        if value - bound > self.tolerance(level, value) and not self.watch.over:
            value, proven = self.pursue(self._task(i, level, stage, value))
            bound = max(bound, proven)
        if i + 1 == len(self.policy.levels) and self.openings is None and not self.watch.over:
            value = self._at_home(self._task(i, level, stage, value))
        return self._judged(level, value, bound, self.watch.elapsed - began)

    def _at_home(self, task: Task) -> float:
        """Keep a plan in which fewer leave their rooms, and return its value."""
        settled = stay_at_home(task)
        if settled is None:
            return task.value
        self.assignment = settled
        return self.final()[-1]

    def _stage(self, i: int, compiled: Compiled, *, lazy: bool | None = None) -> Stage:
        levels = self.policy.levels[: i + 1]
        stage = stage_of(compiled, levels, self.limits(i), self.precision(), self.openings, lazy=lazy)
        firsts = [members[0] for members in compiled.types.members]
        for types, hopeless in self._hopeless:
            stage.program.allowed = stage.program.allowed & ~hopeless[types.of_household[firsts]]
        return stage

    def _task(self, i: int, level: Level, stage: Stage, value: float) -> Task:
        return Task(
            stage=stage,
            assignment=self.assignment,
            value=value,
            shapes=self._shapes(i),
            coarser=lambda: self._stage(i, self.compiled(i), lazy=stage.program.lazy),
            evaluate=lambda assignment: self._evaluate(assignment, i),
            tolerance=lambda reached: self.tolerance(level, reached),
            gap=self.params.gap if self._step(level) is None else 0.0,
            params=self.params,
            watch=self.watch,
            report=lambda now, bound: self._tell(i, now, bound),
            step=self._step(level, _WHOLE),
        )

    def pursue(self, task: Task) -> tuple[float, float]:
        """Work on a task, keep the best plan, and return its value and what is proven."""
        stage, bound = task.stage, -np.inf
        if stage.program.lazy:
            newcomers = place_newcomers(task)
            if newcomers is not None:
                task = self._with_best(task, Found((newcomers,), bound))
                if task.value - floor_of(stage.program, stage.objective) <= task.tolerance(task.value):
                    return task.value, bound
            found = solve_guided(task)
            task, bound, self._prices = self._with_best(task, found), found.bound, found.prices
        if not stage.program.lazy or self._is_worth_all(task, bound):
            task = replace(task, stage=replace(stage, program=complete(stage.program)))
            found = solve_directly(task, bound)
            task, bound = self._with_best(task, found), max(bound, found.bound)
        return task.value, bound

    def _with_best(self, task: Task, found: Found) -> Task:
        """Keep the best plan of those found."""
        value = task.value
        for assignment in found.assignments:
            reached = task.evaluate(assignment)
            if reached is not None and reached < value:
                value, self.assignment = reached, assignment
        return replace(task, assignment=self.assignment, value=value)

    def _is_worth_all(self, task: Task, bound: float) -> bool:
        """Say whether a level still open is small enough for CP-SAT to see all its placements."""
        few = int(np.count_nonzero(task.stage.program.allowed)) <= _FEW
        return few and task.value - bound > task.tolerance(task.value) and not self.watch.over

    def _evaluate(self, assignment: Ints, i: int) -> float | None:
        values = self.values(assignment, i + 1)
        return values[i] if self._within(values, i) and self.allows(assignment) else None

    def _shapes(self, i: int) -> Ints | None:
        """Return what each type of level i was before it, None if it was the same."""
        fine, coarse = self.compiled(i + 1).types, self.compiled(i).types
        firsts = np.array([members[0] for members in fine.members], dtype=np.int64)
        return coarse.of_household[firsts] if len(coarse) < len(fine) else None

    def _judged(self, level: Level, value: float, bound: float, seconds: float) -> Reached:
        if not math.isfinite(bound):
            return Reached(value, None, optimal=False, seconds=seconds)
        bound = rounded(bound, self._step(level, _WHOLE))
        if bound > value + SOLVER_NOISE * max(1.0, abs(value)):  # the plan refutes it: something computed went wrong
            return Reached(value, None, optimal=False, seconds=seconds)
        if value - bound <= _EXACT_GAP * max(1.0, abs(value)):
            bound = value
        tolerance = self.tolerance(level, value) * (1 + _SAME)  # a gap just as asked for must not fail by rounding
        return Reached(value, bound, value - bound <= tolerance, seconds)

    def _naturally_least(self, level: Level) -> float:
        """Return what a level can never undercut: 0 where nothing that it adds up is negative."""
        free = all(site.cost >= 0 for site in self.instance.sites)
        gains = any(isinstance(goal, Utility) or (isinstance(goal, Cost) and not free) for goal in level.goals)
        return -math.inf if gains else 0.0

    def tolerance(self, level: Level, value: float) -> float:
        """Return how far bound and value may lie apart for the level to count as optimal."""
        relative = max(self.params.gap, _SAME) * max(1.0, abs(value))
        step = self._step(level)
        return relative if step is None else min(relative, step * (1 - _EXACT_GAP))

    @staticmethod
    def _step(level: Level, counts: tuple[type[Goal], ...] = COUNTS_IN_PERSONS) -> float | None:
        """Return the step between two possible values of a level of counts, None for other levels."""
        weights = [goal.weight for goal in level.goals]
        if not all(isinstance(goal, counts) for goal in level.goals):
            return None
        if not all(weight.is_integer() for weight in weights):
            return None
        return float(math.gcd(*(int(weight) for weight in weights)))

    def precision(self) -> float:
        """Return the step to which unevenness should be exact for the gap asked for."""
        return FINE if self.params.gap < _EXACT_GAP else _EXACT_GAP

    def _stays(self, compiled: Compiled) -> Ints:
        """Return the plan in which all who can stay do, in the first unit kind where they live."""
        if not len(compiled.pools):
            return self.assignment
        can = compiled.stays & (compiled.units > 0)
        pool: Ints = np.where(can.any(axis=1), can.argmax(axis=1), UNPLACED)
        return pool[compiled.types.of_household]

    def is_sound(self, plan: Plan) -> bool:
        """Say whether a plan breaks no rule."""
        return not check(self.instance, self.policy, plan)

    def allows(self, assignment: Ints) -> bool:
        """Say whether an assignment is one that this search may keep.

        Only seats are looked at: of the cuts that say whether there are enough, a program holds those that were needed.
        """
        return not self.policy.rules.service_capacity or self.is_sound(self._written(assignment))

    def _usable(self, hint: Plan) -> Ints | None:
        if not self.is_sound(hint):
            return None
        return assignment_of(self.compiled(len(self.policy.levels)), hint)

    def respects(self, assignment: Ints, levels: int) -> bool:
        """Say whether an assignment keeps the limits of the first levels."""
        return self._within(self.values(assignment, levels) if levels else (), levels)

    def _within(self, values: tuple[float, ...], levels: int) -> bool:
        return all(
            value <= furthest(limit)
            for value, limit in zip(values[:levels], self.limits(levels), strict=True)
        )

    def _tell(self, level: int, value: float, bound: float | None) -> None:
        self.reporter.tell(level, value, bound if bound is not None and math.isfinite(bound) else None)
        self.watch.glance()
