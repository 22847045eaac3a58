"""Choosing sites: the levels of the policy, then the least opening cost, then the first ids, on one program."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from dezentral.compiled import compile_instance
from dezentral.compiled.arrays import Ints
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.solver.assignment import assignment_of, counts_of, plan_of, spread
from dezentral.solver.columns import Columns
from dezentral.solver.openings import Openings, slack_of
from dezentral.solver.params import SolveParams
from dezentral.solver.progress import Reporter, reporting
from dezentral.solver.result import Result
from dezentral.solver.search import Search
from dezentral.solver.solve import searched
from dezentral.solver.stage import Stage, limited
from dezentral.solver.subsets import can_cost
from dezentral.solver.program import Objective, Program
from dezentral.solver.task import Task
from dezentral.solver.watch import Watch

_WORK = 0.2  # deterministic time of one call of CP-SAT, as a part of the time limit
_NOISE = 1e-6  # what a solver's floats may add to a bound, relative
_ONE = 1.0  # step of a number of sites


@dataclass(frozen=True)
class Choice:
    """Which sites to open.

    Attributes
    ----------
    opened
        Their ids, sorted.
    cost
        What opening them costs.
    cost_bound
        No choice that reaches the levels' limits costs less; None = nothing proven.
    ids_proven
        Whether no choice of the same cost comes first by ids.
    instance
        In which these sites are ordinary ones.
    result
        Of the policy's levels, over all choices.
    """

    opened: tuple[str, ...]
    cost: float
    cost_bound: float | None
    ids_proven: bool
    instance: Instance
    result: Result


class OpeningSearch(Search):
    """A search that may open sites."""

    def __init__(self, openings: Openings, policy: Policy, params: SolveParams, reporter: Reporter) -> None:
        super().__init__(openings.opening(openings.costs), policy, params, {}, reporter, openings)
        self.allowed = openings
        self.chosen: tuple[str, ...] = ()
        self.cost_bound: float | None = None
        self.ids_proven = False

    def run(self, hint: Plan | None) -> None:
        """Solve every level, then look for the cheapest sites with which to reach the same, then for the first."""
        super().run(hint)
        self._least_cost()
        self.chosen = tuple(sorted(self.opened(self.assignment)))
        if self._cost_is_proven():
            self.chosen, self.ids_proven = self._first_ids()

    def plan(self) -> Plan:
        """Return the plan, households of one type in the order of their arrival in the instance that comes of it."""
        compiled = compile_instance(self.allowed.opening(self.chosen), self.policy)
        assignment = assignment_of(compiled, plan_of(self.compiled(len(self.policy.levels)), self.assignment))
        if assignment is None:
            msg = "a plan of the search uses a unit that is not there"
            raise AssertionError(msg)
        columns = Columns.where(compiled.units > 0)
        counts = counts_of(compiled, assignment)[columns.types, columns.pools]
        return plan_of(compiled, spread(compiled, columns, counts))

    def _least_cost(self) -> None:
        floor = 0.0
        value = self._cost(self.assignment)
        if value - floor <= slack_of(value):
            self.cost_bound = floor
        elif not self.watch.over:
            program = self._program()
            costs = dict(zip(program.opened.values(), self.allowed.costs.values(), strict=True))
            stage = Stage(program, Objective(auxiliary={v: c for v, c in costs.items() if c}))
            step = self._step_of_costs()
            value, bound = self.pursue(self._order(stage, value, self._cost, step))
            bound = step * math.ceil(bound / step - _NOISE) if step and math.isfinite(bound) else bound
            near = value - bound <= _NOISE * max(1.0, value)
            self.cost_bound = value if near else max(bound, floor)

    def _first_ids(self) -> tuple[tuple[str, ...], bool]:
        """Decide on one site after the other, in the order of ids; say whether every decision is proven."""
        cost, proven = self._cost(self.assignment), True
        prefix: list[str] = []
        ids = list(self.allowed.costs)
        for position, key in enumerate(ids):
            used = self.opened(self.assignment)
            if used <= set(prefix):
                break
            if self.allowed.cost(prefix) >= cost - slack_of(cost):  # the rest opens for nothing, but comes later
                enough = self._suffice(prefix, cost)
                if enough:
                    break
                proven &= enough is not None
            later = ids[position + 1 :]
            if key in used or self._may_open({*prefix, key} | used):
                prefix.append(key)
            elif can_cost(self.allowed, cost, [*prefix, key], later):
                found = self._force(prefix, key, ids[:position], cost)
                proven &= found is not None
                prefix += [key] if found else []
        return tuple(prefix), proven

    def _may_open(self, opened: set[str]) -> bool:
        """Say whether the best plan stays sound, and as cheap, when more sites open than it needs."""
        if self.allowed.cost(opened) > self._cost(self.assignment) + slack_of(self._cost(self.assignment)):
            return False
        return self.is_sound(super().plan(), opened)

    def _force(self, prefix: list[str], key: str, before: list[str], cost: float) -> bool | None:
        """Say whether a site can open after others that are decided; None if nobody knows."""
        closed = set(before) - set(prefix)

        def measure(assignment: Ints) -> float | None:
            used = self.opened(assignment)
            dear = self.allowed.cost({*prefix, *used}) > cost + slack_of(cost)
            return None if dear or used & closed else -float(key in used)

        program, variables = self._decided(prefix, closed, cost)
        stage = Stage(program, Objective(auxiliary={variables[key]: -1.0}))
        return self._reaches(stage, 0.0, -1.0, measure)

    def _suffice(self, prefix: list[str], cost: float) -> bool | None:
        """Say whether the sites that are decided are enough; None if nobody knows."""
        program, variables = self._decided(prefix, set(), cost)
        others = {variable: 1.0 for key, variable in variables.items() if key not in prefix}
        value = float(len(self.opened(self.assignment) - set(prefix)))
        stage = Stage(program, Objective(auxiliary=others))
        return self._reaches(stage, value, 0.0, lambda used: float(len(self.opened(used) - set(prefix))))

    def _reaches(
        self, stage: Stage, value: float, goal: float, measure: Callable[[Ints], float | None]
    ) -> bool | None:
        """Say whether a number of sites can be brought down to a goal; None if nobody knows."""
        if self.watch.over:
            return None
        value, bound = self.pursue(self._order(stage, value, measure, _ONE))
        if value < goal + _NOISE:
            return True
        return False if bound > goal + _NOISE else None

    def _decided(self, opened: Collection[str], closed: Collection[str], cost: float) -> tuple[Program, dict[str, int]]:
        """Build the program in which some sites are decided and all may cost just so much."""
        program = self._program()
        variables = dict(zip(self.allowed.costs, program.opened.values(), strict=True))
        row = program.row(-np.inf, cost + slack_of(cost))
        for key, variable in variables.items():
            program.add(row, variable, self.allowed.costs[key])
            if key in opened or key in closed:
                program.auxiliary_lower[variable] = program.auxiliary_upper[variable] = float(key in opened)
        return program, variables

    def _order(
        self, stage: Stage, value: float, measure: Callable[[Ints], float | None], step: float = 0.0
    ) -> Task:
        """Write the work order of a search among plans that are as good as the best on every level."""
        levels = len(self.policy.levels)

        def evaluate(assignment: Ints) -> float | None:
            fits = self.respects(assignment, levels) and self.allowed.allow(self.opened(assignment))
            return measure(assignment) if fits else None

        return Task(
            stage=stage,
            assignment=self.assignment,
            value=value,
            shapes=None,
            coarser=lambda: stage,
            evaluate=evaluate,
            tolerance=lambda reached: max(step * (1 - _NOISE), _NOISE * max(1.0, abs(reached))),
            gap=0.0,
            work=self.params.time_limit * _WORK,
            params=self.params,
            watch=self.watch,
            report=lambda _value, _bound: self.watch.glance(),
        )

    def _program(self) -> Program:
        levels = self.policy.levels
        count = len(levels)
        return limited(self.compiled(count), levels, self.limits(count), self.precision(), self.allowed)

    def _cost(self, assignment: Ints) -> float:
        return self.allowed.cost(self.opened(assignment))

    def _cost_is_proven(self) -> bool:
        cost = self._cost(self.assignment)
        return self.cost_bound is not None and cost - self.cost_bound <= slack_of(cost)

    def _step_of_costs(self) -> float:
        """Return the step between two possible costs where all are whole, else 0."""
        costs = [cost for cost in self.allowed.costs.values() if cost]
        if not costs or not all(cost.is_integer() for cost in costs):
            return 0.0
        return float(math.gcd(*(int(cost) for cost in costs)))


def choose(openings: Openings, policy: Policy, params: SolveParams, hint: Plan | None = None) -> Choice:
    """Choose the sites to open.

    Parameters
    ----------
    openings
        What may open, and within which limits.
    policy, params, hint
        As for `solve`.
    """
    watch = Watch(params.time_limit)
    with watch.stopped_by_interrupt(), reporting(policy, None, watch, bar=False) as reporter:
        search = OpeningSearch(openings, policy, params, reporter)
        result = searched(search, hint)
    return Choice(
        opened=search.chosen,
        cost=openings.cost(search.chosen),
        cost_bound=search.cost_bound,
        ids_proven=search.ids_proven,
        instance=openings.opening(search.chosen),
        result=result,
    )
