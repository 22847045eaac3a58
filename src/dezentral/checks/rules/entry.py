"""admits, requires: a site lets the household in, and its unit has what the household must have."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.rules.wording import about, who
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import listed


def admits(situation: Situation) -> Iterator[Violation]:
    """Report who is newly placed at a site and has none of the traits that it admits."""
    for placed in situation.newly_placed:
        admitted = placed.site.admits
        if admitted is not None and not admitted & placed.household.traits:
            whom = f"only households with the trait {listed(sorted(admitted), 'or')}" if admitted else "nobody"
            text = f"{who(placed)} is newly placed at site {placed.site.id}, which admits {whom}."
            yield about(placed, "admits", text)


def requires(situation: Situation) -> Iterator[Violation]:
    """Report who is newly placed and misses a required feature in the unit and at the site."""
    for placed in situation.newly_placed:
        missing = placed.household.requires - placed.unit.features - placed.site.features
        if missing:
            yield about(
                placed,
                "requires",
                f"{who(placed)} needs {listed(sorted(missing))}, "
                f"which units of kind {placed.unit.id} at site {placed.site.id} do not have.",
            )
