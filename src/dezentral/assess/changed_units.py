"""Units lifted: every kind holds anyone as often as needed, while the share of persons living alone stays as it is."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dezentral.assess.changed_distances import close_to_everything
from dezentral.checks.situation import Situation, persons
from dezentral.domain import Household, Instance, Plan, Site, Unit
from dezentral.domain.policy import Policy


def lift_units(instance: Instance, policy: Policy, *, alone: Mapping[str, int] | None) -> tuple[Instance, Policy]:
    """Return the problem with units for everyone in every kind, also at sites that have none.

    Such a site without coordinates is close to every service. Anchors, which no rule reads, are dropped: they would
    have to be measured from there.

    Parameters
    ----------
    instance, policy
        The input.
    alone
        Persons living alone whom each site may hold, as `allowed_alone` gives them; None = as many as wanted. The
        sites now have more places, of which `max_single_share` allows a part: each site is filled up to
        (persons allowed × M) places that nobody needs, and the share becomes 1/M. Who may not enter a site at all
        for living alone is excluded from it.
    """
    instance = _measurable(instance)
    most = max((household.size for household in instance.households), default=1)
    count = max(len(instance.households), 1)
    sites = [_roomy(site, beds=most, count=count) for site in instance.sites]
    rules = policy.rules.model_copy(update={"min_area_per_person_m2": None, "max_units_per_household": 1})
    if alone is None:
        rules = rules.model_copy(update={"max_single_share": None})
        return instance.replace(sites=tuple(sites)), Policy(rules=rules, levels=policy.levels)
    per_person = max((len(site.units) for site in sites), default=1) * most * count
    filled = tuple(_filled(site, alone[site.id], per_person, count) for site in sites)
    shut = frozenset(key for key, persons_alone in alone.items() if not persons_alone)
    households = tuple(_kept_out(household, shut) for household in instance.households)
    rules = rules.model_copy(update={"max_single_share": 1 / per_person})
    return instance.replace(sites=filled, households=households), Policy(rules=rules, levels=policy.levels)


def allowed_alone(instance: Instance, policy: Policy) -> dict[str, int] | None:
    """Return how many persons living alone each site may hold; 0 where nobody new living alone may enter.

    None where the policy does not say.
    """
    situation, share = Situation(instance, policy.rules, Plan()), policy.rules.max_single_share
    if share is None:
        return None
    allowed = {}
    for site in instance.sites:
        places = sum(unit.count * situation.places(site, unit) for unit in site.units)
        most = math.ceil(share * places - 1e-9)
        today = persons(one for one in situation.living_at.get(site.id, ()) if one.size == 1)
        allowed[site.id] = most if today <= most else 0
    return allowed


def _measurable(instance: Instance) -> Instance:
    nowhere = [site.id for site in instance.sites if not site.units and site.x is None]
    distances = close_to_everything(instance, nowhere) if nowhere else instance.distances
    households = tuple(household.model_copy(update={"anchors": ()}) for household in instance.households)
    return instance.replace(households=households, distances=distances)


def _roomy(site: Site, *, beds: int, count: int) -> Site:
    changes = {"beds": beds, "count": count, "sharing": "household", "area_m2": None}
    kinds = tuple(unit.model_copy(update=changes) for unit in site.units)
    return site.model_copy(update={"units": kinds or (Unit(id="anywhere", beds=beds, count=count),)})


def _filled(site: Site, allowed: int, per_person: int, count: int) -> Site:
    """Fill a site up to `allowed` × `per_person` places; where those living there may stay, with room for them."""
    wanted = allowed or count
    places = sum(unit.beds * unit.count for unit in site.units)
    fillers = ((per_person, wanted - 1), (per_person - places, 1))
    own = {unit.id for unit in site.units}
    names = (f"filler {i}" for i in range(len(own) + len(fillers)))
    free = (name for name in names if name not in own)
    extra = [Unit(id=next(free), beds=beds, count=number) for beds, number in fillers if beds and number]
    return site.model_copy(update={"units": (*site.units, *extra)})


def _kept_out(household: Household, shut: frozenset[str]) -> Household:
    """Exclude a person living alone from sites that take in nobody new living alone."""
    if household.size > 1:
        return household
    others = shut - {household.current_site}
    return household.model_copy(update={"excluded_sites": household.excluded_sites | others})
