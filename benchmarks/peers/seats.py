"""Seats at services in the textbook formulation: a flow from sites to services, per kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.columns import Columns
from benchmarks.peers.rows import Rows


def add_seats(rows: Rows, columns: Columns) -> NDArray[np.int64]:
    """Add the flow of every kind with capacities; return the variables that count members without a seat."""
    services = columns.compiled.instance.services
    kinds = sorted({service.kind for service in services if service.capacity is not None})
    found = [_add_kind(rows, columns, kind) for kind in kinds]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _add_kind(rows: Rows, columns: Columns, kind: str) -> NDArray[np.int64]:
    compiled = columns.compiled
    offers = [j for j, service in enumerate(compiled.instance.services) if service.kind == kind]
    reach = np.isfinite(compiled.service_metres[:, offers])
    members = np.array([household.needs.get(kind, 0) for household in compiled.types.first])[columns.type]
    sites = len(compiled.places.sites)
    short = rows.add_variables(sites, upper=np.inf, whole=False)
    demand = rows.add_rows(sites, -np.inf, 0.0)
    needing = np.flatnonzero(members)
    rows.put(demand + columns.site[needing], needing, members[needing].astype(np.float64))
    rows.put(demand + np.arange(sites), short + np.arange(sites), np.full(sites, -1.0))
    seats = [compiled.instance.services[j].capacity for j in offers]
    supply = rows.add_rows(len(offers), -np.inf, np.array([np.inf if s is None else s for s in seats]))
    at_site, at_offer = np.nonzero(reach)
    taken = rows.add_variables(len(at_site), upper=np.inf, whole=False) + np.arange(len(at_site))
    rows.put(demand + at_site, taken, np.full(len(at_site), -1.0))
    rows.put(supply + at_offer, taken, np.ones(len(at_site)))
    return short + np.arange(sites)
