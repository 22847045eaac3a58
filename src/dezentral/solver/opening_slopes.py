"""A line in the openings below the value of every choice, from the prices of one relaxation.

At prices of all rows but those about a single site that may open, let every household pay for its best place at full
prices; then a plan costs no less than

    base + Σ_c slope_c·open_c,    −slope_c = what households could gain at c at most, if it opens.

That gain is what c's own prices say, or the best filling of its units in which households are placed in part but each
only once, whichever is less: the latter where c stays closed, where any price of its units is high enough to be a
solver's (Magnanti and Wong, 1981).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.compiled import DORMITORY
from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.pricing import auxiliary_costs, cheapest_ends, paid, price, valid
from dezentral.solver.program import Objective, Program
from dezentral.solver.rules.units import shares_by_sex


@dataclass(frozen=True)
class Line:
    """Such a line; slopes by position of the site."""

    base: float
    slopes: dict[int, float]


def line_of(program: Program, objective: Objective, duals: Floats) -> Line:
    """Draw the line of some prices.

    Parameters
    ----------
    duals
        One per row, shape (n_rows,).
    """
    duals = valid(program, duals)
    owners = _owners(program)
    bare = np.where(owners >= 0, 0.0, duals)
    full, free = price(program, objective, duals), price(program, objective, bare)
    before, after = auxiliary_costs(program, objective, bare), auxiliary_costs(program, objective, duals)
    opened = np.array(list(program.opened.values()), dtype=np.int64)
    parts = before * cheapest_ends(program, before)
    own = after * cheapest_ends(program, after) - parts
    gains = np.zeros(len(program.compiled.places.sites))
    np.subtract.at(gains, owners[owners >= 0], paid(program, duals)[owners >= 0])
    of_site = _owned(program, owners)
    np.subtract.at(gains, of_site[of_site >= 0], own[of_site >= 0])
    best = _fillings(program, full.cheapest[:, np.newaxis] - free.reduced)
    base = free.bound + (full.cheapest - free.cheapest) @ program.counts - parts[opened].sum()
    slopes = {
        site: max(float(after[variable] - gains[site]), float(before[variable] - best[site]))
        for site, variable in program.opened.items()
    }
    return Line(float(base), slopes)


def _owners(program: Program) -> Ints:
    """Return the one site that may open and that alone a row is about, −1 where there is none, shape (n_rows,)."""
    site = program.compiled.pools.site
    first, last = np.full(len(program.lower), len(site)), np.full(len(program.lower), -1)
    for family in program.families:
        some = family.rows >= 0
        np.minimum.at(first, family.rows[some], site[some])
        np.maximum.at(last, family.rows[some], site[some])
    for row, _, pool, _ in program.cells:
        first[row], last[row] = min(first[row], site[pool]), max(last[row], site[pool])
    return np.where((first == last) & np.isin(first, list(program.opened)), first, -1)


def _owned(program: Program, owners: Ints) -> Ints:
    """Return the site whose own rows an auxiliary variable is in, −1 where there is none, shape (n_auxiliary,)."""
    of_site = np.full(len(program.grain), -1)
    for row, variable, _ in program.auxiliary_cells:
        if owners[row] >= 0:
            of_site[variable] = owners[row]
    of_site[list(program.opened.values())] = -1
    return of_site


def _fillings(program: Program, gains: Floats) -> Floats:
    """Return what the best filling of every site that may open gains, shape (n_sites,).

    Parameters
    ----------
    gains
        Of a household that is placed, shape (n_types, n_pools).
    """
    compiled = program.compiled
    pools, size = compiled.pools, compiled.types.size[:, np.newaxis]
    shared = shares_by_sex(compiled, "f") | shares_by_sex(compiled, "m")
    units = np.where(shared, 1.0 / np.maximum(pools.cap1, 1), compiled.units)
    taken = np.where(pools.sharing == DORMITORY, size / np.maximum(pools.cap1, 1), units)
    best = np.zeros(len(compiled.places.sites))
    for p in np.flatnonzero(np.isin(pools.site, list(program.opened))).tolist():
        types = np.flatnonzero(program.allowed[:, p] & (gains[:, p] > 0))
        types = types[np.argsort(-gains[types, p] / taken[types, p], kind="stable")]
        needed = taken[types, p] * program.counts[types]
        left = pools.count[p] - (np.cumsum(needed) - needed)
        best[pools.site[p]] += gains[types, p] @ (np.clip(left, 0.0, needed) / taken[types, p])
    return best
