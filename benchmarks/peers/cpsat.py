"""CP-SAT as a textbook has it: one boolean per household and unit kind, squares of the loads."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.peers.answer import Answer, plan_from
from benchmarks.peers.columns import Floats
from benchmarks.peers.formulation import Formulation, formulate
from dezentral.domain import Instance
from dezentral.domain.policy import Policy

_SCALE = 1_000  # steps of one unit of an objective: CP-SAT knows whole numbers only
_WORKERS = 8
_HUGE = 2**40


def solve_with_cpsat(instance: Instance, policy: Policy, seconds: float, gap: float) -> Answer:
    """Solve the levels with CP-SAT, each from the plan before, on eight workers."""
    began = time.perf_counter()
    formulation = formulate(instance, policy)
    textbook = _Textbook(formulation)
    built = time.perf_counter() - began
    bounds: list[float | None] = [None] * len(policy.levels)
    plan, status = None, "time limit"
    for i, objective in enumerate(formulation.objectives):
        if not objective.any():
            bounds[i] = 0.0
            continue
        left = seconds - (time.perf_counter() - began - built)
        if left <= 0:
            status = "time limit"
            break
        goal = textbook.expression(objective)
        solver = _solver(left, gap)
        textbook.model.minimize(goal)
        status = solver.status_name(solver.solve(textbook.model))
        if status not in {"OPTIMAL", "FEASIBLE"}:
            break
        bounds[i] = float(solver.best_objective_bound) / _SCALE
        plan = plan_from(formulation, np.array([solver.value(variable) for variable in textbook.variables]))
        value = solver.objective_value
        textbook.keep(goal, policy.levels[i].limit(value / _SCALE) * _SCALE, solver)
    search = time.perf_counter() - began - built
    return Answer(status, plan, tuple(bounds), len(formulation.columns), {"formulate": built, "search": search})


def _solver(seconds: float, gap: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.relative_gap_limit = gap
    solver.parameters.num_workers = _WORKERS
    return solver


class _Textbook:
    """The formulation, variable by variable and row by row."""

    def __init__(self, formulation: Formulation) -> None:
        self.formulation = formulation
        self.model: Any = cp_model.CpModel()
        compiled = formulation.columns.compiled
        everyone = int(compiled.places.housed.sum()) + sum(h.size for h in compiled.instance.households)
        most = np.minimum(formulation.upper, everyone)
        most[formulation.uneven : formulation.uneven + len(formulation.targets)] = everyone * _SCALE
        self.variables = [
            self.model.new_bool_var("") if whole and upper <= 1 else self.model.new_int_var(0, int(upper), "")
            for upper, whole in zip(most.tolist(), formulation.whole.tolist(), strict=True)
        ]
        self._add_rows()
        self.squares = self._squares(everyone) if formulation.measure == "chi2" else []
        if formulation.measure == "max_ratio":
            self._bound_ratio()

    def expression(self, objective: Floats) -> Any:
        """Write one level's objective in whole steps; evenness by its squares."""
        evenness = self.formulation.uneven
        districts = len(self.formulation.targets)
        linear = objective.copy()
        weights = linear[evenness : evenness + districts].copy()
        linear[evenness : evenness + districts] = 0.0
        steps = np.rint(linear * _SCALE).astype(np.int64)
        used = np.flatnonzero(steps).tolist()
        total = cp_model.LinearExpr.weighted_sum([self.variables[v] for v in used], steps[used].tolist())
        if self.formulation.measure == "max_ratio" and weights.any():
            return total + self.variables[evenness] * round(weights[0])
        for d, target in enumerate(self.formulation.targets.tolist()):
            if weights[d]:
                factor, load = weights[d] / max(target, 1.0) * _SCALE, self.variables[self.formulation.load + d]
                total += self.squares[d] * round(factor) - load * round(2 * target * factor)
                total += round(target * target * factor)
        return total

    def keep(self, goal: Any, limit: float, solver: cp_model.CpSolver) -> None:
        """Limit a finished level and start the next from its plan."""
        self.model.add(goal <= int(np.ceil(limit)))
        self.model.clear_hints()
        for variable in [*self.variables, *self.squares]:
            self.model.add_hint(variable, solver.value(variable))

    def _add_rows(self) -> None:
        matrix, (low, high) = self.formulation.rows.matrix(), self.formulation.rows.sides()
        for row in range(matrix.shape[0]):
            start, end = matrix.indptr[row], matrix.indptr[row + 1]
            terms = [self.variables[v] for v in matrix.indices[start:end].tolist()]
            total = cp_model.LinearExpr.weighted_sum(terms, np.rint(matrix.data[start:end]).astype(np.int64).tolist())
            least = -_HUGE if np.isinf(low[row]) else int(low[row])
            most = _HUGE if np.isinf(high[row]) else int(high[row])
            self.model.add_linear_constraint(total, least, most)

    def _squares(self, everyone: int) -> list[cp_model.IntVar]:
        squares = []
        for d in range(len(self.formulation.targets)):
            load = self.variables[self.formulation.load + d]
            square = self.model.new_int_var(0, everyone * everyone, "")
            self.model.add_multiplication_equality(square, [load, load])
            squares.append(square)
        return squares

    def _bound_ratio(self) -> None:
        """Let e be the largest ratio in steps of 1 / _SCALE."""
        for d, target in enumerate(self.formulation.targets.tolist()):
            load = self.variables[self.formulation.load + d]
            weight = max(1, round(max(target, 1.0)))
            self.model.add(self.variables[self.formulation.uneven] * weight >= load * _SCALE)
