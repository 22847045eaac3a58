"""What one more unit of each kind would gain, estimated by prices."""

from __future__ import annotations

import math
from collections.abc import Iterable

from dezentral.assess.changed import more_units
from dezentral.checks import score
from dezentral.checks.situation import Situation
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Cost, Goal, Level, Policy, Utility
from dezentral.solver import unit_prices

Kind = tuple[str, str]
_DIGITS = 9  # finer differences are noise


def estimates(instance: Instance, policy: Policy, plan: Plan) -> dict[Kind, tuple[float, ...]]:
    """Return the gain of one more unit per level, for every unit kind at every site: (site id, unit id) → levels.

    Where a kind has no unit yet, its price is that of a second one; at a closed site it is 0; NaN where none was found.
    Prices tell what one unit less would cost, too, and that may be much where one more gains nothing: no level that
    cannot fall below 0 gains more than its value in the plan.
    """
    most = [_most(level, value) for level, value in zip(policy.levels, score(instance, policy, plan), strict=True)]
    found = _priced(instance, policy, plan)
    situation = Situation(instance, policy.rules, plan)
    none_yet = [
        (site.id, unit.id)
        for site in instance.sites
        if situation.is_open(site)
        for unit in site.units
        if not unit.count
    ]
    if none_yet:
        roomier = instance
        for site, unit in none_yet:
            roomier = more_units(roomier, site, unit)
        there = _priced(roomier, policy, plan)
        found |= {kind: there[kind] for kind in none_yet if kind in there}
    nothing = (0.0,) * len(policy.levels)
    kinds = [(site.id, unit.id) for site in instance.sites for unit in site.units]
    return {kind: _capped(found.get(kind, nothing), most) for kind in kinds}


def _capped(prices: tuple[float, ...], most: list[float]) -> tuple[float, ...]:
    return tuple(min(price, top) for price, top in zip(prices, most, strict=True))  # NaN, as it comes first, stays


def _most(level: Level, value: float) -> float:
    """Return what a level can gain at most; costs and benefits may fall below 0."""
    return math.inf if may_be_negative(level.goals) else max(0.0, value)


def may_be_negative(goals: Iterable[Goal]) -> bool:
    """Say whether a level of these goals may have a value below 0: with costs and benefits, as they are given."""
    return any(isinstance(goal, (Cost, Utility)) for goal in goals)


def _priced(instance: Instance, policy: Policy, plan: Plan) -> dict[Kind, tuple[float, ...]]:
    prices = unit_prices(instance, policy, plan)
    columns = (prices.gains.round(_DIGITS) + 0.0).T.tolist()
    kinds = zip(prices.sites, prices.units, strict=True)
    return {kind: tuple(column) for kind, column in zip(kinds, columns, strict=True)}
