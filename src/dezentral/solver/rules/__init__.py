"""The rules as rows of the program, one file each, in one visible order.

Rules that forbid single placements (open, admits, requires, excluded, district_share, max_distance, min_stay, and caps
that today already exceeds) are in `dezentral.compiled.compatible`: such a column does not exist.
"""

from __future__ import annotations

from dezentral.solver.program import Program
from dezentral.solver.rules import caps, moves, openings, relations, seats, singles, units

_RULES = (units.add, caps.add, singles.add, openings.add, moves.add, relations.add, seats.add)


def add_rules(program: Program) -> None:
    """Add every rule of the policy."""
    for add in _RULES:
        add(program)
