"""What the districts' loads cost at least in whole persons, at given prices: e·(L − T)² / max(T, 1) + l·L for each."""

from __future__ import annotations

from collections import Counter

import numpy as np

from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.program import Program


def line_rows(program: Program) -> Ints:
    """Return the rows that are lines below curves: those that tie a curve's value to its load."""
    load_of = {curve.value: curve.load for curve in program.curves}
    with_load = {(row, variable) for row, variable, _ in program.auxiliary_cells}
    lines = {row for row, variable, _ in program.auxiliary_cells if (row, load_of.get(variable, -1)) in with_load}
    return np.array(sorted(lines), dtype=np.int64)


class DistrictCurves:
    """The curves whose values cost something.

    Parameters
    ----------
    program
        The level.
    costs
        What auxiliary variables cost at prices that leave out the lines, shape (n_auxiliary,).

    Attributes
    ----------
    rows
        The row of each such district that sums up its load, shape (n_curves,).
    loads
        The variables of these loads.
    variables
        All auxiliary variables that the curves account for.
    housed
        Persons in the load whom no placement changes.
    targets, weights
        T and e of each.
    """

    def __init__(self, program: Program, costs: Floats) -> None:
        row_of = _load_rows(program)
        priced = [curve for curve in program.curves if costs[curve.value] > 0 and curve.load in row_of]
        loads = sorted({curve.load for curve in priced})
        target = {curve.load: curve.target for curve in priced}
        self.rows: Ints = np.array([row_of[load] for load in loads], dtype=np.int64)
        self.loads: Ints = np.array(loads, dtype=np.int64)
        self.variables: Ints = np.array(loads + [curve.value for curve in priced], dtype=np.int64)
        self.housed: Floats = -np.array(program.upper)[self.rows]
        self.targets: Floats = np.array([target[load] for load in loads])
        self.weights: Floats = np.array(
            [sum(float(costs[curve.value]) for curve in priced if curve.load == load) for load in loads]
        )
        self._lowest: Floats = np.ceil(np.array(program.auxiliary_lower)[self.loads])
        self._highest: Floats = np.floor(np.array(program.auxiliary_upper)[self.loads])

    def cheapest(self, slopes: Floats) -> tuple[Floats, float]:
        """Return the cheapest loads, shape (n_curves,), and what they cost together, at slopes l of each."""
        least = np.maximum(self.targets, 1.0)
        deepest = self.targets - slopes * least / (2.0 * self.weights)
        loads = [np.clip(whole, self._lowest, self._highest) for whole in (np.floor(deepest), np.ceil(deepest))]
        down, up = (self.weights * (load - self.targets) ** 2 / least + slopes * load for load in loads)
        return np.where(up < down, loads[1], loads[0]), float(np.minimum(down, up).sum())


def _load_rows(program: Program) -> dict[int, int]:
    """Return the row L = housed + persons placed of each load variable whose row is no more than that."""
    variables = Counter(row for row, _, _ in program.auxiliary_cells)
    single = {row for row, _, _, _ in program.cells}
    summing = {int(row) for family in program.families for row in np.unique(family.rows)}
    loads = set(program.loads)
    return {
        variable: row
        for row, variable, coefficient in program.auxiliary_cells
        if variable in loads and coefficient == -1.0 and variables[row] == 1
        if row in summing and row not in single and program.lower[row] == program.upper[row]
    }
