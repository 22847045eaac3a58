"""What every rule and every goal reads: the instance, the rules and the plan, joined once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.unit_use import persons_that_fit
from dezentral.domain import District, Household, Instance, Plan, Site, Unit
from dezentral.domain.policy import Rules
from dezentral.geo.distance import Array, kind_metres, service_metres
from dezentral.wording import Language


@dataclass(frozen=True)
class Situation:
    """A plan in its instance under the rules of a policy. The plan must match the instance.

    What is said about it is said in `language`.
    """

    instance: Instance
    rules: Rules
    plan: Plan
    language: Language = "en"

    @cached_property
    def sites(self) -> dict[str, Site]:
        """The sites by id, in sorted order."""
        return {site.id: site for site in sorted(self.instance.sites, key=lambda site: site.id)}

    @cached_property
    def districts(self) -> dict[str, District]:
        """The districts by id, in sorted order."""
        return {district.id: district for district in sorted(self.instance.districts, key=lambda each: each.id)}

    @cached_property
    def households(self) -> dict[str, Household]:
        """The households by id."""
        return {household.id: household for household in self.instance.households}

    @cached_property
    def row_of_site(self) -> dict[str, int]:
        """Where a site stands in the arrays of distances."""
        return {site.id: row for row, site in enumerate(self.instance.sites)}

    @cached_property
    def placed(self) -> tuple[PlacedHousehold, ...]:
        """Who is placed, sorted by household id."""
        units = {(site.id, unit.id): unit for site in self.instance.sites for unit in site.units}
        return tuple(
            PlacedHousehold(
                household=self.households[placement.household],
                site=self.sites[placement.site],
                unit=units[placement.site, placement.unit],
                units=placement.units,
            )
            for placement in self.plan.placements
        )

    @cached_property
    def newly_placed(self) -> tuple[PlacedHousehold, ...]:
        """Who does not stay: all who move, who come in, who change the unit kind within their site."""
        return tuple(placed for placed in self.placed if not placed.stays)

    @cached_property
    def unplaced(self) -> tuple[Household, ...]:
        """Who is left unplaced, sorted by id."""
        return tuple(self.households[key] for key in self.plan.unplaced)

    @cached_property
    def placed_at(self) -> dict[str, list[PlacedHousehold]]:
        """Site id → who is placed there."""
        groups: dict[str, list[PlacedHousehold]] = defaultdict(list)
        for placed in self.placed:
            groups[placed.site.id].append(placed)
        return dict(groups)

    @cached_property
    def placed_in(self) -> dict[tuple[str, str], list[PlacedHousehold]]:
        """Site id and unit id → who is placed there, in sorted order."""
        groups: dict[tuple[str, str], list[PlacedHousehold]] = defaultdict(list)
        for placed in self.placed:
            groups[placed.kind].append(placed)
        return dict(sorted(groups.items()))

    @cached_property
    def living_at(self) -> dict[str, list[Household]]:
        """Site id → the listed households that live there today, placed or not."""
        groups: dict[str, list[Household]] = defaultdict(list)
        for household in self.instance.households:
            if household.current_site is not None:
                groups[household.current_site].append(household)
        return dict(groups)

    @cached_property
    def shared_today(self) -> frozenset[tuple[str, str]]:
        """Site id and unit id of the shared unit kinds in which listed households live today.

        A household whose unit kind is not known lives in every shared kind of its site.
        """
        return frozenset(
            (site_id, unit.id)
            for site_id, households in self.living_at.items()
            for unit in self.sites[site_id].units
            if unit.sharing != "household" and any(each.current_unit in {None, unit.id} for each in households)
        )

    @cached_property
    def sites_in(self) -> dict[str, list[Site]]:
        """District id → its sites, both in sorted order."""
        groups: dict[str, list[Site]] = {key: [] for key in self.districts}
        for site in self.sites.values():
            groups[site.district].append(site)
        return groups

    @cached_property
    def service_metres(self) -> Array:
        """Whole metres from every site to every service, shape (n_sites, n_services); inf = unreachable."""
        return service_metres(self.instance)

    @cached_property
    def kind_metres(self) -> dict[str, Array]:
        """Service kind → whole metres from every site to the nearest reachable one; inf = none."""
        return kind_metres(self.instance)

    def home(self, household: Household) -> Site | None:
        """Return where a household lives today; None = nowhere listed."""
        return None if household.current_site is None else self.sites[household.current_site]

    def metres_to(self, kind: str, site: Site) -> float:
        """Return whole metres from a site to the nearest reachable service of a kind; inf = none."""
        return float(self.kind_metres[kind][self.row_of_site[site.id]])

    def is_open(self, site: Site) -> bool:
        """Say whether a site is no candidate and, on a planning day, open on it."""
        today = self.instance.date
        if site.opening_cost is not None:
            return False
        if today is None:
            return True
        return (site.open_from is None or site.open_from <= today) and (
            site.open_until is None or today < site.open_until
        )

    def places(self, site: Site, unit: Unit) -> int:
        """Return cap(1) of a unit kind: persons in one unit, by `beds` alone where a shared kind is lived in."""
        return persons_that_fit(unit, 1, None if (site.id, unit.id) in self.shared_today else self._area)

    def capacity(self, placed: PlacedHousehold, units: int) -> int:
        """Return cap(units) for a household where it is placed: who stays is judged by `beds` alone."""
        by_beds = placed.stays or placed.kind in self.shared_today
        return persons_that_fit(placed.unit, units, None if by_beds else self._area)

    @property
    def _area(self) -> float | None:
        return self.rules.min_area_per_person_m2


def persons(of: Iterable[Household | PlacedHousehold]) -> int:
    """Return the persons of some households."""
    return sum(each.size for each in of)
