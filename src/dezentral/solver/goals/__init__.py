"""The goals as objectives of the program, one file each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dezentral.domain.policy import (
    Cost,
    Evenness,
    Fit,
    Goal,
    KeepHoused,
    Level,
    PeerSupport,
    Placed,
    Proximity,
    Seats,
    Stability,
    Utility,
    Wishes,
)
from dezentral.solver.goals import evenness, fit, peer_support, placed, proximity, seats, sites, wishes
from dezentral.solver.program import Objective, Program

_GOALS: dict[type[Goal], Callable[[Program, Any], Objective]] = {
    KeepHoused: placed.keep_housed,
    Placed: placed.placed,
    Stability: placed.stability,
    Evenness: evenness.evenness,
    Seats: seats.seats,
    Proximity: proximity.proximity,
    Wishes: wishes.wishes,
    Fit: fit.fit,
    Cost: sites.cost,
    Utility: sites.utility,
    PeerSupport: peer_support.peer_support,
}


def objective_of(program: Program, level: Level) -> Objective:
    """Add what the goals of a level need to the program, and return their weighted sum."""
    total = Objective()
    for goal in level.goals:
        total += _GOALS[type(goal)](program, goal).times(goal.weight)
    return total
