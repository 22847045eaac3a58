"""excluded: nobody is placed where they must not be."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.rules.wording import about
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation


def excluded(situation: Situation) -> Iterator[Violation]:
    """Report who is placed at an excluded site or in an excluded district; staying is no excuse."""
    for placed in situation.placed:
        site = placed.site
        if site.district in placed.household.excluded_districts:
            yield about(situation, placed, "excluded", "excluded.district", district=site.district)
        if site.id in placed.household.excluded_sites:
            yield about(situation, placed, "excluded", "excluded.site")
