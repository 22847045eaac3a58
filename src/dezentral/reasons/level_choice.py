"""Which level of a policy is meant."""

from __future__ import annotations

from dezentral.domain.policy import Goal, Level, Policy
from dezentral.errors import Fault, PolicyError
from dezentral.reasons.whole import is_whole


def require_level(policy: Policy, level: object) -> int:
    """Return the position (from 0) of a level given by its number from 1 on, or by a goal that it alone has.

    Raises
    ------
    PolicyError
        If no level is meant, or several are.
    """
    found = [i for i, own in enumerate(policy.levels) if _is_meant(own, i + 1, level)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{i} ({' + '.join(goal.goal for goal in own.goals)})" for i, own in enumerate(policy.levels, 1))
    allowed = f"the number of a level, or a goal that one level alone has: {names}"
    raise PolicyError.of([Fault("frontier", "level", level, allowed)])


def _is_meant(level: Level, number: int, given: object) -> bool:
    if is_whole(given):
        return given == number
    return any(_is_goal(goal, given) for goal in level.goals)


def _is_goal(goal: Goal, given: object) -> bool:
    if isinstance(given, str):
        return given.replace("_", "").casefold() == goal.goal.replace("_", "")
    return given is type(goal) or (isinstance(given, type(goal)) and given == goal)
