"""Linear and mixed programs for MathOpt, written and read as whole arrays.

MathOpt's own models are built and read one coefficient at a time in Python, which took a sixth of a city's time. What
lies beneath them are messages of arrays (`ModelProto`, `ModelUpdateProto`, `SolveResultProto`): those are used here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from ortools.math_opt import (
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
    sparse_containers_pb2,
)
from ortools.math_opt.core.python import solver as beneath
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.attempt import attempt
from dezentral.solver.watch import Watch

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BASIC = solution_pb2.BASIS_STATUS_BASIC
AT_LOWER_BOUND, AT_UPPER_BOUND = solution_pb2.BASIS_STATUS_AT_LOWER_BOUND, solution_pb2.BASIS_STATUS_AT_UPPER_BOUND

_LINES = 0.1  # seconds between two lines of HiGHS's log where someone hears them
_AFRESH = mathopt.SolveParameters()
_CAREFUL = mathopt.SolveParameters(lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX)
# From where it stood: to optimality again, or to feasibility again where its prices still hold.
_TO_OPTIMALITY = mathopt.SolveParameters(presolve=mathopt.Emphasis.OFF)
_TO_FEASIBILITY = replace(_TO_OPTIMALITY, lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX)


@dataclass(frozen=True)
class Variables:
    """Bounds, costs and kinds of some variables, each of shape (n_variables,); all continuous if `integer` is None."""

    lower: Floats
    upper: Floats
    costs: Floats
    integer: Bools | None = None


@dataclass(frozen=True)
class Rows:
    """Bounds of some rows, shape (n_rows,), and their coefficients, shape (n_rows, n_variables)."""

    lower: Floats
    upper: Floats
    matrix: csr_array


@dataclass(frozen=True)
class Optimum:
    """An optimal solution of a linear program: its value, the variables' values and the rows' duals."""

    value: float
    values: Floats
    duals: Floats


@dataclass(frozen=True)
class Answer:
    """What HiGHS says of a mixed program.

    Attributes
    ----------
    infeasible, late
        Whether it claims that there is no solution, or was out of time.
    bound
        What no solution undercuts, −inf without.
    values
        Of the variables in its best solution, None without one.
    """

    infeasible: bool
    late: bool
    bound: float
    values: Floats | None


def solve_once(
    variables: Variables,
    rows: Rows,
    params: parameters_pb2.SolveParametersProto,
    start: Floats | None = None,
    hear: Callable[[Sequence[str]], None] | None = None,
) -> Answer | None:
    """Let HiGHS minimise; None if it gave up.

    Parameters
    ----------
    start
        Values of the first variables to begin with.
    hear
        Told every line of HiGHS's log; a RuntimeError that it raises, once, breaks HiGHS off.
    """
    hints = mathopt.ModelSolveParameters().to_proto()
    if start is not None:
        hint = hints.solution_hints.add()
        hint.variable_values.CopyFrom(_vector(np.arange(len(start)), start))
    if hear is not None:
        params.highs.double_options["mip_min_logging_interval"] = _LINES
    model = _model(variables, rows)
    result = attempt(
        lambda: beneath.solve(
            model,
            mathopt.SolverType.HIGHS.value,
            parameters_pb2.SolverInitializerProto(),
            params,
            hints,
            hear,
            mathopt.CallbackRegistration().to_proto(),
            None,
            None,
        )
    )
    return None if result is None else _answer(result, len(variables.lower))


@dataclass(frozen=True)
class Basis:
    """Where a simplex stands: `BasisStatusProto` of each variable, (n_variables,), and of each row, (n_rows,)."""

    variables: Ints
    rows: Ints

    def grown(self, n_variables: int, n_rows: int) -> Basis:
        """Return the basis of a larger program: new variables at their lower bounds, new rows open."""
        new_variables, new_rows = n_variables - len(self.variables), n_rows - len(self.rows)
        return Basis(
            np.concatenate([self.variables, np.full(new_variables, AT_LOWER_BOUND)]),
            np.concatenate([self.rows, np.full(new_rows, BASIC)]),
        )


class Simplex:
    """A linear program in GLOP that grows by rows and variables and is solved again from where it stood.

    GLOP is told where that is: left to itself it loses most of its basis wherever rows and variables come together.

    Attributes
    ----------
    basis
        Where it stands; None = nowhere yet. It may be told to begin elsewhere.
    """

    def __init__(self, variables: Variables, rows: Rows) -> None:
        self.n_variables, self.n_rows = len(variables.lower), len(rows.lower)
        self.basis: Basis | None = None
        self._keeps_prices = False  # whether nothing came since it was solved that its prices do not allow for
        self._solver = beneath.new(
            mathopt.SolverType.GLOP.value, _model(variables, rows), parameters_pb2.SolverInitializerProto()
        )

    def add_rows(self, rows: Rows) -> bool:
        """Add rows over all variables so far; False if GLOP cannot."""
        update = model_update_pb2.ModelUpdateProto()
        ids = self.n_rows + np.arange(len(rows.lower))
        update.new_linear_constraints.CopyFrom(_constraints(ids, rows))
        update.linear_constraint_matrix_updates.CopyFrom(_matrix(rows.matrix, first_row=self.n_rows))
        self.n_rows += len(ids)
        return bool(self._solver.update(update))

    def add_variables(self, variables: Variables, matrix: csr_array) -> bool:
        """Add variables with their coefficients in all rows so far, (n_rows, n_new); False if GLOP cannot."""
        update = model_update_pb2.ModelUpdateProto()
        ids = self.n_variables + np.arange(len(variables.lower))
        update.new_variables.CopyFrom(_variables(ids, variables))
        update.objective_updates.linear_coefficients.CopyFrom(_vector(ids, variables.costs))
        update.linear_constraint_matrix_updates.CopyFrom(_matrix(matrix, first_column=self.n_variables))
        self.n_variables += len(ids)
        self._keeps_prices = False
        return bool(self._solver.update(update))

    def bound(self, variable: int, lower: float, upper: float) -> None:
        """Give a variable other bounds."""
        update = model_update_pb2.ModelUpdateProto()
        for bounds, value in (
            (update.variable_updates.lower_bounds, lower),
            (update.variable_updates.upper_bounds, upper),
        ):
            bounds.ids.append(variable)
            bounds.values.append(value)
        self._solver.update(update)

    def cost(self, costs: Mapping[int, float]) -> bool:
        """Give variables other costs; False if GLOP cannot."""
        update = model_update_pb2.ModelUpdateProto()
        coefficients = update.objective_updates.linear_coefficients
        coefficients.ids.extend(sorted(costs))
        coefficients.values.extend(costs[variable] for variable in sorted(costs))
        self._keeps_prices = False
        return bool(self._solver.update(update))

    def solve(self, watch: Watch, *, careful: bool = False) -> Optimum | None:
        """Minimise from where it stood; None without an optimum, or where it is left behind: then it is lost.

        Parameters
        ----------
        careful
            Whether to go another way than usual: another may lose itself elsewhere.
        """
        if careful:
            params = _CAREFUL
        else:
            params = _AFRESH if self.basis is None else _TO_FEASIBILITY if self._keeps_prices else _TO_OPTIMALITY
        message, interrupter = params.to_proto(), SolveInterrupter()
        return watch.run(lambda: self._solved(message, interrupter), interrupter.interrupt)

    def _solved(
        self, params: parameters_pb2.SolveParametersProto, interrupter: SolveInterrupter
    ) -> Optimum | None:
        result = attempt(
            lambda: self._solver.solve(
                params,
                _start(None if self.basis is None else self.basis.grown(self.n_variables, self.n_rows)),
                None,
                mathopt.CallbackRegistration().to_proto(),
                None,
                interrupter.pybind_interrupter,
            )
        )
        if result is None or result.termination.reason != mathopt.TerminationReason.OPTIMAL.value:
            return None
        primal, dual = result.solutions[0].primal_solution, result.solutions[0].dual_solution
        self.basis, self._keeps_prices = _basis(result.solutions[0].basis), True
        return Optimum(
            primal.objective_value,
            _dense(primal.variable_values, self.n_variables),
            _dense(dual.dual_values, self.n_rows),
        )


def _model(variables: Variables, rows: Rows) -> model_pb2.ModelProto:
    model = model_pb2.ModelProto()
    ids = np.arange(len(variables.lower))
    model.variables.CopyFrom(_variables(ids, variables))
    model.objective.linear_coefficients.CopyFrom(_vector(ids, variables.costs))
    model.linear_constraints.CopyFrom(_constraints(np.arange(len(rows.lower)), rows))
    model.linear_constraint_matrix.CopyFrom(_matrix(rows.matrix))
    return model


def _variables(ids: Ints, variables: Variables) -> model_pb2.VariablesProto:
    kinds = np.zeros(len(ids), dtype=np.bool_) if variables.integer is None else variables.integer
    return model_pb2.VariablesProto(
        ids=ids.tolist(),
        lower_bounds=variables.lower.tolist(),
        upper_bounds=variables.upper.tolist(),
        integers=kinds.tolist(),
    )


def _constraints(ids: Ints, rows: Rows) -> model_pb2.LinearConstraintsProto:
    return model_pb2.LinearConstraintsProto(
        ids=ids.tolist(), lower_bounds=rows.lower.tolist(), upper_bounds=rows.upper.tolist()
    )


def _vector(ids: Ints, values: Floats) -> sparse_containers_pb2.SparseDoubleVectorProto:
    """Write what is not zero."""
    kept = np.flatnonzero(values)
    return sparse_containers_pb2.SparseDoubleVectorProto(ids=ids[kept].tolist(), values=values[kept].tolist())


def _matrix(
    matrix: csr_array, *, first_row: int = 0, first_column: int = 0
) -> sparse_containers_pb2.SparseDoubleMatrixProto:
    """Write what is not zero, row by row."""
    entries = matrix.tocsr()
    entries.eliminate_zeros()
    entries.sort_indices()
    rows = np.repeat(np.arange(entries.shape[0]), np.diff(entries.indptr))
    return sparse_containers_pb2.SparseDoubleMatrixProto(
        row_ids=(first_row + rows).tolist(),
        column_ids=(first_column + entries.indices).tolist(),
        coefficients=entries.data.tolist(),
    )


def _start(basis: Basis | None) -> model_parameters_pb2.ModelSolveParametersProto:
    """Write where to begin."""
    start = mathopt.ModelSolveParameters().to_proto()
    if basis is not None:
        for written, statuses in (
            (start.initial_basis.variable_status, basis.variables),
            (start.initial_basis.constraint_status, basis.rows),
        ):
            written.ids.extend(range(len(statuses)))
            written.values.extend(statuses.tolist())
        start.initial_basis.basic_dual_feasibility = solution_pb2.SOLUTION_STATUS_UNDETERMINED
    return start


def _basis(basis: solution_pb2.BasisProto) -> Basis | None:
    """Read where a simplex stands; None if it does not say."""
    variables, rows = (np.array(of.values, dtype=np.int64) for of in (basis.variable_status, basis.constraint_status))
    return Basis(variables, rows) if len(rows) else None


def _answer(result: result_pb2.SolveResultProto, n_variables: int) -> Answer:
    """Read the best solution of a result, the first in its list."""
    termination, values = result.termination, None
    if result.solutions:
        primal = result.solutions[0].primal_solution
        if primal.feasibility_status == mathopt.SolutionStatus.FEASIBLE.value:
            values = _dense(primal.variable_values, n_variables)
    return Answer(
        infeasible=termination.reason == mathopt.TerminationReason.INFEASIBLE.value,
        late=termination.limit == mathopt.Limit.TIME.value,
        bound=termination.objective_bounds.dual_bound,
        values=values,
    )


def _dense(vector: sparse_containers_pb2.SparseDoubleVectorProto, length: int) -> Floats:
    values = np.zeros(length)
    values[np.array(vector.ids, dtype=np.int64)] = np.array(vector.values, dtype=np.float64)
    return values
