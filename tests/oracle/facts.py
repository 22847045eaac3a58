"""What is the case before any plan: who lives where, what is open, how far, how much fits."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cached_property

from dezentral import District, Household, Instance, Policy, Service, Site, Unit


@dataclass(frozen=True)
class Place:
    """One unit kind at one site, and the units taken of it."""

    site: str
    unit: str
    units: int


Placements = dict[str, Place]  # household id → where; who is not in it is unplaced


class Facts:
    """An instance under a policy, looked up by id."""

    def __init__(self, instance: Instance, policy: Policy) -> None:
        self.instance = instance
        self.policy = policy
        self.rules = policy.rules
        self.districts: dict[str, District] = {district.id: district for district in instance.districts}
        self.sites: dict[str, Site] = {site.id: site for site in instance.sites}
        self.households: dict[str, Household] = {household.id: household for household in instance.households}
        self.kinds: dict[tuple[str, str], Unit] = {
            (site.id, unit.id): unit for site in instance.sites for unit in site.units
        }

    def district_of(self, site: str) -> str:
        return self.sites[site].district

    def is_open(self, site: str) -> bool:
        record, today = self.sites[site], self.instance.date
        if record.opening_cost is not None:
            return False
        if today is None:
            return True
        opened = record.open_from is None or record.open_from <= today
        return opened and (record.open_until is None or today < record.open_until)

    def lasts(self, site: str) -> bool:
        """Say whether a stay that begins today can last as long as the rules ask."""
        today, until, days = self.instance.date, self.sites[site].open_until, self.rules.min_stay_days
        if today is None or until is None or days == 0:  # 0 days = no such rule, also at a site that closed before
            return True
        return today + dt.timedelta(days=days) <= until

    def stays(self, household: Household, site: str, unit: str) -> bool:
        return household.current_site == site and household.current_unit in {None, unit}

    def is_excluded(self, household: Household, site: str) -> bool:
        return site in household.excluded_sites or self.district_of(site) in household.excluded_districts

    @cached_property
    def lived_in(self) -> set[tuple[str, str]]:
        """The shared kinds in which listed households live today."""
        return {
            (site, unit.id)
            for (site, _), unit in self.kinds.items()
            if unit.sharing != "household"
            and any(self.stays(household, site, unit.id) for household in self.instance.households)
        }

    def capacity(self, site: str, unit: str, units: int, *, staying: bool = False) -> int:
        """Return how many persons fit into some units of one kind: by area, or by beds where people live already."""
        kind, area = self.kinds[site, unit], self.rules.min_area_per_person_m2
        beds = units * kind.beds
        if staying or (site, unit) in self.lived_in or kind.area_m2 is None or area is None:
            return beds
        return min(beds, math.floor(units * kind.area_m2 / area + 1e-9))

    def units_alone(self, household: Household, site: str, unit: str) -> int | None:
        """Return the units that a household takes for itself alone; None if it cannot."""
        if self.stays(household, site, unit):
            return math.ceil(household.size / self.kinds[site, unit].beds)
        for units in range(1, self.rules.max_units_per_household + 1):
            if household.size <= self.capacity(site, unit, units):
                return units
        return None

    def is_alone(self, household: Household, site: str, unit: str) -> bool:
        """Say whether a household would have units of this kind for itself."""
        sharing = self.kinds[site, unit].sharing
        return sharing == "household" or (sharing == "same_sex" and household.size > 1)

    def units_taken(self, household: Household, site: str, unit: str) -> int | None:
        """Return the units that a placement names; None if the household does not fit."""
        if self.is_alone(household, site, unit):
            return self.units_alone(household, site, unit)
        # In a dormitory the places are counted over all; in a shared room at least one person must fit.
        fits = self.kinds[site, unit].sharing == "dormitory" or self.capacity(site, unit, 1) > 0
        return 1 if fits else None

    def metres(self, site: str, service: Service) -> float:
        """Return whole metres, halves up; infinite if unreachable."""
        metres = self._measured(site, service)
        if service.reach is not None and metres > service.reach:
            return math.inf
        return metres

    def _measured(self, site: str, service: Service) -> float:
        table = self.instance.distances
        if table is not None and site in table.rows and service.id in table.columns:
            cell = table.data[table.rows.index(site)][table.columns.index(service.id)]
            return math.inf if cell is None else math.floor(cell + 0.5)
        return self.metres_to_point(site, service.x, service.y)

    def metres_to_point(self, site: str, x: float | None, y: float | None) -> float:
        record = self.sites[site]
        if record.x is None or record.y is None or x is None or y is None:
            return math.inf
        return math.floor(math.hypot(record.x - x, record.y - y) * self.instance.detour + 0.5)

    def metres_to_kind(self, site: str, kind: str) -> float:
        offered = [service for service in self.instance.services if service.kind == kind]
        return min((self.metres(site, service) for service in offered), default=math.inf)

    @cached_property
    def kinds_with_capacities(self) -> set[str]:
        return {service.kind for service in self.instance.services if service.capacity is not None}

    @cached_property
    def target_shares(self) -> dict[str, float]:
        weights = {
            district.id: district.population if district.target_weight is None else district.target_weight
            for district in self.instance.districts
        }
        return {key: weight / sum(weights.values()) for key, weight in weights.items()}

    def housed_in(self, district: str) -> int:
        """Return the persons of a district who are in no table."""
        at_sites = sum(site.housed for site in self.instance.sites if site.district == district)
        return self.districts[district].housed + at_sites

    @cached_property
    def persons_in_all(self) -> int:
        housed = sum(self.housed_in(district) for district in self.districts)
        return housed + sum(household.size for household in self.instance.households)
