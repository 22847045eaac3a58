"""Fit: Σ over unit kinds that are no dormitory max(0, units in use × cap(1) − persons in them)."""

from __future__ import annotations

import numpy as np

from dezentral.compiled import DORMITORY
from dezentral.domain.policy import Fit
from dezentral.solver.program import UNBOUNDED, Objective, Program
from dezentral.solver.rules.units import shares_by_sex


def fit(program: Program, _goal: Fit) -> Objective:
    """Return the empty beds: one variable per pool, at least the linear balance of the pool and at least 0.

    Where no household takes more persons than beds count (units × cap(1) ≥ size), the balance is never negative
    and stands for itself; rows are added for the other pools.
    """
    compiled = program.compiled
    pools, types = compiled.pools, compiled.types
    per_unit = np.where(compiled.stays, pools.beds[np.newaxis, :], pools.cap1[np.newaxis, :])
    shared = shares_by_sex(compiled, "f") | shares_by_sex(compiled, "m")
    empty = np.where(shared, 0, compiled.units * per_unit) - types.size[:, np.newaxis]
    empty = np.where((pools.sharing == DORMITORY) | (compiled.units == 0), 0, empty).astype(np.float64)
    # Shared units are counted by variables; only these make their balance whole.
    rows = np.full(len(pools), -1, dtype=np.int64)
    auxiliary: dict[int, float] = {}
    crowded = (empty < -shared.astype(np.float64)).any(axis=0)
    for p in np.flatnonzero(crowded).tolist():
        rows[p] = program.row(-UNBOUNDED, 0.0)
        beds = program.variable(0.0, float(pools.count[p] * max(pools.beds[p], pools.cap1[p])))
        program.add(int(rows[p]), beds, -1.0)
        auxiliary[beds] = 1.0
    for p, units in program.shared_units.items():
        for variable in units:
            if rows[p] >= 0:
                program.add(int(rows[p]), variable, float(pools.cap1[p]))
            else:
                auxiliary[variable] = float(pools.cap1[p])
    program.family(rows, empty)
    return Objective(costs=np.where(rows[np.newaxis, :] >= 0, 0.0, empty), auxiliary=auxiliary)
