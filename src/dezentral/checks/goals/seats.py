"""seats: members who need a kind with capacities and get no seat."""

from __future__ import annotations

from dezentral.checks.seating import shortages
from dezentral.checks.situation import Situation
from dezentral.domain.policy import Seats


def seats(situation: Situation, _goal: Seats) -> float:
    """Return the members without a seat in a best seating of all who are placed, those who stay included."""
    return sum(shortage.unseated for shortage in shortages(situation, situation.placed))
