"""service_capacity: there are seats for all who are newly placed."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.seating import Shortage, shortages
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted, listed


def service_capacity(situation: Situation) -> Iterator[Violation]:
    """Report kinds with capacities in which no seating gives every newly placed member in need a seat.

    Who stays keeps the seat they have: it is not among the capacities.
    """
    if not situation.rules.service_capacity:
        return
    for shortage in shortages(situation, situation.newly_placed):
        yield Violation.of(
            "service_capacity",
            _message(shortage),
            households=[
                placed.id
                for placed in situation.newly_placed
                if placed.site.id in shortage.sites and shortage.kind in placed.household.needs
            ],
            sites=shortage.sites,
            districts=[situation.sites[key].district for key in shortage.sites],
        )


def _message(shortage: Shortage) -> str:
    where = f"{'site' if len(shortage.sites) == 1 else 'sites'} {listed(shortage.sites)}"
    return (
        f"Newly placed at {where} and in need of a seat of kind {shortage.kind}: "
        f"{counted(shortage.members, 'person')}; services that reach them have {counted(shortage.seats, 'seat')}, "
        f"{shortage.unseated} too few."
    )
