"""fit: beds that stay empty in units in use."""

from __future__ import annotations

from collections.abc import Sequence

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation, persons
from dezentral.checks.unit_use import units_in_use
from dezentral.domain.policy import Fit


def fit(situation: Situation, _goal: Fit) -> float:
    """Return Σ over unit kinds that are no dormitory max(0, units in use × cap(1) − persons in them)."""
    return sum(
        max(0, _beds_in_use(situation, group) - persons(group))
        for group in situation.placed_in.values()
        if group[0].unit.sharing != "dormitory"
    )


def _beds_in_use(situation: Situation, group: Sequence[PlacedHousehold]) -> int:
    """Sum cap(1) over the units of one kind in use: with area, but `beds` for stayers and where people share today."""
    if group[0].unit.sharing == "same_sex":
        places = situation.places(group[0].site, group[0].unit)
        return units_in_use(group, places) * places
    return sum(placed.units * situation.capacity(placed, 1) for placed in group)
