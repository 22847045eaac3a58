"""Short words for small cases: two districts of equal weight, sites, and plans written as ``h="s/u"``."""

from __future__ import annotations

from typing import Any

from dezentral import District, Household, Instance, Level, Placement, Plan, Policy, Rules, Site, Unit
from dezentral.domain.policy import Goal
from tests.oracle.semantics import level_values, violated_rules


def unit(key: str = "u", beds: int = 4, count: int = 9, **more: Any) -> Unit:
    return Unit(id=key, beds=beds, count=count, **more)


def site(key: str = "s", *units: Unit, district: str = "a", **more: Any) -> Site:
    return Site(id=key, district=district, units=units or (unit(),), **{"x": 0.0, "y": 0.0, **more})


def household(key: str = "h", size: int = 1, **more: Any) -> Household:
    return Household(id=key, size=size, **more)


def city(*records: Site | Household, **more: Any) -> Instance:
    districts = (District(id="a", population=100), District(id="b", population=100))
    sites = [record for record in records if isinstance(record, Site)]
    households = [record for record in records if isinstance(record, Household)]
    return Instance(**{"districts": districts, "sites": sites, "households": households, "detour": 1.0, **more})


def plan(instance: Instance, **places: str) -> Plan:
    """Write a plan as ``h="site/unit"`` or ``h="site/unit*2"`` for two units."""
    placements = []
    for key, place in places.items():
        where, _, units = place.partition("*")
        site_id, _, unit_id = where.partition("/")
        placements.append(Placement(household=key, site=site_id, unit=unit_id, units=int(units or 1)))
    unplaced = tuple(record.id for record in instance.households if record.id not in places)
    return Plan(placements=tuple(placements), unplaced=unplaced)


def broken(instance: Instance, rules: Rules | None = None, **places: str) -> set[str]:
    return violated_rules(instance, Policy(rules=rules or Rules()), plan(instance, **places))


def worth(instance: Instance, goal: Goal, rules: Rules | None = None, **places: str) -> float:
    policy = Policy(rules=rules or Rules(), levels=(Level(goal),))
    return level_values(instance, policy, plan(instance, **places))[0]
