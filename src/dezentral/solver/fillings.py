"""A bound in which every dormitory is filled by whole households, and every district has a load in whole persons.

The relaxation fills a dormitory's last beds with parts of households. Here only the other rows are priced, among them
that a household lives at one place; what a dormitory takes must be a filling that it can have (Lagrangian relaxation:
Geoffrion, 1974; for the generalised assignment problem: Fisher, Jaikumar and Van Wassenhove, 1986). For any duals y no
plan costs less than

    constant + Σ_r paid_r(y)
             + Σ_{p whole} min Σ_t v[t,p]·x[t,p]  over Σ_t size_t·x[t,p] ≤ room_p, x[t,p] in {0, …, n_t}
             + Σ_t n_t · min(0, min_{p not whole} v[t,p])
             + Σ_d min over whole loads L of e_d·(L − T_d)² / max(T_d, 1) + l_d·L  +  Σ_a other auxiliary variables

with v[t,p] = c[t,p] − Σ_r y_r·A_r,tp, and e_d, l_d likewise what unevenness and load of a district cost. Neither rows
that bound the beds of a whole pool nor the lines below the curves need a price.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.compiled import DORMITORY
from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.district_curves import DistrictCurves, line_rows
from dezentral.solver.knapsacks import Filled, Knapsacks
from dezentral.solver.pricing import Prices, auxiliary_costs, cheapest_ends, paid, price, valid
from dezentral.solver.program import Objective, Program

_MOST_PERSONS = 128  # in a larger dormitory parts of a household matter little, and whole ones take long


def whole_pools(program: Program) -> Bools:
    """Return the dormitories that nothing but their beds bounds together with anything else, shape (n_pools,)."""
    pools = program.compiled.pools
    rooms = pools.count * pools.cap1
    tied = {row for row, _, _ in program.auxiliary_cells} | {row for row, _, _, _ in program.cells}
    alone = ~np.isin(program.unit_rows, list(tied))
    whole: Bools = (pools.sharing == DORMITORY) & (rooms <= _MOST_PERSONS) & alone
    return whole


@dataclass(frozen=True)
class Bound:
    """What some prices prove.

    Attributes
    ----------
    value
        The bound.
    slope
        By how much each of the prices that may move raises it, shape (n_moving,).
    values
        What a household costs in a pool at these prices, shape (n_types, n_pools).
    filled
        The fillings of the whole pools.
    """

    value: float
    slope: Floats
    values: Floats
    filled: Filled


class Fillings:
    """A level's bound as a function of the prices of its households and of its districts' loads.

    Parameters
    ----------
    program, objective
        The level.
    duals
        Of its relaxation, shape (n_rows,).

    Attributes
    ----------
    whole
        The pools filled by whole households, shape (n_pools,).
    rooms
        Persons that each of them takes.
    curves
        The districts' loads and what they cost.
    start
        The prices that may move as the relaxation has them: of households, then of loads, shape (n_moving,).
    base
        What a household costs in a pool where those prices are 0, shape (n_types, n_pools).
    slopes
        What a person in each curve's load costs there, shape (n_curves,).
    constant
        The part of the bound that these prices do not change.
    """

    def __init__(self, program: Program, objective: Objective, duals: Floats) -> None:
        self.program, self.whole = program, whole_pools(program)
        duals = valid(program, duals)
        duals[program.unit_rows[self.whole]] = 0.0
        duals[line_rows(program)] = 0.0
        self.curves = DistrictCurves(program, auxiliary_costs(program, objective, duals))
        self._moving = np.concatenate([np.arange(len(program.counts)), self.curves.rows])
        self.start: Floats = duals[self._moving]
        duals[self._moving] = 0.0
        self._duals = duals
        self.base = price(program, objective, duals).reduced
        costs = auxiliary_costs(program, objective, duals)
        self.slopes: Floats = costs[self.curves.loads]
        others = np.delete(costs * cheapest_ends(program, costs), self.curves.variables)
        self.constant = float(objective.constant + paid(program, duals).sum() + others.sum())
        lower, self._upper = np.array(program.lower)[self._moving], np.array(program.upper)[self._moving]
        self._equal = lower == self._upper  # prices of such rows may have either sign
        self._rows = _rows_by_pool(program, self.curves.rows)
        self.rooms: Ints = (program.compiled.pools.count * program.compiled.pools.cap1)[self.whole]
        self._knapsacks = Knapsacks(program.compiled.types.size, program.counts, self.rooms)

    @property
    def district(self) -> Ints:
        """Return the curve that each pool's persons count for, the number of curves where none; shape (n_pools,)."""
        district: Ints = np.full(len(self.whole), len(self.curves.rows))
        for _, places in self._rows:
            district = np.where(places >= 0, places - len(self.program.counts), district)
        return district

    def admissible(self, prices: Floats) -> Floats:
        """Return the prices nearest to some that have the sign that their rows ask for."""
        return np.where(self._equal, prices, np.minimum(prices, 0.0))

    def bound(self, prices: Floats) -> Bound:
        """Return what some admissible prices prove, shape (n_moving,)."""
        n_types, whole = len(self.program.counts), self.whole
        values = self.base - prices[:n_types, np.newaxis]
        for coefficients, places in self._rows:
            values -= coefficients * np.where(places >= 0, prices[places], 0.0)[np.newaxis, :]
        filled = self._knapsacks.fill(values[:, whole])
        counts = self._elsewhere(values)
        value = self.constant + prices @ self._upper + float(values[counts > 0] @ counts[counts > 0])
        value += float(filled.full.sum())
        counts[:, whole] = filled.counts
        loads, height = self.curves.cheapest(self.slopes + prices[n_types:])
        slope = self._upper - self._activity(counts, loads)
        slope[~self._equal & (prices >= 0) & (slope > 0)] = 0.0
        return Bound(value + height, slope, values, filled)

    def prices(self, prices: Floats, bound: Bound) -> Prices:
        """Return all that some prices prove: their bound, and how much dearer a plan is that uses a column."""
        whole, duals = self.whole, self._duals.copy()
        duals[self._moving] = prices
        regret = bound.values - bound.values[:, ~whole].min(axis=1, initial=0.0)[:, np.newaxis]
        with_one = self._knapsacks.with_one(bound.values[:, whole], bound.filled)
        regret[:, whole] = np.maximum(with_one - bound.filled.full, 0.0)
        regret[~self.program.allowed] = np.inf
        return Prices(duals, regret, bound.value)

    def _elsewhere(self, values: Floats) -> Ints:
        """Place all households of a type where no whole pool is, at the cheapest, if that gains anything."""
        counts = np.zeros(values.shape, dtype=np.int64)
        if self.whole.all():
            return counts
        others = np.where(self.whole, np.inf, values)
        where = others.argmin(axis=1)
        gain = np.flatnonzero(others[np.arange(len(where)), where] < 0)
        counts[gain, where[gain]] = self.program.counts[gain]
        return counts

    def _activity(self, counts: Ints, loads: Floats) -> Floats:
        """Return the left-hand sides of the rows whose prices may move, shape (n_moving,)."""
        sums = -loads
        for coefficients, places in self._rows:
            inside = places >= 0
            np.add.at(sums, places[inside] - len(counts), (coefficients * counts).sum(axis=0)[inside])
        return np.concatenate([counts.sum(axis=1), sums])


def _rows_by_pool(program: Program, rows: Ints) -> list[tuple[Floats, Ints]]:
    """Return coefficients of columns and, for each pool, where its row's price is among those that move, −1 = none."""
    place = np.full(len(program.lower), -1, dtype=np.int64)
    place[rows] = len(program.counts) + np.arange(len(rows))
    placed = [(family.coefficients, np.where(family.rows >= 0, place[family.rows], -1)) for family in program.families]
    return [(coefficients, places) for coefficients, places in placed if np.any(places >= 0)]
