"""The goals in words: what each counts, and in which unit."""

from __future__ import annotations

from dezentral.cli.numerals import number
from dezentral.domain.policy import Evenness, Goal, Level

_EVENNESS = {
    "chi2": "persons, chi-square distance from the targets",
    "persons_to_move": "persons who would have to move for a perfect spread",
    "max_ratio": "largest ratio of load to target",
}
_MEANING = {
    "keep_housed": "persons who lose the home they have",
    "placed": "persons without a place, weighted by priority",
    "stability": "persons who move to another site",
    "seats": "persons without a seat in a service they need",
    "proximity": "person-metres to services and anchors",
    "wishes": "person-ranks away from the districts wished for",
    "fit": "beds left empty in units in use",
    "cost": "cost of the places, as given",
    "utility": "predicted benefit, negative, as given",
    "peer_support": "persons who seek peer support and find none",
}


def goal_name(goal: Goal) -> str:
    """Return a goal's name as in a policy: ``"Evenness (chi2)"``."""
    name = type(goal).__name__
    return f"{name} ({goal.measure})" if isinstance(goal, Evenness) else name


def goal_meaning(goal: Goal) -> str:
    """Return what a goal counts, with its unit."""
    return _EVENNESS[goal.measure] if isinstance(goal, Evenness) else _MEANING[goal.goal]


def level_name(level: Level) -> str:
    """Return the goals of a level with their weights: ``"Proximity + 1,000 Wishes"``."""
    return " + ".join(
        goal_name(goal) if goal.weight == 1 else f"{number(goal.weight)} {goal_name(goal)}" for goal in level.goals
    )
