"""CP-SAT on the columns of a program: plans, and bounds that are proven."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.columns import Columns, costs, matrix
from dezentral.solver.program import Objective, Program
from dezentral.solver.scaling import TOLERANCE, Scale, whole, whole_bound
from dezentral.solver.watch import Watch

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_ROW = 1e-10  # relative error that a row may have
_MULTIPLIED = 2**28  # coefficients up to which CP-SAT 9.15 may combine rows that have variables in common
_PRESOLVED = 2**40  # coefficients up to which it may presolve at all


@dataclass(frozen=True)
class Effort:
    """How hard one call of CP-SAT may try.

    Attributes
    ----------
    work
        Deterministic time.
    gap
        Relative gap at which to stop.
    workers, seed, deterministic
        As in `SolveParams`.
    """

    work: float
    gap: float
    workers: int
    seed: int
    deterministic: bool = True


@dataclass(frozen=True)
class Answer:
    """What CP-SAT says.

    Attributes
    ----------
    counts
        Households per column, None without a plan.
    bound
        Proven lower bound of the objective, −inf without.
    infeasible
        Whether there is provably no plan.
    """

    counts: Ints | None
    bound: float
    infeasible: bool


@dataclass(frozen=True)
class Room:
    """Which counts CP-SAT may choose from: columns, and bounds of how many households each takes.

    Attributes
    ----------
    columns
        The columns; others stay empty.
    lower, upper
        Bounds of each column's count, shape (n_columns,).
    """

    columns: Columns
    lower: Ints
    upper: Ints

    @classmethod
    def everything(cls, program: Program) -> Room:
        """Leave every allowed column free."""
        return cls.of(program, program.allowed)

    @classmethod
    def of(cls, program: Program, mask: Bools, kept: Ints | None = None) -> Room:
        """Leave the columns of a mask free; what is kept, counts of shape (n_types, n_pools), stays where it is."""
        columns = Columns.where(mask if kept is None else mask | (kept > 0))
        given = np.zeros(len(columns), dtype=np.int64) if kept is None else kept[columns.types, columns.pools]
        free = mask[columns.types, columns.pools]
        return cls(columns, given, np.where(free, np.maximum(columns.most(program), given), given))

    @classmethod
    def around(cls, mask: Bools, lower: Ints, upper: Ints) -> Room:
        """Leave the columns of a mask free between bounds, all of shape (n_types, n_pools)."""
        columns = Columns.where(mask)
        return cls(columns, lower[columns.types, columns.pools], upper[columns.types, columns.pools])


def solve_core(  # noqa: PLR0913  what to solve, how hard, and where to start
    program: Program,
    room: Room,
    objective: Objective | None,
    effort: Effort,
    watch: Watch,
    *,
    hint: Ints | None = None,
    at_least: float = -np.inf,
    on_bound: Callable[[float], None] | None = None,
) -> Answer:
    """Minimise an objective over the counts in `room`.

    Parameters
    ----------
    objective
        None = any plan will do.
    hint
        Counts per column to start from.
    at_least
        A proven bound: at it the search is over.
    on_bound
        Told every better bound.
    """
    columns, free = room.columns, np.flatnonzero(room.upper > room.lower)
    rows = matrix(program, columns)
    width = len(columns)
    kept = np.concatenate([free, width + np.arange(len(program.grain))])
    fixed = rows[:, :width] @ room.lower.astype(np.float64)
    least = np.concatenate([np.zeros(len(free)), _steps(program, program.auxiliary_lower)])
    most = np.concatenate([(room.upper - room.lower)[free], _steps(program, program.auxiliary_upper)])
    grain = np.concatenate([np.ones(len(free)), np.array(program.grain)])
    model = cp_model.CpModel()
    variables = [model.new_int_var(int(lo), int(hi), "") for lo, hi in zip(least, most, strict=True)]
    reach = np.maximum(np.abs(most), np.abs(least))
    lower, upper = np.array(program.lower) - fixed, np.array(program.upper) - fixed
    largest = _add_rows(model, variables, rows[:, kept].multiply(grain).tocsr(), (lower, upper), reach)
    if largest is None:
        return Answer(None, np.inf, infeasible=True)
    scale: Scale | None = None
    if objective is not None:
        prices = costs(program, objective, columns)
        constant = objective.constant + float(prices[:width] @ room.lower)
        scale = _minimise(model, variables, prices[kept] * grain, reach, constant=constant, at_least=at_least)
    if hint is not None:
        for place, count in enumerate((hint - room.lower)[free].tolist()):
            model.add_hint(variables[place], count)
    solver = cp_model.CpSolver()
    _configure(solver, effort, largest)
    if on_bound is not None:
        solver.best_bound_callback = lambda bound: None if watch.over else on_bound(bound)
    status = watch.run(lambda: solver.solve(model), solver.stop_search)
    if status == cp_model.MODEL_INVALID:
        raise AssertionError(model.validate())
    if status == cp_model.INFEASIBLE:
        return Answer(None, np.inf, infeasible=True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):  # nor where it was left behind
        return Answer(None, -np.inf, infeasible=False)
    counts = room.lower.copy()
    counts[free] += np.array([solver.value(variable) for variable in variables[: len(free)]], dtype=np.int64)
    if scale is None:
        return Answer(counts, -np.inf, infeasible=False)
    bound = scale.read(solver.response_proto.inner_objective_lower_bound) - _rounded_up(program, prices[width:])
    return Answer(counts, bound, infeasible=False)


def _rounded_up(program: Program, prices: Floats) -> float:
    """Return what fractions in steps may cost more than they should, where that is more than a tolerance."""
    grain = np.array(program.grain)
    dearer = np.where(grain != 1, np.abs(prices) * grain, 0.0)
    return float(dearer[dearer > TOLERANCE * (1 + TOLERANCE)].sum())


def _steps(program: Program, values: list[float]) -> Floats:
    """Count an auxiliary bound in steps of its grain."""
    return np.rint(np.array(values) / np.array(program.grain)) if values else np.zeros(0)


def _add_rows(
    model: cp_model.CpModel,
    variables: list[cp_model.IntVar],
    rows: csr_array,
    bounds: tuple[Floats, Floats],
    reach: Floats,
) -> int | None:
    """Write every row in whole numbers; return the largest coefficient, None if a row without variables cannot hold.

    A row that cannot be written exactly is given its own error as room: the specification has the last word.
    """
    starts, places, data = rows.indptr.tolist(), rows.indices, rows.data
    largest = 0
    for row, (lower, upper) in enumerate(zip(*bounds, strict=True)):
        inside = places[starts[row] : starts[row + 1]]
        if not len(inside):
            if lower > TOLERANCE or upper < -TOLERANCE:
                return None
            continue
        values, factor, error = whole(data[starts[row] : starts[row + 1]], reach[inside], _ROW)
        model.add_linear_constraint(
            cp_model.LinearExpr.weighted_sum([variables[c] for c in inside.tolist()], values.tolist()),
            whole_bound(lower - error, factor, up=True),
            whole_bound(upper + error, factor, up=False),
        )
        largest = max(largest, int(np.abs(values).max()))
    return largest


def _minimise(
    model: cp_model.CpModel,
    variables: list[cp_model.IntVar],
    prices: Floats,
    reach: Floats,
    *,
    constant: float,
    at_least: float,
) -> Scale:
    """Set the objective in whole numbers; return how to read it."""
    coefficients, factor, error = whole(prices, reach)
    chosen = np.flatnonzero(coefficients)
    model.minimize(
        cp_model.LinearExpr.weighted_sum([variables[c] for c in chosen.tolist()], coefficients[chosen].tolist())
    )
    objective = model.proto.objective
    objective.scaling_factor = 1.0 / factor
    objective.offset = constant * factor
    if np.isfinite(at_least):
        objective.domain.extend([whole_bound(at_least - constant - error, factor, up=True), cp_model.INT_MAX])
    return Scale.of(factor, constant, error)


def _configure(solver: cp_model.CpSolver, effort: Effort, largest: int) -> None:
    parameters = solver.parameters
    parameters.num_workers = effort.workers
    parameters.random_seed = effort.seed
    parameters.relative_gap_limit = effort.gap
    parameters.absolute_gap_limit = 0.0  # its default, 1e-4, is much where weights are small
    parameters.max_deterministic_time = effort.work
    parameters.catch_sigint_signal = False
    if effort.deterministic and effort.workers > 1:
        parameters.interleave_search = True
    if largest > _MULTIPLIED:
        # It multiplies coefficients, unseen by its guard against overflow, and then "proves" what is not so.
        parameters.presolve_inclusion_work_limit = 0
        parameters.cp_model_presolve = largest <= _PRESOLVED
