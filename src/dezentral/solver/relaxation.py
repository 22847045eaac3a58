"""The LP relaxation of a level by column generation: GLOP on few columns, prices for all of them.

The master problem grows by columns of negative reduced cost and by lines of convex goals. The bound comes from the
prices (`dezentral.solver.pricing`), not from the LP solver, so it holds at every moment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.attempt import attempt
from dezentral.solver.columns import Columns, costs, matrix
from dezentral.solver.pricing import Prices, cheapest_columns, price
from dezentral.solver.program import Objective, Program
from dezentral.solver.transport import separate
from dezentral.solver.watch import Watch

_ALL_AT_ONCE = 10_000  # columns up to which nothing is priced
_FIRST, _FEWER = 8, 4  # columns per type to begin with; fewer where types are many
_MORE = 40  # columns per type in every round, at most
_MANY = 500  # columns worth being added together with rows
_NEGATIVE = 1e-7
_VIOLATED = 1e-6
_SMALL_GAIN = 0.1  # of the tolerance: what a round of lines and cuts must gain to be worth another
_CAREFUL = mathopt.SolveParameters(lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX)


@dataclass(frozen=True)
class Solution:
    """A solution of the master problem.

    Attributes
    ----------
    columns, amounts
        Its columns and how much of each is used.
    auxiliary
        Values of the auxiliary variables.
    """

    columns: Columns
    amounts: Floats
    auxiliary: Floats

    def dense(self, shape: tuple[int, ...]) -> Floats:
        """Return the amounts as a matrix of shape (n_types, n_pools)."""
        amounts = np.zeros(shape)
        amounts[self.columns.types, self.columns.pools] = self.amounts
        return amounts


@dataclass(frozen=True)
class Relaxed:
    """The relaxation's outcome.

    Attributes
    ----------
    solution
        The last one of the master problem.
    prices
        Reduced costs and proven bound at the best duals.
    """

    solution: Solution
    prices: Prices


class Master:
    """The master problem in GLOP."""

    def __init__(self, program: Program, objective: Objective, watch: Watch) -> None:
        self.program, self.objective, self.watch = program, objective, watch
        self.model = mathopt.Model()
        self.rows: list[mathopt.LinearConstraint] = []
        self.variables: list[mathopt.Variable] = []
        self.used: Bools = np.zeros(program.allowed.shape, dtype=np.bool_)
        self.types: list[int] = []
        self.pools: list[int] = []
        auxiliary = costs(program, objective, Columns.where(self.used))
        bounds = zip(program.auxiliary_lower, program.auxiliary_upper, auxiliary.tolist(), strict=True)
        self.auxiliary = [self._variable(lower, upper, cost) for lower, upper, cost in bounds]
        self.model.objective.is_maximize = False
        self.add_rows()
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def _variable(self, lower: float, upper: float, cost: float) -> mathopt.Variable:
        variable = self.model.add_variable(lb=lower, ub=upper)
        if cost:
            self.model.objective.set_linear_coefficient(variable, cost)
        return variable

    def add_rows(self) -> None:
        """Add the rows that the program has gained."""
        first = len(self.rows)
        if first == len(self.program.lower):
            return
        for lower, upper in zip(self.program.lower[first:], self.program.upper[first:], strict=True):
            self.rows.append(self.model.add_linear_constraint(lb=lower, ub=upper))
        for row, variable, coefficient in self.program.auxiliary_cells:
            if row >= first:
                constraint, column = self.rows[row], self.auxiliary[variable]
                constraint.set_coefficient(column, constraint.get_coefficient(column) + coefficient)
        if self.variables:
            columns = Columns(np.array(self.types, dtype=np.int64), np.array(self.pools, dtype=np.int64))
            new = matrix(self.program, columns)[first:, : len(columns)].tocoo()
            for row, place, value in zip(new.row.tolist(), new.col.tolist(), new.data.tolist(), strict=True):
                self.rows[first + row].set_coefficient(self.variables[place], value)

    def add_columns(self, types: Ints, pools: Ints) -> int:
        """Add the columns that are new; return how many."""
        new = np.zeros_like(self.used)
        new[types, pools] = True
        columns = Columns.where(new & ~self.used)
        self.used |= new
        entries = matrix(self.program, columns).tocsc()
        prices = costs(self.program, self.objective, columns)
        starts, places, data = entries.indptr.tolist(), entries.indices.tolist(), entries.data.tolist()
        for c in range(len(columns)):
            variable = self._variable(0.0, np.inf, float(prices[c]))
            for position in range(starts[c], starts[c + 1]):
                self.rows[places[position]].set_coefficient(variable, data[position])
            self.variables.append(variable)
        self.types += columns.types.tolist()
        self.pools += columns.pools.tolist()
        return len(columns)

    def solve(self) -> mathopt.SolveResult | None:
        """Solve the master from where it stood, afresh if GLOP loses its way; None if it has no optimum."""
        result = self._try(None)
        if result is None and not self.watch.over:
            self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)
            result = self._try(_CAREFUL)
        return result

    def solution(self, result: mathopt.SolveResult) -> Solution:
        """Read a solution, before rows and columns come that it does not know."""
        return Solution(
            Columns(np.array(self.types, dtype=np.int64), np.array(self.pools, dtype=np.int64)),
            np.array(result.variable_values(self.variables)),
            np.array(result.variable_values(self.auxiliary)),
        )

    def _try(self, params: mathopt.SolveParameters | None) -> mathopt.SolveResult | None:
        interrupter = SolveInterrupter()
        result = self.watch.run(
            lambda: attempt(lambda: self.solver.solve(params=params, interrupter=interrupter)), interrupter.interrupt
        )
        optimal = result is not None and result.termination.reason is mathopt.TerminationReason.OPTIMAL
        return result if optimal else None


def relax(
    program: Program,
    objective: Objective,
    incumbent: Ints | None,
    tolerance: float,
    watch: Watch,
    *,
    duals: Floats | None = None,
) -> Relaxed | None:
    """Solve the relaxation until master value and proven bound are within a tolerance.

    Parameters
    ----------
    incumbent
        Counts of a plan that keeps every row, so that the master is feasible from the start, (n_types, n_pools).
    tolerance
        Absolute.
    duals
        Likely prices of the rows, by which the first columns are chosen.

    Returns
    -------
    Relaxed or None
        None if stopped before the first round was over.
    """
    master = Master(program, objective, watch)
    _begin(master, incumbent, duals)
    best: Prices | None = None
    solution: Solution | None = None
    before = -np.inf  # value of the last master that gained rows only, −∞ where it gained columns
    while True:
        latest = master.solve()
        if latest is None:
            break
        solution = master.solution(latest)
        value = latest.objective_value() + objective.constant
        prices = price(program, objective, np.array(latest.dual_values(master.rows)))
        gained = np.inf if best is None else prices.bound - best.bound
        best = prices if best is None or gained > 0 else best
        refined = _refine(program, solution)
        types, pools = cheapest_columns(np.where(master.used, np.inf, prices.reduced), _MORE)
        better = prices.reduced[types, pools] < -_NEGATIVE
        open_ = value - best.bound
        if (open_ <= tolerance and (not refined or gained <= _SMALL_GAIN * tolerance)) or not (refined or better.any()):
            break
        master.add_rows()
        # Rows alone, or columns alone, are a short way for the simplex from where it stands; both are a long one.
        rows_pay = refined and np.count_nonzero(better) <= _MANY and value - before > _SMALL_GAIN * open_
        before = value
        if open_ > tolerance and not rows_pay:
            master.add_columns(types[better], pools[better])
            before = -np.inf
    return None if best is None or solution is None else Relaxed(solution, best)


def _begin(master: Master, incumbent: Ints | None, duals: Floats | None) -> None:
    program, allowed = master.program, master.program.allowed
    if incumbent is None or np.count_nonzero(allowed) <= _ALL_AT_ONCE:
        types, pools = np.nonzero(allowed)
    else:
        master.add_columns(*np.nonzero(incumbent))
        likely = np.zeros(len(program.lower)) if duals is None else duals
        priced = price(program, master.objective, likely).reduced
        types, pools = cheapest_columns(priced, _FEWER if program.has_many_types else _FIRST)
    master.add_columns(types, pools)


def _refine(program: Program, solution: Solution) -> bool:
    """Add the lines and cuts that a solution violates; False if there are none."""
    added = False
    for curve in program.curves:
        load, value = float(solution.auxiliary[curve.load]), float(solution.auxiliary[curve.value])
        at = min(max(int(np.floor(load)), curve.lowest), max(curve.highest - 1, curve.lowest))
        slope, height = curve.line(at)
        if slope * load + height > value + _VIOLATED * max(1.0, value):
            for line in (at - 1, at, at + 1):
                added |= program.line(curve, line)
    columns = solution.columns
    for transport in program.transports:
        added |= separate(program, transport, columns.types, columns.pools, solution.amounts)
    return added
