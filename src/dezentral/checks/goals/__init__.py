"""The goals: one function for each, in the order of the policy's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dezentral.checks.goals.amounts import cost, utility
from dezentral.checks.goals.evenness import evenness
from dezentral.checks.goals.fit import fit
from dezentral.checks.goals.housing import keep_housed, moved, unplaced
from dezentral.checks.goals.peer_support import peer_support
from dezentral.checks.goals.proximity import proximity
from dezentral.checks.goals.seats import seats
from dezentral.checks.goals.wishes import wishes
from dezentral.checks.situation import Situation
from dezentral.domain.policy import (
    Cost,
    Evenness,
    Fit,
    KeepHoused,
    PeerSupport,
    Placed,
    Proximity,
    Seats,
    Stability,
    Utility,
    Wishes,
)

GOALS: Mapping[type, Callable[[Situation, Any], float]] = {
    KeepHoused: keep_housed,
    Placed: unplaced,
    Stability: moved,
    Evenness: evenness,
    Seats: seats,
    Proximity: proximity,
    Wishes: wishes,
    Fit: fit,
    Cost: cost,
    Utility: utility,
    PeerSupport: peer_support,
}
