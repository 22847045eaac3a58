"""Service capacity: a seating gives every newly placed member in need a seat, in the kinds that have capacities."""

from __future__ import annotations

import numpy as np

from dezentral.solver.program import Program
from dezentral.solver.seating import kinds_with_capacities, members_in_need, seat


def add(program: Program) -> None:
    """Demand a seat for every member of a new placement."""
    compiled = program.compiled
    if not compiled.policy.rules.service_capacity:
        return
    for kind in kinds_with_capacities(compiled):
        members = members_in_need(compiled, kind) * ~compiled.stays
        nowhere = seat(program, kind, members, unmet=None)
        if nowhere.any():
            row = program.row(0.0, 0.0)
            program.family(np.where(nowhere, row, -1), members)
