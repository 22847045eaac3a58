"""What unevenness may be due to, and each of them lifted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from dezentral.assess.changed import in_units_of
from dezentral.assess.changed_rules import lifted
from dezentral.assess.changed_space import (
    person_by_person,
    places_for_persons,
    plan_of_persons,
    unlimited_units,
    without_distant_goals,
)
from dezentral.checks import RULE_NAMES
from dezentral.checks.situation import Situation
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy

Problem = tuple[Instance, Policy]
SPACE = ("capacity", "unit_sizes", "area")
RULES = tuple(rule for rule in RULE_NAMES if rule not in {"units", "fixed"})
PEOPLE = ("fixed", "current", "household_sizes")


@dataclass(frozen=True, slots=True)
class Lifted:
    """A problem with some causes lifted, and a plan of the original as a plan of it.

    Attributes
    ----------
    instance, policy
        The changed problem.
    start
        The plan; it breaks nothing where it broke nothing before.
    free_to_move
        Whether the plan may be left without regard to who lives where today.
    """

    instance: Instance
    policy: Policy
    start: Plan
    free_to_move: bool


def causes_in_force(instance: Instance, policy: Policy) -> tuple[str, ...]:
    """Return the causes that can bind, in the order in which they are lifted one after another.

    Space and people always can; a rule, if there is anything that it rules.
    """
    rules = tuple(rule for rule in RULES if _is_in_force(instance, policy, rule))
    area = policy.rules.min_area_per_person_m2 is not None
    return (*(cause for cause in SPACE if cause != "area" or area), *rules, *PEOPLE)


def lift(instance: Instance, policy: Policy, plan: Plan, causes: Collection[str]) -> Lifted:
    """Return the problem with some causes lifted; more causes never allow less.

    Parameters
    ----------
    instance, policy, plan
        The original.
    causes
        Of `SPACE`, `RULES` and `PEOPLE`.
    """
    rules = {cause for cause in causes if cause in RULE_NAMES}
    if "current" in causes:
        rules.add("max_moves")
    problem = lifted(without_distant_goals(instance), policy, rules)
    for cause, change in _SPACE.items():
        if cause in causes:
            problem = change(*problem)
    if "household_sizes" in causes:
        changed, loosened = person_by_person(*problem)
        return Lifted(changed, loosened, plan_of_persons(instance, plan), "current" in causes)
    return Lifted(*problem, in_units_of(*problem, plan), "current" in causes)


def _without_area(instance: Instance, policy: Policy) -> Problem:
    rules = policy.rules.model_copy(update={"min_area_per_person_m2": None})
    return instance, Policy(rules=rules, levels=policy.levels)


_SPACE: Mapping[str, Callable[[Instance, Policy], Problem]] = {
    "area": _without_area,  # before unit sizes, which counts places as area allows
    "capacity": unlimited_units,
    "unit_sizes": places_for_persons,
}


def _is_in_force(instance: Instance, policy: Policy, rule: str) -> bool:
    if rule == "open":
        situation = Situation(instance, policy.rules, Plan())
        return not all(situation.is_open(site) for site in instance.sites)
    return lifted(instance, policy, {rule}) != (instance, policy)
