"""The LP relaxation of a level by column generation: GLOP on few columns, prices for all of them.

The master problem grows by columns of negative reduced cost and by lines of convex goals. The bound comes from the
prices (`dezentral.solver.pricing`), not from the LP solver, so it holds at every moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.columns import Columns, costs, matrix
from dezentral.solver.head_start import HeadStart, Standing
from dezentral.solver.linear import AT_LOWER_BOUND, BASIC, Basis, Optimum, Rows, Simplex, Variables
from dezentral.solver.pricing import Prices, cheapest_columns, price
from dezentral.solver.program import Objective, Program
from dezentral.solver.transport import separate
from dezentral.solver.watch import Watch

_ALL_AT_ONCE = 10_000  # columns up to which nothing is priced
_FIRST, _FEWER = 4, 2  # columns per type to begin with; fewer where types are many
_MORE = 40  # columns per type in every round, at most
_NEGATIVE = 1e-7
USED = 1e-6  # what an LP leaves around whole numbers
_VIOLATED = 1e-6
_SMALL_GAIN = 0.1  # of the tolerance: what a round of lines and cuts must gain to be worth another


@dataclass(frozen=True)
class Solution:
    """A solution of the master problem.

    Attributes
    ----------
    columns, amounts
        Its columns and how much of each is used.
    auxiliary
        Values of the auxiliary variables.
    basis
        Where the simplex stands, auxiliary variables first; None if it did not say.
    """

    columns: Columns
    amounts: Floats
    auxiliary: Floats
    basis: Basis | None = None

    def dense(self, shape: tuple[int, ...]) -> Floats:
        """Return the amounts as a matrix of shape (n_types, n_pools)."""
        amounts = np.zeros(shape)
        amounts[self.columns.types, self.columns.pools] = self.amounts
        return amounts

    def known(self, shape: tuple[int, ...]) -> Bools:
        """Mark the columns of the master problem, in a matrix of shape (n_types, n_pools)."""
        known = np.zeros(shape, dtype=np.bool_)
        known[self.columns.types, self.columns.pools] = True
        return known

    def used(self, shape: tuple[int, ...]) -> Bools:
        """Mark the columns that are used, in a matrix of shape (n_types, n_pools)."""
        used: Bools = self.dense(shape) > USED
        return used

    def standing(self, shape: tuple[int, ...], n_rows: int) -> Standing | None:
        """Return where the simplex stands, in a matrix of shape (n_types, n_pools) and so many rows."""
        if self.basis is None:
            return None
        whole, n_auxiliary = self.basis.grown(len(self.basis.variables), n_rows), len(self.auxiliary)
        basic = np.zeros(shape, dtype=np.bool_)
        basic[self.columns.types, self.columns.pools] = whole.variables[n_auxiliary:] == BASIC
        return Standing(basic, Basis(whole.variables[:n_auxiliary], whole.rows))


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
    """The master problem in GLOP: auxiliary variables first, then columns as they come."""

    def __init__(self, program: Program, objective: Objective, watch: Watch) -> None:
        self.program, self.objective, self.watch = program, objective, watch
        self.columns = Columns.where(np.zeros(program.allowed.shape, dtype=np.bool_))
        self.used: Bools = np.zeros(program.allowed.shape, dtype=np.bool_)
        self.simplex = self._afresh()

    def add_rows(self) -> None:
        """Add the rows that the program has gained."""
        if self.simplex.n_rows == len(self.program.lower):
            return
        if not self.simplex.add_rows(self._rows(self.simplex.n_rows)):
            self.simplex = self._afresh()

    def add_columns(self, types: Ints, pools: Ints) -> int:
        """Add the columns that are new; return how many."""
        new = np.zeros_like(self.used)
        new[types, pools] = True
        columns = Columns.where(new & ~self.used)
        self.used |= new
        self.columns = Columns(
            np.concatenate([self.columns.types, columns.types]), np.concatenate([self.columns.pools, columns.pools])
        )
        if len(columns) and not self.simplex.add_variables(
            _unbounded(costs(self.program, self.objective, columns)[: len(columns)]),
            matrix(self.program, columns)[: self.simplex.n_rows, : len(columns)],
        ):
            self.simplex = self._afresh()
        return len(columns)

    def begin(self, incumbent: Ints | None, head_start: HeadStart | None) -> None:
        """Add the columns of a plan and those that are likely, or all where they are few."""
        allowed = self.program.allowed
        if incumbent is None or np.count_nonzero(allowed) <= _ALL_AT_ONCE:
            types, pools = np.nonzero(allowed)
        else:
            self.add_columns(*np.nonzero(incumbent))
            likely = np.zeros(len(self.program.lower)) if head_start is None else head_start.duals
            priced = price(self.program, self.objective, likely).reduced
            types, pools = cheapest_columns(priced, _FEWER if self.program.has_many_types else _FIRST)
        self.add_columns(types, pools)
        if head_start is not None and head_start.standing is not None:
            self._stand(head_start.standing)

    def _stand(self, where: Standing) -> None:
        """Let the simplex begin somewhere."""
        self.add_columns(*np.nonzero(where.basic))
        columns = np.where(where.basic[self.columns.types, self.columns.pools], BASIC, AT_LOWER_BOUND)
        self.simplex.basis = Basis(np.concatenate([where.others.variables, columns]), where.others.rows)

    def charge(self, costs: Mapping[int, float]) -> None:
        """Change what auxiliary variables cost."""
        self.objective = replace(self.objective, auxiliary={**self.objective.auxiliary, **costs})
        if not self.simplex.cost(costs):
            self.simplex = self._afresh()

    def solve(self) -> Optimum | None:
        """Solve the master from where it stood, afresh if GLOP loses its way; None if it has no optimum."""
        best = self.simplex.solve(self.watch)
        if best is None and not self.watch.over:
            self.simplex = self._afresh()
            best = self.simplex.solve(self.watch, careful=True)
        return best

    def solution(self, values: Floats) -> Solution:
        """Read a solution, before columns come that it does not know."""
        n_auxiliary = len(self.program.grain)
        return Solution(self.columns, values[n_auxiliary:], values[:n_auxiliary], self.simplex.basis)

    def _afresh(self) -> Simplex:
        """Write everything that is known to a new GLOP."""
        program, width = self.program, len(self.columns)
        price = costs(program, self.objective, self.columns)
        variables = Variables(
            lower=np.concatenate([program.auxiliary_lower, np.zeros(width)]),
            upper=np.concatenate([program.auxiliary_upper, np.full(width, np.inf)]),
            costs=np.concatenate([price[width:], price[:width]]),
        )
        return Simplex(variables, self._rows(0))

    def _rows(self, first: int) -> Rows:
        """Write the program's rows from `first` on over all variables."""
        from scipy.sparse import hstack  # noqa: PLC0415

        width = len(self.columns)
        entries = matrix(self.program, self.columns)[first:]
        lower, upper = np.array(self.program.lower[first:]), np.array(self.program.upper[first:])
        return Rows(lower, upper, hstack([entries[:, width:], entries[:, :width]], format="csr"))


