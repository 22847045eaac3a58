"""The rooms of one kind at one site, and who lives in them."""

from __future__ import annotations

from collections import Counter

from dezentral.datasets.site_units import AREA_PER_PLACE_M2, places_of
from dezentral.domain import Household, Site, Unit

_MOST_UNITS = 2  # connected units of one household
_SHARING_SEXES = frozenset({"f", "m"})


class Rooms:
    """A unit kind of a site while it fills, at 7 m² a person.

    Attributes
    ----------
    site, unit
        Which rooms.
    """

    def __init__(self, site: Site, unit: Unit) -> None:
        self.site, self.unit = site, unit
        self._features = unit.features | site.features
        self._places = places_of(unit)
        self._per_unit = self._places // unit.count
        self._persons = 0  # in a dormitory
        self._alone: Counter[str] = Counter()  # by sex, sharing
        self._units = 0  # of households for themselves

    def suits(self, household: Household) -> bool:
        """Say whether the household may enter and fits, were all of it empty."""
        admits = self.site.admits
        return (
            household.requires <= self._features
            and (admits is None or not admits.isdisjoint(household.traits))
            and self.most(household) > 0
        )

    def most(self, household: Household) -> int:
        """Return how many such households fit, were all of it empty."""
        if self.unit.sharing == "dormitory" or self._shares(household):
            return self._places // household.size
        units = self._units_for(household.size)
        return self.unit.count // units if units else 0

    def waste(self, household: Household) -> int:
        """Return how many places such a household leaves empty that nobody else can take."""
        if self.unit.sharing == "dormitory" or self._shares(household):
            return 0
        return (self._units_for(household.size) or 0) * self._per_unit - household.size

    def has_room(self, household: Household) -> bool:
        """Say whether the household fits now."""
        if self.unit.sharing == "dormitory":
            return self._persons + household.size <= self._places
        if self._shares(household):
            return self._in_use(self._alone + Counter([household.sex or ""]), self._units) <= self.unit.count
        return self._in_use(self._alone, self._units + (self._units_for(household.size) or 0)) <= self.unit.count

    def take(self, household: Household) -> None:
        """Let the household live here."""
        if self.unit.sharing == "dormitory":
            self._persons += household.size
        elif self._shares(household):
            self._alone[household.sex or ""] += 1
        else:
            self._units += self._units_for(household.size) or 0

    def _shares(self, household: Household) -> bool:
        return self.unit.sharing == "same_sex" and household.size == 1 and household.sex in _SHARING_SEXES

    def _units_for(self, size: int) -> int | None:
        """Return the least number of connected units for `size` persons; None if too many."""
        area = self.unit.area_m2
        for units in range(1, min(_MOST_UNITS, self.unit.count) + 1):
            by_area = size if area is None else int(units * area / AREA_PER_PLACE_M2 + 1e-9)
            if size <= min(units * self.unit.beds, by_area):
                return units
        return None

    def _in_use(self, alone: Counter[str], units: int) -> int:
        return units + sum(-(-persons // self._per_unit) for persons in alone.values())
