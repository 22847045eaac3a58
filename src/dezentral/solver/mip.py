"""HiGHS on the columns of a program: where the LP already says nearly everything, it finds plans and proofs fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto

from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.attempt import attempt
from dezentral.solver.columns import costs, matrix
from dezentral.solver.core import Room
from dezentral.solver.program import Objective, Program
from dezentral.solver.watch import Watch


@dataclass(frozen=True)
class Mixed:
    """What HiGHS says.

    Attributes
    ----------
    counts
        Households per column, None without a plan.
    auxiliary
        Values of the auxiliary variables, None without a plan.
    bound
        Lower bound over the room, −inf without.
    infeasible
        Whether HiGHS sees no plan in the room.
    """

    counts: Ints | None
    auxiliary: Floats | None
    bound: float
    infeasible: bool = False


def solve_mip(  # noqa: PLR0913  what to solve, and how hard
    program: Program,
    room: Room,
    objective: Objective,
    watch: Watch,
    *,
    gap: float,
    nodes: int,
    absolute: float | None = None,
    enough: float = -np.inf,
    start: Ints | None = None,
    whole: Sequence[int] | None = None,
    prices: Floats | None = None,
) -> Mixed:
    """Minimise an objective over the counts in `room`.

    Whoever knows that the room holds a plan takes "infeasible" for no answer.

    Parameters
    ----------
    gap
        Relative gap at which to stop.
    nodes
        Nodes of the search tree to look at.
    absolute
        Absolute gap at which to stop, too.
    enough
        Value at which any plan will do.
    start
        Households per column in a plan to begin with.
    whole
        The auxiliary variables that alone are to be whole numbers; None = all that count something, and all columns.
    prices
        What the columns cost if not what the objective says, shape (n_columns,).
    """
    columns, width = room.columns, len(room.columns)
    model = mathopt.Model()
    cost = costs(program, objective, columns)
    if prices is not None:
        cost[:width] = prices
    lower = np.concatenate([room.lower, program.auxiliary_lower])
    upper = np.concatenate([room.upper, program.auxiliary_upper])
    integer = np.concatenate([np.ones(width), np.array(program.grain) == 1.0])
    if whole is not None:
        integer = np.isin(np.arange(len(upper)) - width, whole)
    variables = [
        model.add_variable(lb=lo, ub=hi, is_integer=bool(i))
        for lo, hi, i in zip(lower.tolist(), upper.tolist(), integer.tolist(), strict=True)
    ]
    for place in np.flatnonzero(cost).tolist():
        model.objective.set_linear_coefficient(variables[place], float(cost[place]))
    _add_rows(model, variables, program, room)
    left = max(watch.limit - watch.elapsed, 0.01)
    parameters = mathopt.SolveParameters(
        relative_gap_tolerance=gap,
        absolute_gap_tolerance=absolute,
        node_limit=nodes,
        time_limit=dt.timedelta(seconds=left),
    )
    if np.isfinite(enough):
        parameters.highs = HighsOptionsProto(double_options={"objective_target": enough - objective.constant})
    hint = mathopt.ModelSolveParameters()
    if start is not None:
        known = dict(zip(variables[:width], start.astype(np.float64).tolist(), strict=True))
        hint.solution_hints = [mathopt.SolutionHint(variable_values=known)]
    result = watch.run(
        lambda: attempt(lambda: mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters, model_params=hint)),
        lambda: None,
    )
    if result is not None and result.termination.limit is mathopt.Limit.TIME:
        watch.hit_wall = True
    if result is None or result.termination.reason is mathopt.TerminationReason.INFEASIBLE:
        return Mixed(None, None, -np.inf, infeasible=result is not None)
    bound = result.termination.objective_bounds.dual_bound + objective.constant
    if not result.has_primal_feasible_solution():
        return Mixed(None, None, bound if np.isfinite(bound) else -np.inf)
    values: Floats = np.array(result.variable_values(variables))
    return Mixed(np.rint(values[:width]).astype(np.int64), values[width:], bound)


def _add_rows(model: mathopt.Model, variables: list[mathopt.Variable], program: Program, room: Room) -> None:
    rows = matrix(program, room.columns)
    starts, places, data = rows.indptr.tolist(), rows.indices.tolist(), rows.data.tolist()
    for row, (lower, upper) in enumerate(zip(program.lower, program.upper, strict=True)):
        constraint = model.add_linear_constraint(lb=lower, ub=upper)
        for position in range(starts[row], starts[row + 1]):
            constraint.set_coefficient(variables[places[position]], data[position])
