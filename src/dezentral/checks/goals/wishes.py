"""wishes: how far down its list a household finds its district."""

from __future__ import annotations

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.domain.policy import Wishes


def wishes(situation: Situation, goal: Wishes) -> float:
    """Return Σ size × min(position of the district in `wishes`, depth); positions count from 0."""
    return sum(placed.size * min(_position(placed, goal.depth), goal.depth) for placed in situation.placed)


def _position(placed: PlacedHousehold, unlisted: int) -> int:
    wished = placed.household.wishes
    if not wished:
        return 0
    return wished.index(placed.site.district) if placed.site.district in wished else unlisted
