"""Seats: members needing a kind with capacities who get no seat, by a best seating."""

from __future__ import annotations

from dezentral.domain.policy import Seats
from dezentral.solver.program import Objective, Program
from dezentral.solver.seating import kinds_with_capacities, members_in_need, seat


def seats(program: Program, _goal: Seats) -> Objective:
    """Return the members without a seat: those whom no flow reaches, and all where no service reaches."""
    compiled = program.compiled
    total = Objective()
    for kind in kinds_with_capacities(compiled):
        members = members_in_need(compiled, kind)
        lacking = program.variable(0.0, float(members[:, 0] @ compiled.types.count))
        nowhere = seat(program, kind, members, unmet=lacking)
        total += Objective(costs=members * nowhere, auxiliary={lacking: 1.0})
    return total
