"""Units of each kind in use, and what one household more or less changes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.checks.unit_use import units_needed
from dezentral.domain import Household, Site, Unit

Kind = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """What one kind of unit at one site holds.

    Attributes
    ----------
    sharing
        As in the unit.
    places
        Persons in one unit.
    persons
        Persons in all of them.
    own
        Units that households have for themselves.
    women, men, others
        Persons living alone who share by sex; those with sex "x" or none have a unit each.
    beds
        Places in the units that households have for themselves, each by its own measure.
    """

    sharing: str
    places: int
    persons: int = 0
    own: int = 0
    women: int = 0
    men: int = 0
    others: int = 0
    beds: int = 0

    @property
    def taken(self) -> int:
        """Units in use; in a dormitory the places taken."""
        if self.sharing == "dormitory":
            return self.persons
        together = max(self.places, 1)
        return self.own + self.others + math.ceil(self.women / together) + math.ceil(self.men / together)

    @property
    def empty(self) -> int:
        """Beds that stay empty in the units in use."""
        if self.sharing == "dormitory":
            return 0
        beds = self.taken * self.places if self.sharing == "same_sex" else self.beds
        return max(0, beds - self.persons)

    def changed(self, situation: Situation, placed: PlacedHousehold, sign: int) -> Use:
        """Return the use with a household added (+1) or taken out (−1)."""
        own, women, men, others, beds = self.own, self.women, self.men, self.others, self.beds
        if self.sharing == "dormitory":
            pass  # places are taken person by person
        elif not placed.shares:
            own += sign * placed.units
            beds += sign * placed.units * situation.capacity(placed, 1)
        elif placed.household.sex == "f":
            women += sign
        elif placed.household.sex == "m":
            men += sign
        else:
            others += sign
        return Use(self.sharing, self.places, self.persons + sign * placed.size, own, women, men, others, beds)


class Ledger:
    """The use of every kind of unit under a plan, and who fits into which."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._uses: dict[Kind, Use] = {
            (site.id, unit.id): Use(unit.sharing, situation.places(site, unit))
            for site in situation.sites.values()
            for unit in site.units
        }
        for placed in situation.placed:
            self._uses[placed.kind] = self._uses[placed.kind].changed(situation, placed, 1)
        self._taken = {kind: use.taken for kind, use in self._uses.items()}
        self._kinds = [(site, unit) for site in situation.sites.values() for unit in _by_id(site.units)]
        self._new: dict[int, list[int | None]] = {}

    def kinds(self, household: Household) -> Iterator[tuple[Site, Unit, bool, int | None]]:
        """Return every kind of unit by ids: whether being there is staying, and the units that a household takes.

        1 where it shares, None where it does not fit.
        """
        if household.size not in self._new:
            # Nobody lives anywhere: what it takes to come anew depends on the size alone.
            new = Household(id=household.id, size=household.size)
            self._new[household.size] = [self._units(new, site, unit) for site, unit in self._kinds]
        for (site, unit), units in zip(self._kinds, self._new[household.size], strict=True):
            if household.current_site == site.id and household.current_unit in {None, unit.id}:
                yield site, unit, True, self._units(household, site, unit)
            else:
                yield site, unit, False, units

    def shortage(self, placed: PlacedHousehold, now: PlacedHousehold | None) -> int:
        """Return how many units (in a dormitory: places) are lacking if a household comes; 0 if it breaks nothing anew.

        Where more are in use than there are already, all of them are lacking.
        """
        before = self._taken[placed.kind]
        if (now is not None and now.kind == placed.kind) or (placed.shares and placed.unit.sharing == "same_sex"):
            after = self.after(placed, now).taken
        else:
            after = before + (placed.size if placed.unit.sharing == "dormitory" else placed.units)
        most = there(self._uses[placed.kind], placed.unit)
        return after - most if after > max(most, before) else 0

    def now(self, kind: Kind) -> Use:
        """Return the use under the plan."""
        return self._uses[kind]

    def without(self, kind: Kind, now: PlacedHousehold | None) -> Use:
        """Return the use under the plan with one household taken out, where it is."""
        use = self._uses[kind]
        return use.changed(self._situation, now, -1) if now is not None and now.kind == kind else use

    def after(self, placed: PlacedHousehold, now: PlacedHousehold | None) -> Use:
        """Return the use of the kind into which a household would go."""
        return self.without(placed.kind, now).changed(self._situation, placed, 1)

    def _units(self, household: Household, site: Site, unit: Unit) -> int | None:
        situation, placed = self._situation, PlacedHousehold(household, site, unit, 1)
        if placed.shares:
            return 1 if unit.sharing == "dormitory" or situation.capacity(placed, 1) > 0 else None
        most = placed.size if placed.stays else situation.rules.max_units_per_household
        return units_needed(placed.size, partial(situation.capacity, placed), most)


def there(use: Use, unit: Unit) -> int:
    """Return how many units there are; in a dormitory how many places."""
    return unit.count * use.places if use.sharing == "dormitory" else unit.count


def _by_id(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: unit.id)
