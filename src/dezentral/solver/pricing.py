"""Prices: what every possible column costs at given duals, and the bound that any duals prove.

For duals y of the rows (y_r ≥ 0 prices a lower bound, y_r ≤ 0 an upper bound) no plan costs less than

    constant + Σ_r (y_r·lower_r if y_r > 0 else y_r·upper_r)
             + Σ_a min over [lower_a, upper_a] of (c_a − Σ_r y_r·A_ra)·z_a
             + Σ_t n_t · min(0, min_p rc[t,p]),      rc[t,p] = c[t,p] − Σ_r y_r·A_r,tp

(Lagrangian relaxation of all rows but Σ_p x[t,p] ≤ n_t). It holds for any y: no solver has to be believed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.program import Objective, Program

_NOISE = 1e-6  # relative: what sums in floats may be off by


@dataclass(frozen=True)
class Prices:
    """The outcome of pricing.

    Attributes
    ----------
    duals
        One per row, shape (n_rows,).
    reduced
        Reduced cost of every allowed column, ``inf`` elsewhere, shape (n_types, n_pools).
    bound
        What these prices prove.
    """

    duals: Floats
    reduced: Floats
    bound: float

    @property
    def cheapest(self) -> Floats:
        """The least reduced cost of each type, 0 where none is negative, shape (n_types,)."""
        return _cheapest(self.reduced)

    def regret(self) -> Floats:
        """Return by how much a plan that uses a column is dearer than the bound at least."""
        regret: Floats = self.reduced - self.cheapest[:, np.newaxis]
        return regret

    def beyond(self, limit: float) -> Bools:
        """Mark the columns that no plan of at most this value uses, shape (n_types, n_pools)."""
        dear: Bools = self.bound + self.regret() > limit + _NOISE * max(1.0, abs(limit))
        return dear


def price(program: Program, objective: Objective, duals: Floats) -> Prices:
    """Price every column of a program.

    Parameters
    ----------
    duals
        One per row, shape (n_rows,).
    """
    n_types = len(program.counts)
    duals = valid(program, duals)
    reduced = np.broadcast_to(objective.costs, program.allowed.shape) - duals[:n_types, np.newaxis]
    for family, prices in _by_family(program, duals):
        if np.any(prices):
            reduced -= family * prices[np.newaxis, :]
    for row, t, p, coefficient in program.cells:
        reduced[t, p] -= coefficient * duals[row]
    reduced[~program.allowed] = np.inf
    bound = objective.constant + paid(program, duals).sum() + _auxiliary(program, objective, duals)
    return Prices(duals, reduced, float(bound + _cheapest(reduced) @ program.counts))


def padded(program: Program, duals: Floats) -> Floats:
    """Return duals with 0 for the rows that came later."""
    return np.concatenate([duals, np.zeros(len(program.lower) - len(duals))])


def _cheapest(reduced: Floats) -> Floats:
    cheapest: Floats = reduced.min(axis=1, initial=0.0)
    return cheapest


def valid(program: Program, duals: Floats) -> Floats:
    """Return the duals without prices for bounds that do not exist."""
    lower, upper = np.array(program.lower), np.array(program.upper)
    return np.where((duals > 0) & np.isinf(lower) | (duals < 0) & np.isinf(upper), 0.0, duals)


def paid(program: Program, duals: Floats) -> Floats:
    """Return what each row's bound is worth at valid duals, shape (n_rows,)."""
    bounds = np.where(duals > 0, program.lower, program.upper)
    worth: Floats = np.where(duals == 0, 0.0, duals * np.where(np.isinf(bounds), 0.0, bounds))
    return worth


def _by_family(program: Program, duals: Floats) -> list[tuple[Floats, Floats]]:
    """Pair every family's coefficients with the prices of its rows per pool; equal coefficients are merged."""
    merged: dict[int, tuple[Floats, Floats]] = {}
    for family in program.families:
        prices = np.where(family.rows >= 0, duals[family.rows], 0.0)
        known = merged.get(id(family.coefficients))
        merged[id(family.coefficients)] = (family.coefficients, prices if known is None else known[1] + prices)
    return list(merged.values())


def _auxiliary(program: Program, objective: Objective, duals: Floats) -> float:
    """Return the least that auxiliary variables cost at these prices."""
    costs = auxiliary_costs(program, objective, duals)
    return float(costs @ cheapest_ends(program, costs))


def auxiliary_costs(program: Program, objective: Objective, duals: Floats) -> Floats:
    """Return what one whole of each auxiliary variable costs at these prices, shape (n_auxiliary,)."""
    costs = np.zeros(len(program.grain))
    for variable, cost in objective.auxiliary.items():
        costs[variable] += cost
    if program.auxiliary_cells:
        rows, variables, coefficients = (np.array(part) for part in zip(*program.auxiliary_cells, strict=True))
        np.subtract.at(costs, variables, coefficients * duals[rows])
    return costs


def cheapest_ends(program: Program, costs: Floats) -> Floats:
    """Return the bound at which each auxiliary variable costs least, shape (n_auxiliary,)."""
    return np.where(costs > 0, program.auxiliary_lower, program.auxiliary_upper)


def cheapest_columns(prices: Floats, most: int) -> tuple[Ints, Ints]:
    """Return, for every type, its `most` columns with the lowest finite price, as type and pool indices."""
    width = min(most, prices.shape[1])
    pools = np.argpartition(prices, width - 1, axis=1)[:, :width] if width else np.zeros((len(prices), 0), dtype=int)
    types = np.repeat(np.arange(len(prices)), width)
    chosen = pools.ravel()
    kept = np.isfinite(prices[types, chosen])
    return types[kept], chosen[kept]
