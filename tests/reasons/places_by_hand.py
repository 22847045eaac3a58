"""The best places and the cheapest repairs, found by trying everything with check and score."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import dezentral as dz
from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.checks.unit_use import units_needed
from tests.assess.moved import already_broken, newly_broken, with_placement

Problem = tuple[dz.Instance, dz.Policy, dz.Plan]
_MOST = 25  # units or persons that a repair is tried with


def placements(instance: dz.Instance, policy: dz.Policy, key: str) -> Iterator[tuple[dz.Placement, bool]]:
    """Return every placement of a household with the units that it needs, and whether it fits there at all."""
    situation = Situation(instance, policy.rules, dz.Plan())
    household = situation.households[key]
    for site in instance.sites:
        for unit in site.units:
            placed = PlacedHousehold(household, site, unit, 1)
            units: int | None = 1
            if not placed.shares:
                most = household.size if placed.stays else policy.rules.max_units_per_household
                units = units_needed(household.size, partial(situation.capacity, placed), most)
            yield dz.Placement(household=key, site=site.id, unit=unit.id, units=units or 1), units is not None


def best_places(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan, key: str) -> list[tuple[object, ...]]:
    """Return all other places without new violations: change of each level, site, unit, units; best first."""
    before = dz.score(instance, policy, plan)
    here = {(row.site, row.unit) for row in plan.placements if row.household == key}
    found = []
    for placement, _ in placements(instance, policy, key):
        if (placement.site, placement.unit) in here or newly_broken(instance, policy, plan, placement):
            continue
        after = dz.score(instance, policy, with_placement(plan, placement, key))
        changes = tuple(round(new - old, 6) + 0.0 for new, old in zip(after, before, strict=True))
        found.append((changes, placement.site, placement.unit, placement.units))
    return sorted(found)


def can_be_placed(
    instance: dz.Instance, policy: dz.Policy, plan: dz.Plan, key: str, *, site: str | None = None, waived: str = ""
) -> bool:
    """Say whether a household can go somewhere (to one site) without breaking anything anew but a waived rule."""
    before = already_broken(instance, policy, plan)
    return any(
        newly_broken(instance, policy, plan, placement, before) <= {waived}
        for placement, _ in placements(instance, policy, key)
        if site is None or placement.site == site
    )


def more_units(instance: dz.Instance, site: str, unit: str, more: int) -> dz.Instance:
    """Return the instance with more units of one kind."""
    sites = [
        one if one.id != site else _changed(one, units=tuple(
            kind if kind.id != unit else _changed(kind, count=kind.count + more) for kind in one.units
        ))
        for one in instance.sites
    ]  # fmt: skip
    return instance.replace(sites=sites)


def raised(instance: dz.Instance, policy: dz.Policy, target: str, more: int) -> tuple[dz.Instance, dz.Policy]:
    """Return instance and policy with one limit raised, named as in `why_unplaced`."""
    rule, _, whose = target.partition("/")
    rules = policy.rules
    if rule == "site_cap" and whose:
        sites = [
            one if one.id != whose else _changed(one, max_persons=one.max_persons + more) for one in instance.sites
        ]
        return instance.replace(sites=sites), policy
    if rule == "district_cap":
        districts = [
            one if one.id != whose else _changed(one, max_persons=one.max_persons + more) for one in instance.districts
        ]
        return instance.replace(districts=districts), policy
    if rule == "site_cap":
        rules = _changed(rules, max_site_persons=rules.max_site_persons + more)
    else:
        limits = dict(rules.operator_capacity)
        rules = _changed(rules, operator_capacity={**limits, whose: limits[whose] + more})
    return instance, dz.Policy(rules=rules, levels=policy.levels)


def cheapest(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan, key: str) -> float:
    """Return beds or persons of the cheapest repair by trying all: 0 where nothing has to change, inf if none adds."""
    if can_be_placed(instance, policy, plan, key):
        return 0.0
    return min(_costs(instance, policy, plan, key), default=math.inf)


def _costs(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan, key: str) -> Iterator[float]:
    for site in instance.sites:
        for unit in site.units:
            for more in range(1, _MOST):
                if can_be_placed(more_units(instance, site.id, unit.id, more), policy, plan, key, site=site.id):
                    yield float(more * unit.beds)
                    break
    for target in _limits(instance, policy):
        for more in range(1, _MOST):
            if can_be_placed(*raised(instance, policy, target, more), plan, key):
                yield float(more)
                break


def _limits(instance: dz.Instance, policy: dz.Policy) -> Iterator[str]:
    yield from (f"site_cap/{site.id}" for site in instance.sites if site.max_persons is not None)
    yield from (f"district_cap/{one.id}" for one in instance.districts if one.max_persons is not None)
    yield from (f"operator_cap/{key}" for key in policy.rules.operator_capacity)
    if policy.rules.max_site_persons is not None:
        yield "site_cap"


def _changed(record, **changes):
    return type(record)(**{**{name: getattr(record, name) for name in type(record).model_fields}, **changes})
