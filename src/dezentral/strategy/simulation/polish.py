"""The levels below the foreseen one, with the same units in use."""

from __future__ import annotations

from dezentral.checks import score
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.errors import PlanError
from dezentral.solver import SolveParams, solve_within
from dezentral.strategy.moving.rooms import Rooms, target_of, unit_kinds


def polished(instance: Instance, policy: Policy, plan: Plan, level: int, params: SolveParams) -> Plan:
    """Improve a plan on the levels after one, no earlier level worsening, without using units that it leaves free."""
    if level + 1 == len(policy.levels) or policy.rules.max_single_share is not None:
        return plan
    limits = dict(enumerate(score(instance, policy, plan)[: level + 1]))
    try:
        city = _without_free_units(instance, plan)
        found = solve_within(city, policy, limits, params, plan, unless_interrupted=True).plan
    except PlanError:  # a unit whose area, not its beds, limits it: then its use is not known here
        return plan
    return plan if found is None else found


def _without_free_units(instance: Instance, plan: Plan) -> Instance:
    units = unit_kinds(instance)
    households = {household.id: household for household in instance.households}
    rooms = Rooms(units)
    rooms.enter(target_of(households[one.household], one, units) for one in plan.placements)
    sites = []
    for site in instance.sites:
        left = []
        for unit in site.units:
            used = rooms.in_use((site.id, unit.id))
            count = -(-used // unit.beds) if unit.sharing == "dormitory" else used
            left.append(unit.model_copy(update={"count": count}))
        sites.append(site.model_copy(update={"units": tuple(left)}))
    return instance.replace(sites=tuple(sites))
