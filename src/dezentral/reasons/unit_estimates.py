"""What one more unit of each kind would gain, estimated by prices."""

from __future__ import annotations

from dezentral.assess.changed import more_units
from dezentral.checks.situation import Situation
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.solver import unit_prices

Kind = tuple[str, str]
_DIGITS = 9  # finer differences are noise


def estimates(instance: Instance, policy: Policy, plan: Plan) -> dict[Kind, tuple[float, ...]]:
    """Return the gain of one more unit per level, for every unit kind at every site: (site id, unit id) → levels.

    Where a kind has no unit yet, its price is that of a second one; at a closed site it is 0; NaN where none was found.
    """
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
    return {kind: found.get(kind, nothing) for kind in kinds}


def _priced(instance: Instance, policy: Policy, plan: Plan) -> dict[Kind, tuple[float, ...]]:
    prices = unit_prices(instance, policy, plan)
    columns = (prices.gains.round(_DIGITS) + 0.0).T.tolist()
    kinds = zip(prices.sites, prices.units, strict=True)
    return {kind: tuple(column) for kind, column in zip(kinds, columns, strict=True)}
