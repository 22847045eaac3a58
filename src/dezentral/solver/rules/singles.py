"""Persons living alone at a site: Σ_{t alone} x[t,p] ≤ ceil(share × places of the site)."""

from __future__ import annotations

import numpy as np

from dezentral.solver.program import UNBOUNDED, Program


def add(program: Program) -> None:
    """Bind the number of persons living alone at every site."""
    compiled = program.compiled
    room = compiled.single_room
    if room is None:
        return
    row_of_site = np.full(len(room), -1, dtype=np.int64)
    for site in np.unique(compiled.pools.site).tolist():
        if room[site] >= 0:
            row_of_site[site] = program.row(-UNBOUNDED, float(room[site]))
    alone = (compiled.types.size == 1).astype(np.float64)
    program.family(row_of_site[compiled.pools.site], alone[:, np.newaxis])
