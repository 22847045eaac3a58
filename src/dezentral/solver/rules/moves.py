"""Moves: households placed at another site than their current one ≤ max_moves.

Who must leave (current site closed or excluded, or fixed elsewhere) does not count. Where it is not yet known whether
a site opens, those who leave it count if it does: counted ≥ Σ x − n·(1 − open).
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled import Compiled
from dezentral.compiled.arrays import Bools
from dezentral.solver.program import UNBOUNDED, Program


def add(program: Program) -> None:
    """Bind the number of moves."""
    compiled = program.compiled
    most = compiled.policy.rules.max_moves
    if most is None:
        return
    row = program.row(-UNBOUNDED, float(most))
    counted = moves(compiled) & ~must_leave(compiled)[:, np.newaxis]
    for site, opens in program.opened.items():
        living = compiled.current == site
        leaving = counted & living[:, np.newaxis]
        if leaving.any():
            counted &= ~living[:, np.newaxis]
            _count_if_open(program, row, leaving, opens)
    program.family(np.full(len(compiled.pools), row), counted.astype(np.float64))


def _count_if_open(program: Program, row: int, leaving: Bools, opens: int) -> None:
    """Count those who leave a site if it opens."""
    everybody = float(program.counts[leaving.any(axis=1)].sum())
    number = program.variable(0.0, everybody)
    program.add(row, number, 1.0)
    link = program.row(-UNBOUNDED, everybody)
    program.family(np.full(leaving.shape[1], link), leaving.astype(np.float64))
    program.add(link, number, -1.0)
    program.add(link, opens, everybody)


def moves(compiled: Compiled) -> Bools:
    """Say which placements are moves from the current site, shape (n_types, n_pools)."""
    current = compiled.current[:, np.newaxis]
    moved: Bools = (current >= 0) & (current != compiled.pools.site[np.newaxis, :])
    return moved


def must_leave(compiled: Compiled) -> Bools:
    """Say which types cannot stay where they live, shape (n_types,)."""
    places = compiled.places
    out = np.zeros(len(compiled.types), dtype=np.bool_)
    for t, household in enumerate(compiled.types.first):
        if household.current_site is None:
            continue
        site = places.sites[compiled.current[t]]
        out[t] = (
            not places.is_open[compiled.current[t]]
            or site.id in household.excluded_sites
            or site.district in household.excluded_districts
            or household.fixed_site not in (None, site.id)
        )
    return out
