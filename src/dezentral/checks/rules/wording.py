"""How violations name those whom they concern."""

from __future__ import annotations

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted
from dezentral.domain import Household


def who(one: Household | PlacedHousehold) -> str:
    """Return ``"Household h1 (3 persons)"``."""
    return f"Household {one.id} ({counted(one.size, 'person')})"


def about(placed: PlacedHousehold, rule: str, message: str) -> Violation:
    """Build a violation that concerns a single placement."""
    return Violation.of(
        rule,
        message,
        households=[placed.id],
        sites=[placed.site.id],
        districts=[placed.site.district],
    )
