"""How many units of a kind a plan uses."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dezentral import Household
from tests.oracle.facts import Facts, Placements

Kind = tuple[str, str]


def members_of(facts: Facts, kind: Kind, placements: Placements) -> list[Household]:
    """Return the households in one unit kind of one site."""
    return [
        facts.households[household_id]
        for household_id, place in placements.items()
        if (place.site, place.unit) == kind
    ]


def units_in_use(facts: Facts, kind: Kind, members: Sequence[Household], placements: Placements) -> int:
    """Return the units of a kind that is no dormitory which these households use together, as the plan names them."""
    alone = [household for household in members if facts.is_alone(household, *kind)]
    sharing = [household for household in members if not facts.is_alone(household, *kind)]
    return sum(placements[household.id].units for household in alone) + _shared_units(facts, kind, sharing)


def _shared_units(facts: Facts, kind: Kind, sharing: Sequence[Household]) -> int:
    persons = max(1, facts.capacity(*kind, 1))  # where not even one fits, the plan is broken anyhow
    women = sum(household.sex == "f" for household in sharing)
    men = sum(household.sex == "m" for household in sharing)
    others = len(sharing) - women - men  # each of them alone
    return math.ceil(women / persons) + math.ceil(men / persons) + others


def overfull(facts: Facts, kind: Kind, placements: Placements) -> bool:
    """Say whether a kind takes in more than it has, or the plan names other units than are taken."""
    members = members_of(facts, kind, placements)
    if any(facts.units_taken(household, *kind) != placements[household.id].units for household in members):
        return True
    unit = facts.kinds[kind]
    if unit.sharing == "dormitory":
        return sum(household.size for household in members) > unit.count * facts.capacity(*kind, 1)
    return units_in_use(facts, kind, members, placements) > unit.count
