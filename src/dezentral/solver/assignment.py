"""From households to counts per type and pool, and back by a fixed rule."""

from __future__ import annotations

import numpy as np

from dezentral.compiled import DORMITORY, Compiled
from dezentral.compiled.arrays import Ints
from dezentral.domain import Placement, Plan
from dezentral.solver.columns import Columns
from dezentral.solver.rules.units import shares_by_sex

UNPLACED = -1


def counts_of(compiled: Compiled, assignment: Ints) -> Ints:
    """Count the households of each type in each pool, shape (n_types, n_pools)."""
    counts = np.zeros((len(compiled.types), len(compiled.pools)), dtype=np.int64)
    placed = assignment >= 0
    np.add.at(counts, (compiled.types.of_household[placed], assignment[placed]), 1)
    return counts


def spread(compiled: Compiled, columns: Columns, counts: Ints) -> Ints:
    """Name the households behind counts per column: earlier arrival first, then smaller id, pools in order.

    Returns
    -------
    numpy.ndarray
        Pool of each household, −1 = unplaced, shape (n_households,).
    """
    assignment = np.full(len(compiled.types.of_household), UNPLACED, dtype=np.int64)
    used = np.flatnonzero(counts)
    pools = np.repeat(columns.pools[used], counts[used])
    types = np.repeat(columns.types[used], counts[used])
    starts = np.searchsorted(types, np.arange(len(compiled.types) + 1))
    for t, members in enumerate(compiled.types.members):
        mine = pools[starts[t] : starts[t + 1]]
        assignment[members[: len(mine)]] = mine
    return assignment


def assignment_of(compiled: Compiled, plan: Plan) -> Ints | None:
    """Return the pool of each household in a plan; None if it uses a unit that no plan may use."""
    pool_of = {
        (site.id, unit.id): p
        for p, (site, unit) in enumerate(zip(compiled.pools.sites, compiled.pools.units, strict=True))
    }
    position = {household.id: h for h, household in enumerate(compiled.instance.households)}
    assignment = np.full(len(position), UNPLACED, dtype=np.int64)
    for placement in plan.placements:
        pool = pool_of.get((placement.site, placement.unit))
        if pool is None or compiled.units[compiled.types.of_household[position[placement.household]], pool] == 0:
            return None
        assignment[position[placement.household]] = pool
    return assignment


class Writer:
    """Writes assignments as plans; what stays the same from one to the next is not written anew."""

    def __init__(self, compiled: Compiled) -> None:
        pools = compiled.pools
        alone = shares_by_sex(compiled, "f") | shares_by_sex(compiled, "m")
        one = alone | (pools.sharing == DORMITORY)[np.newaxis, :]
        self._compiled, self._units = compiled, np.where(one, 1, compiled.units)
        self._ids = [household.id for household in compiled.instance.households]
        self._latest: Ints = np.full(len(self._ids), UNPLACED, dtype=np.int64)
        self._placements: list[Placement | None] = [None] * len(self._ids)

    def plan(self, assignment: Ints) -> Plan:
        """Write an assignment as a plan."""
        for h in np.flatnonzero(assignment != self._latest).tolist():
            self._placements[h] = self._placement(h, int(assignment[h]))
        self._latest = assignment.copy()
        unplaced = [self._ids[h] for h in np.flatnonzero(assignment == UNPLACED).tolist()]
        return Plan(placements=tuple(row for row in self._placements if row is not None), unplaced=tuple(unplaced))

    def _placement(self, household: int, pool: int) -> Placement | None:
        if pool == UNPLACED:
            return None
        pools, type_of = self._compiled.pools, self._compiled.types.of_household
        return Placement(
            household=self._ids[household],
            site=pools.sites[pool].id,
            unit=pools.units[pool].id,
            units=int(self._units[type_of[household], pool]),
        )


def plan_of(compiled: Compiled, assignment: Ints) -> Plan:
    """Write an assignment as a plan."""
    return Writer(compiled).plan(assignment)
