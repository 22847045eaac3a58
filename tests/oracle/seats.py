"""Who gets a seat at a service, and who finds peer support, at best."""

from __future__ import annotations

from collections.abc import Hashable

from tests.oracle.facts import Facts, Placements
from tests.oracle.matching import largest_matching


def members_without_seat(facts: Facts, placements: Placements) -> int:
    """Return the members who need a kind with capacities and get no seat, by a best seating."""
    return sum(_without_seat(facts, placements, kind) for kind in facts.kinds_with_capacities)


def _without_seat(facts: Facts, placements: Placements, kind: str) -> int:
    offered = [service for service in facts.instance.services if service.kind == kind]
    choices: list[list[Hashable]] = []
    for household_id, place in placements.items():
        reachable: list[Hashable] = [
            service.id for service in offered if facts.metres(place.site, service) != float("inf")
        ]
        choices += [reachable] * facts.households[household_id].needs.get(kind, 0)
    seats: dict[Hashable, int] = {
        service.id: len(choices) if service.capacity is None else service.capacity for service in offered
    }
    return len(choices) - largest_matching(choices, seats)


def persons_without_support(facts: Facts, placements: Placements) -> int:
    """Return the placed persons who seek peer support and find none in their district, by a best matching."""
    choices: list[list[Hashable]] = []
    givers: dict[Hashable, int] = {
        (district.id, language): persons
        for district in facts.instance.districts
        for language, persons in district.support.items()
    }
    givers.update({household_id: facts.households[household_id].supports for household_id in placements})
    for household_id, place in placements.items():
        seeker, district = facts.households[household_id], facts.district_of(place.site)
        if not seeker.seeks_support:
            continue
        heard: list[Hashable] = [
            (district, language) for language in seeker.languages if (district, language) in givers
        ]
        heard += [
            other
            for other, there in placements.items()
            if facts.district_of(there.site) == district and seeker.languages & facts.households[other].languages
        ]
        choices += [heard] * seeker.size
    return len(choices) - largest_matching(choices, givers)
