"""district_share: a district without a target share takes nobody new."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.rules.wording import about
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation


def district_share(situation: Situation) -> Iterator[Violation]:
    """Report who newly enters a district with target share 0, unless its `max_persons` is set."""
    for placed in situation.placed:
        district = situation.districts[placed.site.district]
        weight = district.population if district.target_weight is None else district.target_weight
        home = situation.home(placed.household)
        lives_there = home is not None and home.district == district.id
        if weight == 0 and district.max_persons is None and not lives_there:
            yield about(situation, placed, "district_share", district=district.id)
