"""excluded: nobody is placed where they must not be."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.rules.wording import about, who
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation


def excluded(situation: Situation) -> Iterator[Violation]:
    """Report who is placed at an excluded site or in an excluded district; staying is no excuse."""
    for placed in situation.placed:
        site = placed.site
        if site.id in placed.household.excluded_sites:
            yield about(placed, "excluded", f"{who(placed)} is placed at site {site.id}, which is excluded for it.")
        if site.district in placed.household.excluded_districts:
            text = f"{who(placed)} is placed at site {site.id} in district {site.district}, which is excluded for it."
            yield about(placed, "excluded", text)
