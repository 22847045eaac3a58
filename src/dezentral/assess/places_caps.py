"""Caps on persons, with how far a plan fills them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from dezentral.checks.situation import Situation
from dezentral.domain import Household, Site


@dataclass(frozen=True, slots=True)
class FilledCap:
    """A cap on the persons of some sites.

    Attributes
    ----------
    rule
        Its rule's name.
    target
        Whose cap it is: the id of the site, of the district or of the operator.
    limit
        Persons.
    raising
        The limits that a planner may raise: (whose it is, persons); ``""`` = of every site.
    sites
        Ids of the sites over which it counts.
    today, planned
        Persons there today and under the plan, `housed` included.
    alone
        Whether only persons living alone count.
    """

    rule: str
    target: str
    limit: int
    raising: tuple[tuple[str, int], ...]
    sites: frozenset[str]
    today: int
    planned: int
    alone: bool = False

    def blocks(self, household: Household, now: Site | None) -> bool:
        """Say whether a household that enters these sites breaks the cap, or breaks it further."""
        if self.alone and household.size > 1:
            return False
        if now is not None and now.id in self.sites:
            return False
        if self.today > self.limit:
            return household.current_site not in self.sites
        return self.planned + household.size > self.limit

    def needed(self, household: Household) -> int:
        """Return the lowest limit that lets a household enter."""
        return max(self.planned + household.size, self.today if self.today > self.limit else 0)


def filled_caps(situation: Situation) -> Iterator[FilledCap]:
    """Return every cap, filled as today and as under the plan."""
    living = _persons_by_site(situation, alone=False)
    alone = _persons_by_site(situation, alone=True)
    rules = situation.rules
    for site in situation.sites.values():
        raising = tuple(
            (whose, limit) for whose, limit in ((site.id, site.max_persons), ("", rules.max_site_persons))
            if limit is not None
        )  # fmt: skip
        if raising:
            yield _cap("site_cap", site.id, raising, living, sites=[site], housed=site.housed)
        if rules.max_single_share is not None:
            places = sum(unit.count * situation.places(site, unit) for unit in site.units)
            limit = single_limit(rules.max_single_share, places)
            today, planned = alone[site.id]
            yield FilledCap("single_share", site.id, limit, (), frozenset({site.id}), today, planned, alone=True)
    for district in situation.districts.values():
        if district.max_persons is not None:
            sites = situation.sites_in[district.id]
            housed = district.housed + sum(site.housed for site in sites)
            raising = ((district.id, district.max_persons),)
            yield _cap("district_cap", district.id, raising, living, sites=sites, housed=housed)
    for operator, limit in sorted(rules.operator_capacity.items()):
        sites = [site for site in situation.sites.values() if site.operator == operator]
        housed = sum(site.housed for site in sites)
        yield _cap("operator_cap", operator, ((operator, limit),), living, sites=sites, housed=housed)


def single_limit(share: float, places: int) -> int:
    """Return how many persons living alone a share of the places lets in."""
    return math.ceil(share * places - 1e-9)


def _persons_by_site(situation: Situation, *, alone: bool) -> dict[str, tuple[int, int]]:
    """Return, per site, the persons of the listed households who live there today and who are placed there."""
    today, planned = dict.fromkeys(situation.sites, 0), dict.fromkeys(situation.sites, 0)
    for household in situation.instance.households:
        if household.current_site is not None and (household.size == 1 or not alone):
            today[household.current_site] += household.size
    for placed in situation.placed:
        if placed.size == 1 or not alone:
            planned[placed.site.id] += placed.size
    return {key: (today[key], planned[key]) for key in situation.sites}


def _cap(
    rule: str,
    target: str,
    raising: tuple[tuple[str, int], ...],
    living: dict[str, tuple[int, int]],
    *,
    sites: list[Site],
    housed: int,
) -> FilledCap:
    return FilledCap(
        rule=rule,
        target=target,
        limit=min(limit for _, limit in raising),
        raising=raising,
        sites=frozenset(site.id for site in sites),
        today=housed + sum(living[site.id][0] for site in sites),
        planned=housed + sum(living[site.id][1] for site in sites),
    )
