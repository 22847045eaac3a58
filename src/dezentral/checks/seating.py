"""Seats at services: who gets none in a best seating."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from dezentral.checks.assignment import left_over
from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.domain import Service


@dataclass(frozen=True, slots=True)
class Shortage:
    """Members who need one kind and get no seat, and the sites whose needs together exceed their seats.

    Attributes
    ----------
    kind
        The service kind.
    unseated
        Members without a seat (persons).
    sites
        Ids of the sites at which more members need a seat than services that reach any of them have.
    members, seats
        Members in need at these sites, seats that reach any of them.
    """

    kind: str
    unseated: int
    sites: tuple[str, ...]
    members: int
    seats: int


def shortages(situation: Situation, seated: Iterable[PlacedHousehold]) -> Iterator[Shortage]:
    """Seat the members of some placed households and yield each kind with capacities that has too few seats."""
    members: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for placed in seated:
        for kind, needed in placed.household.needs.items():
            members[kind][placed.site.id] += needed
    services = _services_with_capacities(situation)
    for kind in sorted(members.keys() & services.keys()):
        shortage = _shortage(situation, kind, dict(sorted(members[kind].items())), services[kind])
        if shortage.unseated:
            yield shortage


def _services_with_capacities(situation: Situation) -> dict[str, list[tuple[int, Service]]]:
    """Group the services by kind, with their columns, leaving out kinds without any capacity."""
    groups: dict[str, list[tuple[int, Service]]] = defaultdict(list)
    for column, service in enumerate(situation.instance.services):
        groups[service.kind].append((column, service))
    return {
        kind: services
        for kind, services in groups.items()
        if any(service.capacity is not None for _, service in services)
    }


def _shortage(
    situation: Situation,
    kind: str,
    members: dict[str, int],
    services: list[tuple[int, Service]],
) -> Shortage:
    sought = np.array(list(members.values()), dtype=np.int64)
    everyone = int(sought.sum())
    seats = [everyone if service.capacity is None else service.capacity for _, service in services]
    offered = np.array(seats, dtype=np.int64)
    rows = [situation.row_of_site[site_id] for site_id in members]
    reaches = np.isfinite(situation.service_metres[np.ix_(rows, [column for column, _ in services])])
    unseated, short = left_over(sought, offered, reaches)
    return Shortage(
        kind=kind,
        unseated=unseated,
        sites=tuple(site_id for site_id, lacks in zip(members, short, strict=True) if lacks),
        members=int(sought[short].sum()),
        seats=int(offered[reaches[short].any(axis=0)].sum()),
    )
