"""What a plan breaks and what it is worth: an independent, slow and simple second reading of the specification."""

from __future__ import annotations

from dezentral import Instance, Level, Plan, Policy
from tests.oracle.facts import Facts, Place, Placements
from tests.oracle.goals import goal_value
from tests.oracle.rules import RULES


def placements_of(plan: Plan) -> Placements:
    return {
        placement.household: Place(placement.site, placement.unit, placement.units) for placement in plan.placements
    }


def violated_rules(instance: Instance, policy: Policy, plan: Plan) -> set[str]:
    """Return the names of the rules that a plan breaks."""
    facts, placements = Facts(instance, policy), placements_of(plan)
    return {name for name, breaks in RULES.items() if breaks(facts, placements)}


def level_values(instance: Instance, policy: Policy, plan: Plan) -> tuple[float, ...]:
    """Return what each level of the policy is worth."""
    facts, placements = Facts(instance, policy), placements_of(plan)
    return tuple(level_value(facts, level, placements) for level in policy.levels)


def level_value(facts: Facts, level: Level, placements: Placements) -> float:
    return sum(goal.weight * goal_value(facts, goal, placements) for goal in level.goals)
