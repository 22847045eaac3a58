"""The goals as objectives of the program, one file each."""

from __future__ import annotations

import math
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
    Seats: seats.seats,
    Proximity: proximity.proximity,
    Wishes: wishes.wishes,
    Fit: fit.fit,
    Cost: sites.cost,
    Utility: sites.utility,
    PeerSupport: peer_support.peer_support,
}
_BITS = 2.0**-56  # of the largest sum of a level: parts this small are told apart in whole numbers of 64 bits
_FINEST = 1e-9
_PERSON = 1.0  # the step of whole numbers, which unevenness is not


def objective_of(program: Program, level: Level) -> Objective:
    """Add what the goals of a level need to the program, and return their weighted sum."""
    total = Objective()
    for goal in level.goals:
        if not isinstance(goal, Evenness):
            total += _GOALS[type(goal)](program, goal).times(goal.weight)
    uneven = [goal for goal in level.goals if isinstance(goal, Evenness)]
    if uneven:
        reach = program.reach(total) + sum(goal.weight * evenness.worst(program, goal) for goal in uneven)
        for goal in uneven:
            total += evenness.evenness(program, goal, _steps(program.precision, goal.weight, reach)).times(goal.weight)
    return total


def _steps(precision: float, weight: float, reach: float) -> evenness.Steps:
    """Return the steps in which a measure of unevenness counts: as fine as asked for, and as 64 bits allow.

    Beside goals that weigh much more, what is finer than the last bit of their sum could not be told apart anyhow:
    all measures of a level then count in the same decimal part of that sum.
    """
    finest = max(precision / max(1.0, weight), _FINEST)
    last = 10.0 ** math.ceil(math.log10(reach * _BITS)) / weight if reach else 0.0
    step = max(finest, last)
    return evenness.Steps(finest, 2 * step if step == _PERSON else step)
