"""A plan as the new present."""

from __future__ import annotations

from dezentral.domain.arguments import require_all
from dezentral.domain.household import Household
from dezentral.domain.instance import Instance
from dezentral.domain.plan import Plan, require_match
from dezentral.errors import Fault, PlanError


def households_after(instance: Instance, plan: Plan, *, fix_overrides: bool) -> tuple[Household, ...]:
    """Return the households as they live once the plan is carried out."""
    require_all(lambda: require_match(instance, plan), lambda: _require_choice(fix_overrides))
    placed = {placement.household: placement for placement in plan.placements}
    by_hand = {override.household for override in plan.overrides} if fix_overrides else set()
    moved = []
    for household in instance.households:
        placement = placed.get(household.id)
        changes: dict[str, str | None] = {
            "current_site": placement.site if placement else None,
            "current_unit": placement.unit if placement else None,
        }
        if placement and household.id in by_hand:
            changes["fixed_site"] = placement.site
        moved.append(household.model_copy(update=changes))
    return tuple(moved)


def _require_choice(fix_overrides: object) -> None:
    if not isinstance(fix_overrides, bool):
        raise PlanError.of([Fault("arguments", "fix_overrides", fix_overrides, "True or False")])
