"""Policies: rules and goals as data."""

from dezentral.domain.policy.goals import (
    COUNTS_IN_PERSONS,
    Cost,
    Evenness,
    Fit,
    Goal,
    GoalField,
    KeepHoused,
    PeerSupport,
    Placed,
    Proximity,
    Seats,
    Stability,
    Utility,
    Wishes,
)
from dezentral.domain.policy.level import Level
from dezentral.domain.policy.policy import Policy
from dezentral.domain.policy.rules import Rules

__all__ = [
    "COUNTS_IN_PERSONS",
    "Cost",
    "Evenness",
    "Fit",
    "Goal",
    "GoalField",
    "KeepHoused",
    "Level",
    "PeerSupport",
    "Placed",
    "Policy",
    "Proximity",
    "Rules",
    "Seats",
    "Stability",
    "Utility",
    "Wishes",
]
