"""SCIP as OR-Tools brings it."""

from __future__ import annotations

from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as helper

from benchmarks.peers.answer import Answer
from benchmarks.peers.lexicographic import Program, Solved, solve_by_levels
from dezentral.domain import Instance
from dezentral.domain.policy import Policy


def solve_with_scip(instance: Instance, policy: Policy, seconds: float, gap: float) -> Answer:
    """Solve the levels with SCIP."""
    return solve_by_levels(instance, policy, _scip, seconds, gap)


def _scip(program: Program) -> Solved:
    written: Any = helper.ModelBuilderHelper()  # its stub takes no arrays of one dimension
    written.fill_model_from_sparse_data(
        np.zeros(len(program.cost)), program.upper, program.cost, program.low, program.high, program.matrix
    )
    for variable in np.flatnonzero(program.whole).tolist():
        written.set_var_integrality(variable, True)
    solver = helper.ModelSolverHelper("scip")
    solver.set_time_limit_in_seconds(program.seconds)
    solver.set_solver_specific_parameters(f"limits/gap = {program.gap}")
    solver.solve(written)
    status = str(solver.status()).rsplit(".", maxsplit=1)[-1]
    if not solver.has_solution():
        return Solved(status, None, None)
    return Solved(status, np.asarray(solver.variable_values()), float(solver.best_objective_bound()))
