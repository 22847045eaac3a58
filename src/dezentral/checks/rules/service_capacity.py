"""service_capacity: there are seats for all who are newly placed."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.seating import Shortage, shortages
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted, figure, listed
from dezentral.wording import Language, say, term


def service_capacity(situation: Situation) -> Iterator[Violation]:
    """Report kinds with capacities in which no seating gives every newly placed member in need a seat.

    Who stays keeps the seat they have: it is not among the capacities.
    """
    if not situation.rules.service_capacity:
        return
    for shortage in shortages(situation, situation.newly_placed):
        yield Violation.of(
            "service_capacity",
            _message(shortage, situation.language),
            households=[
                placed.id
                for placed in situation.newly_placed
                if placed.site.id in shortage.sites and shortage.kind in placed.household.needs
            ],
            sites=shortage.sites,
            districts=[situation.sites[key].district for key in shortage.sites],
        )


def _message(shortage: Shortage, language: Language) -> str:
    amount = "one" if len(shortage.sites) == 1 else "several"
    return say(
        "violation.service_capacity",
        language,
        where=say(f"violation.where.{amount}", language, sites=listed(shortage.sites, language)),
        kind=term(shortage.kind, language),
        members=counted(shortage.members, "person", language),
        seats=counted(shortage.seats, "seat", language),
        short=figure(shortage.unseated, language),
    )
