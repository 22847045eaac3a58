"""Space lifted: as many units as wanted, places person by person, households person by person.

Each change only widens what is allowed: a plan of the original is one of the changed instance, once its placements are
written in the changed units (`in_units_of`) or persons (`person_by_person`).
"""

from __future__ import annotations

from dezentral.assess.changed_distances import close_to_everything
from dezentral.checks.situation import Situation
from dezentral.checks.unit_use import persons_that_fit
from dezentral.domain import Household, Instance, Placement, Plan, Relation, Site, Unit
from dezentral.domain.fields import MOST_PERSONS
from dezentral.domain.frozen import FrozenDict
from dezentral.domain.policy import Policy

Problem = tuple[Instance, Policy]


def unlimited_units(instance: Instance, policy: Policy) -> Problem:
    """Give every site as many units of each of its kinds as wanted, and a site to every district that has none.

    A new site has units for everyone, close to every service.
    """
    everyone = min(max(sum(household.size for household in instance.households), 1), MOST_PERSONS)
    most = max((household.size for household in instance.households), default=1)
    sites = tuple(
        site.model_copy(
            update={"units": tuple(unit.model_copy(update={"count": max(unit.count, everyone)}) for unit in site.units)}
        )
        for site in instance.sites
    )
    served = {site.district for site in instance.sites if site.units}
    missing = [district.id for district in instance.districts if district.id not in served]
    taken = {site.id for site in instance.sites}
    names = (f"new {i}" for i in range(len(taken) + len(missing)))
    free = (name for name in names if name not in taken)
    units = (Unit(id="flat", beds=most, count=everyone),)
    new = tuple(Site(id=next(free), district=key, units=units) for key in missing)
    distances = close_to_everything(instance, [site.id for site in new]) if new else instance.distances
    return instance.replace(sites=(*sites, *new), distances=distances), policy


def without_distant_goals(instance: Instance) -> Instance:
    """Return the instance without what only goals of nearness and benefit read."""
    households = tuple(one.model_copy(update={"anchors": (), "wishes": ()}) for one in instance.households)
    return instance.replace(households=households, utilities=None)


def places_for_persons(instance: Instance, policy: Policy) -> Problem:
    """Turn every kind into places that anyone takes person by person: as many as its units hold at most."""
    situation = Situation(instance, policy.rules, Plan())
    area = policy.rules.min_area_per_person_m2
    sites = []
    for site in instance.sites:
        lived_in = {one.current_unit for one in situation.living_at.get(site.id, ())}
        units = tuple(_places(unit, None if lived_in & {None, unit.id} else area) for unit in site.units)
        sites.append(site.model_copy(update={"units": units}))
    return instance.replace(sites=tuple(sites)), policy


def person_by_person(instance: Instance, policy: Policy) -> Problem:
    """Let every person be placed alone; space is then taken person by person, and nobody counts as living alone.

    A relation binds one person of each of its households; a limit on moves is as wide as if all were of the largest.
    """
    instance, policy = places_for_persons(instance, policy)
    first = {household.id: _person(position, 0) for position, household in enumerate(instance.households)}
    households = tuple(
        person for position, household in enumerate(instance.households) for person in _persons(position, household)
    )
    relations = tuple(
        Relation(kind=each.kind, households=tuple(first[key] for key in each.households)) for each in instance.relations
    )
    most = max((household.size for household in instance.households), default=1)
    moves = policy.rules.max_moves
    changes = {"max_single_share": None, "max_moves": None if moves is None else min(moves * most, MOST_PERSONS)}
    rules = policy.rules.model_copy(update=changes)
    apart = instance.replace(households=households, relations=relations, utilities=None)
    return apart, Policy(rules=rules, levels=policy.levels)


def plan_of_persons(instance: Instance, plan: Plan) -> Plan:
    """Return a plan of the original, written as a plan of `person_by_person`."""
    where = {placement.household: placement for placement in plan.placements}
    placements, unplaced = [], []
    for position, household in enumerate(instance.households):
        placement = where.get(household.id)
        people = [_person(position, number) for number in range(household.size)]
        if placement is None:
            unplaced += people
        else:
            placements += [Placement(household=key, site=placement.site, unit=placement.unit) for key in people]
    return Plan(placements=tuple(placements), unplaced=tuple(unplaced))


def _places(unit: Unit, area: float | None) -> Unit:
    places = min(persons_that_fit(unit, unit.count, area), MOST_PERSONS)
    return unit.model_copy(update={"beds": 1, "count": places, "sharing": "dormitory", "area_m2": None})


def _person(position: int, number: int) -> str:
    return f"{position}.{number}"


def _persons(position: int, household: Household) -> list[Household]:
    def needs(number: int) -> FrozenDict[int]:
        return FrozenDict({kind: 1 for kind, members in household.needs.items() if number < members})

    return [
        household.model_copy(
            update={"id": _person(position, number), "size": 1, "needs": needs(number), "supports": 0}
        )
        for number in range(household.size)
    ]
