"""site_cap, district_cap, operator_cap, single_share: caps on persons, judged on today."""

from __future__ import annotations

import math
from collections.abc import Iterator

from dezentral.checks.rules.cap import Cap
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.domain import Household


def site_cap(situation: Situation) -> Iterator[Violation]:
    """Report sites beyond their own `max_persons` or the `max_site_persons` of all, `housed` included."""
    for site in situation.sites.values():
        limits = [limit for limit in (site.max_persons, situation.rules.max_site_persons) if limit is not None]
        if limits:
            yield from Cap("site_cap", site.id, min(limits), [site], site.housed).violations(situation)


def district_cap(situation: Situation) -> Iterator[Violation]:
    """Report districts whose load exceeds their `max_persons`."""
    for district in situation.districts.values():
        if district.max_persons is not None:
            sites = situation.sites_in[district.id]
            housed = district.housed + sum(site.housed for site in sites)
            cap = Cap("district_cap", district.id, district.max_persons, sites, housed)
            yield from cap.violations(situation)


def operator_cap(situation: Situation) -> Iterator[Violation]:
    """Report operators with more persons at their sites than `operator_capacity` says, `housed` included."""
    for operator, limit in situation.rules.operator_capacity.items():
        sites = [site for site in situation.sites.values() if site.operator == operator]
        housed = sum(site.housed for site in sites)
        yield from Cap("operator_cap", operator, limit, sites, housed).violations(situation)


def single_share(situation: Situation) -> Iterator[Violation]:
    """Report sites with more persons living alone than ⌈max_single_share × Σ count·cap(1) − 1e-9⌉."""
    share = situation.rules.max_single_share
    if share is None:
        return
    for site in situation.sites.values():
        places = sum(unit.count * situation.places(site, unit) for unit in site.units)
        # Only listed households are known to live alone: `housed` does not count.
        cap = Cap(
            rule="single_share",
            key=site.id,
            limit=math.ceil(share * places - 1e-9),
            sites=[site],
            housed=0,
            counts=_lives_alone,
            noun="person_alone",
            places=places,
        )
        yield from cap.violations(situation)


def _lives_alone(household: Household) -> bool:
    return household.size == 1