def _unbounded(costs: Floats) -> Variables:
    return Variables(np.zeros(len(costs)), np.full(len(costs), np.inf), costs)


def relax(
    program: Program,
    objective: Objective,
    incumbent: Ints | None,
    tolerance: float,
    watch: Watch,
    *,
    head_start: HeadStart | None = None,
) -> Relaxed | None:
    """Solve the relaxation until master value and proven bound are within a tolerance.

    Parameters
    ----------
    incumbent
        Counts of a plan that keeps every row, so that the master is feasible from the start, (n_types, n_pools).
    tolerance
        Absolute.
    head_start
        Likely prices of the rows, by which the first columns are chosen, and where the simplex begins.

    Returns
    -------
    Relaxed or None
        None if stopped before the first round was over.
    """
    watch.glance()
    master = Master(program, objective, watch)
    master.begin(incumbent, head_start)
    watch.glance()
    return descend(master, tolerance)


def descend(master: Master, tolerance: float) -> Relaxed | None:
    """Go on with a master from where it stands until its value and the proven bound are within a tolerance.

    Returns
    -------
    Relaxed or None
        None if stopped before the first round was over.
    """
    program, objective = master.program, master.objective
    master.add_rows()
    best: Prices | None = None
    solution: Solution | None = None
    while True:
        latest = master.solve()
        if latest is None:
            break
        solution = master.solution(latest.values)
        value = latest.value + objective.constant
        prices = price(program, objective, latest.duals)
        gained = np.inf if best is None else prices.bound - best.bound
        best = prices if best is None or gained > 0 else best
        refined = _refine(program, solution)
        types, pools = cheapest_columns(np.where(master.used, np.inf, prices.reduced), _MORE)
        better = prices.reduced[types, pools] < -_NEGATIVE
        open_ = value - best.bound
        if (open_ <= tolerance and (not refined or gained <= _SMALL_GAIN * tolerance)) or not (refined or better.any()):
            break
        master.add_rows()
        if open_ > tolerance:
            master.add_columns(types[better], pools[better])
    return None if best is None or solution is None else Relaxed(solution, best)


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
