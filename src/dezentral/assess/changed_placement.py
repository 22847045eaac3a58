"""A household at a place, with the units that it takes there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.checks.unit_use import units_needed
from dezentral.domain import Household, Site, Unit


def at_place(situation: Situation, household: Household, site: Site, unit: Unit) -> PlacedHousehold | None:
    """Return a household at a place with the units that it takes there; None where it does not fit.

    In a dormitory, and where it shares a unit by sex, it takes 1.
    """
    placed = PlacedHousehold(household, site, unit, 1)
    if placed.shares:
        fits = unit.sharing == "dormitory" or situation.capacity(placed, 1) > 0
        return placed if fits else None
    most = placed.size if placed.stays else situation.rules.max_units_per_household
    units = units_needed(placed.size, partial(situation.capacity, placed), most)
    return None if units is None else replace(placed, units=units)
