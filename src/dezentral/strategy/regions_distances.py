"""Services and distances of pooled sites: every pool is as near to a service as its nearest site."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from dezentral.checks.situation import Situation
from dezentral.domain import Service, Table
from dezentral.domain.fields import MOST_PERSONS
from dezentral.domain.policy import Policy, Seats
from dezentral.geo.distance import Array
from dezentral.strategy.regions_pooling import PooledSites


@dataclass(frozen=True)
class PooledServices:
    """Services that the pooled sites cannot tell apart as one, with the metres to each."""

    services: tuple[Service, ...]
    distances: Table


def pool_services(situation: Situation, policy: Policy, pooled: PooledSites) -> PooledServices:
    """Pool services of one kind that the same pooled sites reach; where seats are not read, all of a kind.

    Seats add up: whoever finds one in the original finds one here.
    """
    rows = [site.id for site in pooled.sites if site.units]
    metres = nearest_metres(situation, pooled, rows)
    read = _seats_are_read(situation, policy)
    groups: dict[tuple[str, bytes], list[int]] = defaultdict(list)
    for column, service in enumerate(situation.instance.services):
        pattern = np.isfinite(metres[:, column]).tobytes() if service.kind in read else b""
        groups[service.kind, pattern].append(column)
    services, columns = [], []
    for number, ((kind, _), members) in enumerate(sorted(groups.items())):
        seats = [situation.instance.services[column].capacity for column in members]
        total = None if None in seats or kind not in read else sum(seat or 0 for seat in seats)
        capacity = None if total is None else min(total, MOST_PERSONS)
        services.append(Service(id=f"k{number}", kind=kind, capacity=capacity))
        columns.append(metres[:, members].min(axis=1, initial=np.inf))
    data = np.column_stack(columns) if columns else np.zeros((len(rows), 0))
    cells = tuple(tuple(far if np.isfinite(far) else None for far in row) for row in data.tolist())
    return PooledServices(
        tuple(services), Table(rows=tuple(rows), columns=tuple(service.id for service in services), data=cells)
    )


def nearest_metres(situation: Situation, pooled: PooledSites, rows: list[str]) -> Array:
    """Return metres from each pooled site's nearest member to each service, shape (len(rows), n_services)."""
    metres = np.full((len(rows), len(situation.instance.services)), np.inf)
    for row, pool in enumerate(rows):
        members = [situation.row_of_site[site.id] for site in pooled.members[pool] if site.units]
        metres[row] = situation.service_metres[members].min(axis=0, initial=np.inf)
    return metres


def _seats_are_read(situation: Situation, policy: Policy) -> set[str]:
    goals = [goal for level in policy.levels for goal in level.goals]
    if not policy.rules.service_capacity and not any(isinstance(goal, Seats) for goal in goals):
        return set()
    return {service.kind for service in situation.instance.services if service.capacity is not None}
