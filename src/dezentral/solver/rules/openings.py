"""Openings: a site that may open takes nobody unless it does, and what opens keeps within budget and number.

open_c in {0, 1} for every such site c:   Σ_c cost_c·open_c ≤ budget,   Σ_c open_c ≤ most
Every row Σ a·x ≤ b so far that bounds only what goes on at c (its units, groups of units, persons, persons living
alone) becomes Σ a·x − b·open_c ≤ 0. Nobody is placed without taking units, so that nothing more is needed.
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Ints
from dezentral.solver.openings import Openings, slack_of
from dezentral.solver.program import UNBOUNDED, Program


def add(program: Program) -> None:
    """Bind placements at sites that may open to their opening."""
    openings = program.openings
    if openings is None:
        return
    index = program.compiled.places.site_index
    program.opened = {
        index[key]: program.variable(float(key in openings.surely), float(key not in openings.never))
        for key in openings.costs
    }
    never = [index[key] for key in sorted(openings.never)]
    program.allowed = program.allowed & ~np.isin(program.compiled.pools.site, never)
    for row, site in enumerate(_site_of_row(program).tolist()):
        if site in program.opened:
            program.add(row, program.opened[site], -program.upper[row])
            program.upper[row] = 0.0
    _limits(program, openings)


def _site_of_row(program: Program) -> Ints:
    """Return the one site that a row from above is about, −1 where there is none or are several."""
    site = program.compiled.pools.site
    none = len(program.compiled.places.sites)
    first, last = np.full(len(program.lower), none), np.full(len(program.lower), -1)
    for family in program.families:
        some = family.rows >= 0
        np.minimum.at(first, family.rows[some], site[some])
        np.maximum.at(last, family.rows[some], site[some])
    upper = np.array(program.upper)
    bounds = np.isneginf(program.lower) & np.isfinite(upper) & (upper > 0)
    return np.where(bounds & (first == last), first, -1)


def _limits(program: Program, openings: Openings) -> None:
    variables = list(program.opened.values())
    if openings.budget is not None:
        row = program.opening_rows["budget"] = program.row(-UNBOUNDED, openings.budget + slack_of(openings.budget))
        for variable, cost in zip(variables, openings.costs.values(), strict=True):
            program.add(row, variable, cost)
    if openings.most is not None:
        row = program.opening_rows["number"] = program.row(-UNBOUNDED, float(openings.most))
        for variable in variables:
            program.add(row, variable, 1.0)
