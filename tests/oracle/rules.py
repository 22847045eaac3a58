"""Every rule: does a plan break it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from dezentral import Household, Relation
from tests.oracle.caps import (
    breaks_district_cap,
    breaks_district_share,
    breaks_operator_cap,
    breaks_single_share,
    breaks_site_cap,
)
from tests.oracle.facts import Facts, Place, Placements
from tests.oracle.seats import members_without_seat
from tests.oracle.units import overfull


def _placed(facts: Facts, placements: Placements) -> Iterator[tuple[Household, Place]]:
    for household_id, place in placements.items():
        yield facts.households[household_id], place


def _new(facts: Facts, placements: Placements) -> Iterator[tuple[Household, Place]]:
    """Yield the placements that are judged: all but of those who stay."""
    for household, place in _placed(facts, placements):
        if not facts.stays(household, place.site, place.unit):
            yield household, place


def breaks_open(facts: Facts, placements: Placements) -> bool:
    return any(not facts.is_open(place.site) for place in placements.values())


def breaks_units(facts: Facts, placements: Placements) -> bool:
    return any(overfull(facts, kind, placements) for kind in facts.kinds)


def breaks_admits(facts: Facts, placements: Placements) -> bool:
    admitted = [(facts.sites[place.site].admits, household) for household, place in _new(facts, placements)]
    return any(traits is not None and not traits & household.traits for traits, household in admitted)


def breaks_requires(facts: Facts, placements: Placements) -> bool:
    return any(
        not household.requires <= facts.kinds[place.site, place.unit].features | facts.sites[place.site].features
        for household, place in _new(facts, placements)
    )


def breaks_excluded(facts: Facts, placements: Placements) -> bool:
    return any(facts.is_excluded(household, place.site) for household, place in _placed(facts, placements))


def breaks_fixed(facts: Facts, placements: Placements) -> bool:
    return any(
        household.fixed_site is not None
        and (household.id not in placements or placements[household.id].site != household.fixed_site)
        for household in facts.instance.households
    )


def breaks_relation(facts: Facts, placements: Placements) -> bool:
    return any(
        _parts(facts, relation, placements, pair)
        for relation in facts.instance.relations
        for pair in combinations([key for key in relation.households if key in placements], 2)
    )


def _parts(facts: Facts, relation: Relation, placements: Placements, pair: tuple[str, str]) -> bool:
    places = [placements[key] for key in pair]
    if relation.kind.endswith("_site"):
        same = places[0].site == places[1].site
    else:
        same = facts.district_of(places[0].site) == facts.district_of(places[1].site)
    if relation.kind.startswith("different"):
        return same
    both_stay = all(
        facts.stays(facts.households[key], place.site, place.unit) for key, place in zip(pair, places, strict=True)
    )
    return not same and not both_stay


def breaks_max_distance(facts: Facts, placements: Placements) -> bool:
    return any(
        kind in household.needs and facts.metres_to_kind(place.site, kind) > metres
        for household, place in _new(facts, placements)
        for kind, metres in facts.rules.max_distance.items()
    )


def breaks_service_capacity(facts: Facts, placements: Placements) -> bool:
    judged = {household.id: place for household, place in _new(facts, placements)}
    return facts.rules.service_capacity and members_without_seat(facts, judged) > 0


def breaks_max_moves(facts: Facts, placements: Placements) -> bool:
    moves = sum(_moves(facts, household, place) for household, place in _placed(facts, placements))
    return facts.rules.max_moves is not None and moves > facts.rules.max_moves


def _moves(facts: Facts, household: Household, place: Place) -> bool:
    """Say whether a household moves without having to."""
    home = household.current_site
    if home is None or place.site == home:
        return False
    fixed_elsewhere = household.fixed_site is not None and household.fixed_site != home
    return facts.is_open(home) and not facts.is_excluded(household, home) and not fixed_elsewhere


def breaks_min_stay(facts: Facts, placements: Placements) -> bool:
    return any(not facts.lasts(place.site) for _, place in _new(facts, placements))


RULES: dict[str, Callable[[Facts, Placements], bool]] = {
    "open": breaks_open,
    "units": breaks_units,
    "admits": breaks_admits,
    "requires": breaks_requires,
    "excluded": breaks_excluded,
    "fixed": breaks_fixed,
    "relation": breaks_relation,
    "site_cap": breaks_site_cap,
    "district_cap": breaks_district_cap,
    "district_share": breaks_district_share,
    "operator_cap": breaks_operator_cap,
    "single_share": breaks_single_share,
    "max_distance": breaks_max_distance,
    "service_capacity": breaks_service_capacity,
    "max_moves": breaks_max_moves,
    "min_stay": breaks_min_stay,
}
