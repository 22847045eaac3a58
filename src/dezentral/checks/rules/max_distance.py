"""max_distance: who needs a service is newly placed only where one is near."""

from __future__ import annotations

import math
from collections.abc import Iterator

from dezentral.checks.rules.wording import about
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import figure
from dezentral.wording import term


def max_distance(situation: Situation) -> Iterator[Violation]:
    """Report who is newly placed with the nearest reachable service, full or not, beyond the metres of its kind."""
    limits = situation.rules.max_distance
    for placed in situation.newly_placed:
        for kind in sorted(placed.household.needs):
            if kind not in limits:
                continue
            metres = situation.metres_to(kind, placed.site)
            if metres > limits[kind]:
                key = f"max_distance.{'far' if math.isfinite(metres) else 'none'}"
                most, nearest = (f"{figure(value, situation.language)} m" for value in (limits[kind], metres))
                yield about(
                    situation,
                    placed,
                    "max_distance",
                    key,
                    kind=term(kind, situation.language),
                    most=most,
                    metres=nearest,
                )
