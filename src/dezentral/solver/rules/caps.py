"""Caps on persons at a site, in a district, of an operator: Σ size_t·x[t,p] ≤ cap − housed over the group's pools.

Where today already exceeds the cap, nobody new enters (`dezentral.compiled.compatible`) and no row is needed.
"""

from __future__ import annotations

import numpy as np

from dezentral.solver.program import UNBOUNDED, Program


def add(program: Program) -> None:
    """Bind the persons of every capped group."""
    compiled = program.compiled
    size = compiled.types.size[:, np.newaxis].astype(np.float64)
    for cap in compiled.places.caps:
        inside = cap.sites[compiled.pools.site]
        if cap.room is not None and inside.any():
            row = program.row(-UNBOUNDED, float(cap.room))
            program.family(np.where(inside, row, -1), size)
