"""Peer support in the textbook formulation: in every district a flow from those who give it to those who seek it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.columns import Columns
from benchmarks.peers.rows import Rows
from dezentral.domain import District


def add_peer_support(rows: Rows, columns: Columns) -> NDArray[np.int64]:
    """Add the flows of every district; return the variables that count persons without peer support."""
    found = [_add_district(rows, columns, district) for district in columns.compiled.instance.districts]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _add_district(rows: Rows, columns: Columns, district: District) -> NDArray[np.int64]:
    """One node for each set of languages that is spoken by households that seek, or give, and for each circle."""
    places, households = columns.compiled.places, columns.compiled.types.first
    inside = places.site_district[columns.site] == places.district_index[district.id]
    size = np.array([household.size if household.seeks_support else 0 for household in households])[columns.type]
    support = np.array([household.supports for household in households])[columns.type]
    spoken = [households[t].languages for t in columns.type.tolist()]
    seekers = sorted({spoken[c] for c in np.flatnonzero(inside & (size > 0)).tolist()}, key=sorted)
    givers = sorted({spoken[c] for c in np.flatnonzero(inside & (support > 0)).tolist()}, key=sorted)
    circles = sorted(district.support.items())
    wanted = rows.add_rows(len(seekers), 0.0, np.inf)
    given = rows.add_rows(len(givers), 0.0, np.inf)
    open_ = rows.add_rows(len(circles), [-float(persons) for _, persons in circles], np.inf)
    for first, kinds, persons, sign in ((wanted, seekers, size, -1.0), (given, givers, support, 1.0)):
        for row, kind in enumerate(kinds, first):
            mine = np.array([c for c in np.flatnonzero(inside & (persons > 0)).tolist() if spoken[c] == kind])
            rows.put(np.full(len(mine), row), mine, sign * persons[mine])
    supplies = [*enumerate(givers, given), *((row, frozenset([key])) for row, (key, _) in enumerate(circles, open_))]
    for demand, languages in enumerate(seekers, wanted):
        for supply, offered in supplies:
            if languages & offered:
                flow = rows.add_variables(1, upper=np.inf, whole=False)
                rows.put(np.array([demand, supply]), np.array([flow, flow]), np.array([1.0, -1.0]))
    short = rows.add_variables(len(seekers), upper=np.inf, whole=False) + np.arange(len(seekers))
    rows.put(wanted + np.arange(len(seekers)), short, np.ones(len(seekers)))
    return short
