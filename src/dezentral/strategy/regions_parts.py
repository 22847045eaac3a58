"""Tier two: one region as an instance of its own, aiming at the targets that its districts have in the whole.

Two things stand for the rest of the whole: a district that holds N persons and whose weight makes every target come out
as in the whole, and a closed site there, where households live who come from other regions. Who lives in the region and
is shared out elsewhere stays in the list, excluded from all of it: caps are judged on today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dezentral.domain import District, Household, Instance, Relation, Service, Site, Table
from dezentral.domain.policy import Level, Policy, Rules
from dezentral.strategy.regions_relaxation import target_shares, total_persons

_TWO = 2


@dataclass(frozen=True)
class Part:
    """What one region is to place.

    Attributes
    ----------
    region
        Its id.
    instance, policy
        The region alone, and its share of what is limited for the whole.
    assigned
        Ids of the households that it may place.
    """

    region: str
    instance: Instance
    policy: Policy
    assigned: frozenset[str]


@dataclass(frozen=True)
class Allowance:
    """A region's share of what is limited for the whole."""

    rules: Rules
    services: tuple[Service, ...]


class Cutter:
    """Cuts an instance into regions."""

    def __init__(self, instance: Instance, policy: Policy, region_of: Mapping[str, str]) -> None:
        self.instance, self.policy, self.region_of = instance, policy, region_of
        self.everyone = total_persons(instance)
        self.targets = {key: share * self.everyone for key, share in target_shares(instance).items()}
        self.district_of = {site.id: site.district for site in instance.sites}
        self.elsewhere = _unused("elsewhere", {*self.targets, *self.district_of})

    def part(self, region: str, assigned: frozenset[str], allowance: Allowance) -> Part:
        """Return one region with the households shared out to it."""
        sites = [site for site in self.instance.sites if self.region_of[site.district] == region]
        here = frozenset(site.id for site in sites)
        inside = frozenset(district for district, of in self.region_of.items() if of == region)
        households = [
            self._household(household, inside, here, stays_in_list=household.id not in assigned)
            for household in self.instance.households
            if household.id in assigned or household.current_site in here
        ]
        housed = sum(d.housed for d in self.instance.districts if d.id in inside) + sum(site.housed for site in sites)
        instance = Instance(
            districts=tuple(self._districts(inside, housed + sum(household.size for household in households))),
            sites=(*sites, Site(id=self.elsewhere, district=self.elsewhere, units=(), opening_cost=0.0)),
            households=tuple(households),
            services=allowance.services,
            relations=tuple(self._relations(assigned)),
            crs=self.instance.crs,
            detour=self.instance.detour,
            date=self.instance.date,
            distances=_cut(self.instance.distances, rows=here),
            utilities=_cut(self.instance.utilities, rows=assigned, columns=here),
        )
        regions = len(set(self.region_of.values()))
        levels = [
            Level(*level.goals, rel_slack=level.rel_slack, abs_slack=level.abs_slack / regions)
            for level in self.policy.levels
        ]
        return Part(region, instance, Policy(rules=allowance.rules, levels=tuple(levels)), assigned)

    def _districts(self, inside: frozenset[str], persons: int) -> list[District]:
        """Return the region's districts weighted by their targets, and the rest of the whole.

        Weights add up to the persons in the part, so every weight is a target in persons.
        """
        own = [
            district.model_copy(update={"target_weight": self.targets[district.id], "geometry": None})
            for district in self.instance.districts
            if district.id in inside
        ]
        rest = persons + self.everyone - sum(self.targets[key] for key in sorted(inside))
        return [
            *own,
            District(id=self.elsewhere, population=0, target_weight=max(rest, 1.0), housed=self.everyone),
        ]

    def _household(
        self, household: Household, inside: frozenset[str], here: frozenset[str], *, stays_in_list: bool
    ) -> Household:
        changes: dict[str, Any] = {
            "wishes": tuple(wish if wish in inside else self.elsewhere for wish in household.wishes),
            "excluded_sites": household.excluded_sites & here,
            "excluded_districts": inside if stays_in_list else household.excluded_districts & inside,
        }
        if household.current_site is not None and household.current_site not in here:
            changes |= {"current_site": self.elsewhere, "current_unit": None}
        if stays_in_list or household.fixed_site not in here:
            changes["fixed_site"] = None
        return household.model_copy(update=changes)

    def _relations(self, assigned: frozenset[str]) -> list[Relation]:
        bound = [
            (relation.kind, [key for key in relation.households if key in assigned])
            for relation in self.instance.relations
        ]
        return [Relation(kind=kind, households=tuple(members)) for kind, members in bound if len(members) >= _TWO]


def _cut(table: Table | None, *, rows: frozenset[str], columns: frozenset[str] | None = None) -> Table | None:
    if table is None:
        return None
    kept = [j for j, column in enumerate(table.columns) if columns is None or column in columns]
    lines: Sequence[tuple[str, tuple[float | None, ...]]] = [
        (row, cells) for row, cells in zip(table.rows, table.data, strict=True) if row in rows
    ]
    return Table(
        rows=tuple(row for row, _ in lines),
        columns=tuple(table.columns[j] for j in kept),
        data=tuple(tuple(cells[j] for j in kept) for _, cells in lines),
    )


def _unused(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    return name
