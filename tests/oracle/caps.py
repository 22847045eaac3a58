"""The rules that cap how many persons there are, judged on who is there today."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tests.oracle.facts import Facts, Placements


@dataclass(frozen=True)
class Cap:
    """How many persons may be at some sites, those included who are housed there without being listed."""

    sites: set[str]
    housed: int
    persons: float
    singles: bool = False  # whether it counts only persons living alone


def _breaks(facts: Facts, placements: Placements, cap: Cap) -> bool:
    """Judge a cap on today: where it is exceeded, nobody new enters; else all who are placed count."""
    counted = [household for household in facts.instance.households if household.size == 1 or not cap.singles]
    living = [household for household in counted if household.current_site in cap.sites]
    placed = [
        household for household in counted if household.id in placements and placements[household.id].site in cap.sites
    ]
    if cap.housed + sum(household.size for household in living) > cap.persons:
        return any(household not in living for household in placed)
    return cap.housed + sum(household.size for household in placed) > cap.persons


def breaks_site_cap(facts: Facts, placements: Placements) -> bool:
    caps = [
        Cap({site.id}, site.housed, persons)
        for site in facts.instance.sites
        for persons in (site.max_persons, facts.rules.max_site_persons)
        if persons is not None
    ]
    return any(_breaks(facts, placements, cap) for cap in caps)


def breaks_district_cap(facts: Facts, placements: Placements) -> bool:
    caps = [
        Cap(_sites_in(facts, district.id), facts.housed_in(district.id), district.max_persons)
        for district in facts.instance.districts
        if district.max_persons is not None
    ]
    return any(_breaks(facts, placements, cap) for cap in caps)


def breaks_district_share(facts: Facts, placements: Placements) -> bool:
    """Let nobody new into a district without target share, unless it has a cap instead."""
    for household_id, place in placements.items():
        district = facts.districts[facts.district_of(place.site)]
        lives_there = facts.households[household_id].current_site in _sites_in(facts, district.id)
        if facts.target_shares[district.id] == 0 and district.max_persons is None and not lives_there:
            return True
    return False


def _sites_in(facts: Facts, district: str) -> set[str]:
    return {site.id for site in facts.instance.sites if site.district == district}


def breaks_operator_cap(facts: Facts, placements: Placements) -> bool:
    for operator, persons in facts.rules.operator_capacity.items():
        sites = [site for site in facts.instance.sites if site.operator == operator]
        cap = Cap({site.id for site in sites}, sum(site.housed for site in sites), persons)
        if _breaks(facts, placements, cap):
            return True
    return False


def breaks_single_share(facts: Facts, placements: Placements) -> bool:
    share = facts.rules.max_single_share
    if share is None:
        return False
    for site in facts.instance.sites:
        places = sum(unit.count * facts.capacity(site.id, unit.id, 1) for unit in site.units)
        # Who is housed there without being listed is not known to live alone.
        cap = Cap({site.id}, 0, math.ceil(share * places - 1e-9), singles=True)
        if _breaks(facts, placements, cap):
            return True
    return False
