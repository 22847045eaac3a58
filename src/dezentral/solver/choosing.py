"""Choosing sites: the levels of the policy, then the least opening cost, then the first ids, on one program."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Level, Policy
from dezentral.solver.first_ids import first_ids
from dezentral.solver.opening_search import OpeningSearch
from dezentral.solver.openings import NOISE, Openings, slack_of
from dezentral.solver.params import SolveParams
from dezentral.solver.program import Objective
from dezentral.solver.progress import Reporter, reporting
from dezentral.solver.result import Result
from dezentral.solver.search import Reached
from dezentral.solver.settling import settle
from dezentral.solver.solve import searched
from dezentral.solver.stage import Stage
from dezentral.solver.task import rounded
from dezentral.solver.watch import Watch


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


class _Chooser(OpeningSearch):
    """A search that goes on after the levels, for cost and ids."""

    def __init__(self, allowed: Openings, policy: Policy, params: SolveParams, reporter: Reporter) -> None:
        super().__init__(allowed, policy, params, reporter)
        self.cost_bound: float | None = None
        self.ids_proven = False

    def run(self, hint: Plan | None) -> None:
        """Solve every level, then look for the cheapest sites with which to reach the same, then for the first."""
        super().run(hint)
        self.cost_bound = self._least_cost()
        self.chosen = tuple(sorted(self.opened(self.assignment)))
        if self.cost_bound >= self.cost(self.assignment) - slack_of(self.cost_bound):
            self.chosen, self.ids_proven = first_ids(self)

    def solve_level(self, i: int, level: Level, began: float) -> Reached:
        """Solve a level after what the one before it has settled, if it binds."""
        if i and self.reached[-1].value > self.floor + self.tolerance(self.policy.levels[i - 1], self.floor):
            settle(self, i)
        return super().solve_level(i, level, began)

    def _least_cost(self) -> float:
        """Look for the least opening cost, and return what is proven."""
        value, bound = self.cost(self.assignment), self.allowed.cost(self.choices.surely)
        if value - bound > slack_of(value) and not self.watch.over:
            levels, step = len(self.policy.levels), self._step_of_costs()
            program, variables = self.within(levels)
            costs = {variable: self.allowed.costs[key] for key, variable in variables.items()}
            stage = Stage(program, Objective(auxiliary={variable: cost for variable, cost in costs.items() if cost}))
            value, proven = self.minimise(stage, value, self.cost, levels=levels, step=step)
            bound = max(bound, rounded(proven, step, NOISE))
        return value if value - bound <= NOISE * max(1.0, value) else bound

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
        search = _Chooser(openings, policy, params, reporter)
        result = searched(search, hint)
    return Choice(
        opened=search.chosen,
        cost=openings.cost(search.chosen),
        cost_bound=search.cost_bound,
        ids_proven=search.ids_proven,
        instance=openings.opening(search.chosen),
        result=result,
    )
