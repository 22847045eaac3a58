"""Small cities and plans in few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import dezentral as dz
from dezentral.checks import check, score

FLAT = dz.Unit(id="flat", beds=4, count=9)
Place = str | tuple[str, str] | tuple[str, str, int]


def site(key: str = "s", district: str = "a", units: Iterable[dz.Unit] = (FLAT,), **more: Any) -> dz.Site:
    return dz.Site(id=key, district=district, units=tuple(units), **more)


def household(key: str, size: int = 1, **more: Any) -> dz.Household:
    return dz.Household(id=key, size=size, **more)


def city(sites: Iterable[dz.Site], households: Iterable[dz.Household], **more: Any) -> dz.Instance:
    """Three districts a, b, c of 1000 inhabitants unless others are given."""
    more.setdefault("districts", tuple(dz.District(id=key, population=1000) for key in "abc"))
    return dz.Instance(sites=tuple(sites), households=tuple(households), **more)


def plan_for(instance: dz.Instance, **where: Place) -> dz.Plan:
    """household="site" (its unit "flat"), ("site", "unit") or ("site", "unit", units); the others are unplaced."""
    placements = []
    for key, place in where.items():
        at = (place,) if isinstance(place, str) else place
        full = (*at, *("flat", 1)[len(at) - 1 :])
        placements.append(dz.Placement(household=key, site=full[0], unit=full[1], units=full[2]))
    return dz.Plan(placements=placements, unplaced=[one.id for one in instance.households if one.id not in where])


def broken(instance: dz.Instance, rules: dict[str, Any] | None = None, **where: Place) -> list[str]:
    """Return the names of the rules that the plan breaks, once per violation."""
    policy = dz.Policy(rules=dz.Rules(**(rules or {})))
    return [violation.rule for violation in check(instance, policy, plan_for(instance, **where))]


def value(instance: dz.Instance, goal: Any, rules: dict[str, Any] | None = None, **where: Place) -> float:
    """Return the value of one goal for the plan."""
    policy = dz.Policy(rules=dz.Rules(**(rules or {})), levels=[dz.Level(goal)])
    return score(instance, policy, plan_for(instance, **where))[0]
