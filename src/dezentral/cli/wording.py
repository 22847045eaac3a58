"""Goals, levels and statuses: as policies and results write them, or in German."""

from __future__ import annotations

from dezentral.domain.policy import Evenness, Goal, Level
from dezentral.solver import Status
from dezentral.wording import Language, number, say
from dezentral.wording import goal_name as translated


def goal_name(goal: Goal, language: Language = "en") -> str:
    """Return a goal's name; in English as in a policy: ``"Evenness (chi2)"``."""
    if language != "en":
        return translated(goal, language)
    name = type(goal).__name__
    return f"{name} ({goal.measure})" if isinstance(goal, Evenness) else name


def level_name(level: Level, language: Language = "en") -> str:
    """Return the goals of a level with their weights: ``"Proximity + 1,000 Wishes"``."""
    return " + ".join(
        goal_name(goal, language)
        if goal.weight == 1
        else f"{number(goal.weight, language)} {goal_name(goal, language)}"
        for goal in level.goals
    )


def status_name(status: Status, language: Language = "en") -> str:
    """Return what a solve ended with; in English as in a result: ``"OPTIMAL"``."""
    return status.value if language == "en" else say(f"report.status.{status}", language)
