"""max_distance: who needs a service is newly placed only where one is near."""

from __future__ import annotations

import math
from collections.abc import Iterator

from dezentral.checks.rules.wording import about, who
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation


def max_distance(situation: Situation) -> Iterator[Violation]:
    """Report who is newly placed with the nearest reachable service, full or not, beyond the metres of its kind."""
    limits = situation.rules.max_distance
    for placed in situation.newly_placed:
        for kind in placed.household.needs:
            if kind not in limits:
                continue
            metres = situation.metres_to(kind, placed.site)
            if metres > limits[kind]:
                nearest = f"the nearest is {metres:.0f} m away" if math.isfinite(metres) else "none is in reach"
                yield about(
                    placed,
                    "max_distance",
                    f"{who(placed)} needs {kind} within {limits[kind]:g} m of site {placed.site.id}; {nearest}.",
                )
