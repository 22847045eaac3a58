"""proximity: metres from homes to what their households need."""

from __future__ import annotations

import math
from collections.abc import Iterator

from dezentral.checks.situation import Situation
from dezentral.domain.policy import Proximity
from dezentral.geo.distance import anchor_metres


def proximity(situation: Situation, goal: Proximity) -> float:
    """Return Σ weight × members × metres to the nearest reachable service + Σ weight × metres to anchors.

    Where no service of a kind is reachable, `out_of_reach` metres count.
    """
    return math.fsum([*_to_services(situation, goal), *_to_anchors(situation)])


def _to_services(situation: Situation, goal: Proximity) -> Iterator[float]:
    for placed in situation.placed:
        for kind, members in placed.household.needs.items():
            metres = situation.metres_to(kind, placed.site)
            counted = metres if math.isfinite(metres) else goal.out_of_reach
            yield goal.weights.get(kind, 1.0) * members * counted


def _to_anchors(situation: Situation) -> Iterator[float]:
    for group in situation.placed_at.values():
        anchors = [anchor for placed in group for anchor in placed.household.anchors]
        if anchors:
            metres = anchor_metres([group[0].site], anchors, situation.instance.detour)[0]
            yield from (anchor.weight * float(far) for anchor, far in zip(anchors, metres, strict=True))
