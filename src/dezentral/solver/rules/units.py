"""Units: Σ_p x[t,p] ≤ n_t for every type (= where fixed), and no pool gives more than it has.

household:  Σ_t k[t,p]·x[t,p] ≤ count_p;  and, valid for whole households only, Σ_t ⌊k[t,p]/j⌋·x[t,p] ≤ ⌊count_p/j⌋
            for j = 2, 3, … up to the largest k: of 7 rooms no more than 3 pairs can be made (Chvátal, 1973)
dormitory:  Σ_t size_t·x[t,p] ≤ count_p·cap1_p
same_sex:   Σ_{t with own units} k[t,p]·x[t,p] + U_f + U_m ≤ count_p,  Σ_{t alone, sex s} x[t,p] ≤ cap1_p·U_s
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled import DORMITORY, SAME_SEX, Compiled
from dezentral.compiled.arrays import Bools, Ints
from dezentral.solver.program import UNBOUNDED, Program


def add(program: Program) -> None:
    """Bind placements to households and units."""
    compiled = program.compiled
    pools, types = compiled.pools, compiled.types
    for t, household in enumerate(types.first):
        count = float(types.count[t])
        row = program.row(count if household.fixed_site is not None else 0.0, count)
        assert row == t, "row t is the households of type t: pricing relies on it"  # noqa: S101
    room = np.where(pools.sharing == DORMITORY, pools.count * pools.cap1, pools.count)
    rows = np.array([program.row(-UNBOUNDED, float(r)) for r in room], dtype=np.int64)
    shared = shares_by_sex(compiled, "f") | shares_by_sex(compiled, "m")
    by_place = (pools.sharing == DORMITORY)[np.newaxis, :]
    taken = np.where(by_place, types.size[:, np.newaxis], np.where(shared, 0, compiled.units))
    program.family(rows, taken.astype(np.float64))
    program.unit_rows = rows
    _whole_groups(program, np.where(shared | by_place | ~program.allowed, 0, compiled.units))
    for sex in ("f", "m"):
        sharing = shares_by_sex(compiled, sex)
        used = sharing.any(axis=0) & (compiled.units > 0).any(axis=0)
        sex_rows = np.full(len(pools), -1, dtype=np.int64)
        for p in np.flatnonzero(used & (pools.cap1 > 0)).tolist():
            sex_rows[p] = program.row(-UNBOUNDED, 0.0)
            units = program.variable(0.0, float(pools.count[p]))
            program.shared_units.setdefault(p, []).append(units)
            program.add(int(sex_rows[p]), units, -float(pools.cap1[p]))
            program.add(int(rows[p]), units, 1.0)
        program.family(sex_rows, sharing.astype(np.float64))


def _whole_groups(program: Program, units: Ints) -> None:
    """Bound households that take several units by the groups of that many that a pool can make."""
    count = program.compiled.pools.count
    most = units.max(axis=0, initial=0)
    for j in range(2, int(most.max(initial=0)) + 1):
        split = (most >= j) & (count % j != 0)
        rows = [program.row(-UNBOUNDED, float(n // j)) if s else -1 for n, s in zip(count, split, strict=True)]
        if split.any():
            program.group_rows[j] = np.array(rows, dtype=np.int64)
            program.family(program.group_rows[j], (units // j).astype(np.float64))


def shares_by_sex(compiled: Compiled, sex: str) -> Bools:
    """Say where persons of a sex who live alone share units, shape (n_types, n_pools)."""
    alone = np.array([h.size == 1 and h.sex == sex for h in compiled.types.first], dtype=np.bool_)
    shared: Bools = alone[:, np.newaxis] & (compiled.pools.sharing == SAME_SEX)[np.newaxis, :]
    return shared
