"""keep_housed, placed, stability: persons who lose their home, get none, have to move."""

from __future__ import annotations

from dezentral.checks.situation import Situation, persons
from dezentral.domain.policy import KeepHoused, Placed, Stability


def keep_housed(situation: Situation, _goal: KeepHoused) -> float:
    """Return the persons of households with a `current_site` who are left unplaced."""
    return persons(one for one in situation.unplaced if one.current_site is not None)


def unplaced(situation: Situation, _goal: Placed) -> float:
    """Return Σ size × priority of unplaced households (weighted persons)."""
    return sum(one.size * one.priority for one in situation.unplaced)


def moved(situation: Situation, _goal: Stability) -> float:
    """Return the persons placed at another site than their current one."""
    return persons(one for one in situation.placed if one.moves)
