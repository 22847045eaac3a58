"""Plans with one household elsewhere, and what the specification says that they newly break."""

from __future__ import annotations

import re
from collections import Counter

import dezentral as dz

_OWN = {"open", "admits", "requires", "excluded", "fixed", "district_share", "max_distance", "min_stay"}


def with_placement(plan: dz.Plan, placement: dz.Placement | None, household: str) -> dz.Plan:
    """Return the plan with one household elsewhere, or unplaced."""
    others = [row for row in plan.placements if row.household != household]
    left = [key for key in plan.unplaced if key != household]
    if placement is None:
        return dz.Plan(placements=others, unplaced=[*left, household])
    return dz.Plan(placements=[*others, placement], unplaced=left)


def newly_broken(
    instance: dz.Instance, policy: dz.Policy, plan: dz.Plan, placement: dz.Placement,
    before: Counter[tuple[str, ...]] | None = None,
) -> set[str]:  # fmt: skip
    """Return the rules that a placement breaks: of its household alone, or more than the plan breaks them already.

    How much a rule about many is broken is read from the figures in its message; `before` is what the plan breaks.
    """
    key = placement.household
    changed = with_placement(plan, placement, key)
    before = already_broken(instance, policy, plan) if before is None else before
    broken = set()
    for violation in dz.check(instance, policy, changed):
        if violation.rule in _OWN or _is_own_units(violation):
            if violation.households == (key,):
                broken.add(violation.rule)
        elif violation.rule == "relation":
            if _pair_broken(instance, policy, changed, key):
                broken.add("relation")
        elif _amount(violation) > before.get(_about(violation), 0):
            broken.add(violation.rule)
    return broken


def already_broken(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan) -> Counter[tuple[str, ...]]:
    """Return how far a plan breaks each rule about many."""
    before = Counter[tuple[str, ...]]()
    for violation in dz.check(instance, policy, plan):
        before[_about(violation)] = max(before[_about(violation)], _amount(violation))
    return before


def _is_own_units(violation: dz.Violation) -> bool:
    return violation.rule == "units" and violation.message.startswith("Household")


def _about(violation: dz.Violation) -> tuple[str, ...]:
    """Return what tells a violation from others of its rule, however large it is."""
    unit = re.findall(r"of kind (\S+?)[;.,]", violation.message) if violation.rule == "units" else []
    kind = re.findall(r"seat of kind (\S+?):", violation.message) if violation.rule == "service_capacity" else []
    sites = () if violation.rule == "service_capacity" else violation.sites
    return violation.rule, *sites, *violation.districts * (violation.rule == "district_cap"), *unit, *kind


def _amount(violation: dz.Violation) -> int:
    """Return persons, units or households beyond the limit, or who newly enter where nobody may."""
    message = violation.message
    patterns = (r"the plan adds (\d+)", r"would have (\d+)", r"the plan uses (\d+)", r"(\d+) too few", r": (\d+) house")
    return next((int(found[0]) for found in (re.findall(pattern, message) for pattern in patterns) if found), 0)


def _pair_broken(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan, key: str) -> bool:
    """Say whether the household and a single other one break a relation between the two."""
    for relation in instance.relations:
        for other in set(relation.households) - {key}:
            if key in relation.households:
                pair = dz.Relation(kind=relation.kind, households=(key, other))
                alone = instance.replace(relations=[pair])
                if any(violation.rule == "relation" for violation in dz.check(alone, policy, plan)):
                    return True
    return False
