"""A household where the plan puts it, seen from where it lives today."""

from __future__ import annotations

from dataclasses import dataclass

from dezentral.domain import Household, Site, Unit


@dataclass(frozen=True, slots=True)
class PlacedHousehold:
    """A placement with the records that it names."""

    household: Household
    site: Site
    unit: Unit
    units: int

    @property
    def id(self) -> str:
        """Id of the household."""
        return self.household.id

    @property
    def size(self) -> int:
        """Persons of the household."""
        return self.household.size

    @property
    def kind(self) -> tuple[str, str]:
        """Ids of the site and of its unit kind: unit ids alone repeat from site to site."""
        return self.site.id, self.unit.id

    @property
    def stays(self) -> bool:
        """Whether it keeps its site and, where that is given, its unit kind."""
        return self.household.current_site == self.site.id and self.household.current_unit in {None, self.unit.id}

    @property
    def moves(self) -> bool:
        """Whether it leaves its current site for another; a change of unit kind within a site is no move."""
        return self.household.current_site not in {None, self.site.id}

    @property
    def shares(self) -> bool:
        """Whether it takes places rather than whole units for itself."""
        return self.unit.sharing == "dormitory" or (self.unit.sharing == "same_sex" and self.size == 1)
