"""From the regions' plans to one plan of the whole that breaks no rule."""

from __future__ import annotations

from collections.abc import Iterable

from dezentral.checks import check
from dezentral.domain import Instance, Placement, Plan
from dezentral.domain.policy import Policy
from dezentral.strategy.regions_parts import Part


def assembled(instance: Instance, policy: Policy, parts: Iterable[tuple[Part, Plan]]) -> Plan | None:
    """Join the regions' plans; whoever breaks a rule of the whole is left unplaced. None if that does not help.

    Only what binds across regions can break: relations between households who were to stay, shares of a cap that
    those who stay exceed.
    """
    placements = {
        placement.household: placement
        for part, plan in parts
        for placement in plan.placements
        if placement.household in part.assigned
    }
    fixed = {household.id for household in instance.households if household.fixed_site is not None}
    plan = _plan(instance, placements)
    while violations := check(instance, policy, plan):
        guilty = sorted(
            {key for violation in violations for key in violation.households if key in placements and key not in fixed}
        )
        if not guilty:
            return None
        del placements[guilty[-1]]
        plan = _plan(instance, placements)
    return plan


def _plan(instance: Instance, placements: dict[str, Placement]) -> Plan:
    unplaced = tuple(household.id for household in instance.households if household.id not in placements)
    return Plan(placements=tuple(placements.values()), unplaced=unplaced)
