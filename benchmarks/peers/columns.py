"""The columns of the textbook formulation: one for each household and each unit kind that may take it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dezentral.compiled import Compiled
from dezentral.compiled.pools import DORMITORY, SAME_SEX
from dezentral.domain.policy import Cost, Fit, Goal, Proximity, Stability, Wishes
from dezentral.geo.distance import anchor_metres

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """Pairs that are allowed, by household, then by pool. All arrays have shape (n_columns,).

    Attributes
    ----------
    compiled
        The instance as arrays: what may be placed where, and how many units it takes.
    household, type, pool, site
        Indices.
    size, units
        Persons; units that the household takes there.
    """

    compiled: Compiled
    household: Ints
    type: Ints
    pool: Ints
    site: Ints
    size: Ints
    units: Ints

    def __len__(self) -> int:
        return len(self.pool)

    @property
    def shared(self) -> NDArray[np.bool_]:
        """Whether the column shares rooms by sex."""
        return np.asarray((self.compiled.pools.sharing[self.pool] == SAME_SEX) & (self.size == 1), dtype=np.bool_)

    @property
    def sex(self) -> NDArray[np.str_]:
        """``"f"``, ``"m"`` or ``"x"`` of each column's household."""
        by_type = np.array([h.sex if h.sex in ("f", "m") else "x" for h in self.compiled.types.first])
        return by_type[self.type]


def columns_of(compiled: Compiled) -> Columns:
    """List every household × unit kind that the rules allow."""
    types = compiled.types.of_household
    allowed = compiled.units > 0
    household, pool = np.nonzero(allowed[types])
    kind = types[household]
    return Columns(
        compiled=compiled,
        household=household,
        type=kind,
        pool=pool,
        site=compiled.pools.site[pool],
        size=compiled.types.size[kind],
        units=compiled.units[kind, pool],
    )


def cost_of(columns: Columns, goal: Goal) -> Floats:
    """Return what one goal adds for each column; goals that are no sum over columns add nothing."""
    if isinstance(goal, Stability):
        current = columns.compiled.current[columns.type]
        return np.where((current >= 0) & (current != columns.site), columns.size, 0).astype(np.float64)
    if isinstance(goal, Fit):
        return _spare_beds(columns)
    if isinstance(goal, Cost):
        costs = np.array([site.cost for site in columns.compiled.places.sites])
        return np.asarray(columns.size * costs[columns.site], dtype=np.float64)
    if isinstance(goal, Wishes):
        return _wishes(columns, goal.depth)
    if isinstance(goal, Proximity):
        return _to_services(columns, goal) + _to_anchors(columns)
    return np.zeros(len(columns))


def _spare_beds(columns: Columns) -> Floats:
    """Beds left empty by households that take units for themselves; shared rooms are counted by the formulation."""
    pools = columns.compiled.pools
    stays = columns.compiled.stays[columns.type, columns.pool] & ~columns.shared
    places = np.where(stays, pools.beds[columns.pool], pools.cap1[columns.pool])
    own = ~columns.shared | (columns.sex == "x")  # the rooms that persons share are variables of their own
    spare = np.where(own, columns.units * places, 0) - columns.size
    return np.where(pools.sharing[columns.pool] == DORMITORY, 0, spare).astype(np.float64)


def _wishes(columns: Columns, depth: int) -> Floats:
    places = columns.compiled.places
    ids = sorted(places.district_index, key=lambda key: places.district_index[key])
    ranks = np.zeros((len(columns.compiled.types), len(ids)))
    for t, household in enumerate(columns.compiled.types.first):
        if household.wishes:
            ranks[t] = [min(household.wishes.index(d) if d in household.wishes else depth, depth) for d in ids]
    return np.asarray(columns.size * ranks[columns.type, places.site_district[columns.site]], dtype=np.float64)


def _to_services(columns: Columns, goal: Proximity) -> Floats:
    total = np.zeros(len(columns))
    for kind, metres in columns.compiled.kind_metres.items():
        members = np.array([household.needs.get(kind, 0) for household in columns.compiled.types.first])
        near = np.where(np.isfinite(metres), metres, goal.out_of_reach)
        total += goal.weights.get(kind, 1.0) * members[columns.type] * near[columns.site]
    return total


def _to_anchors(columns: Columns) -> Floats:
    """Add up metres to anchors by household: they are what makes households unique."""
    instance, sites = columns.compiled.instance, columns.compiled.places.sites
    anchored = [(h, anchor) for h, household in enumerate(instance.households) for anchor in household.anchors]
    if not anchored:
        return np.zeros(len(columns))
    metres = anchor_metres(sites, [anchor for _, anchor in anchored], instance.detour)
    by_household = np.zeros((len(instance.households), len(sites)))
    for j, (h, anchor) in enumerate(anchored):
        by_household[h] += anchor.weight * metres[:, j]
    return np.asarray(by_household[columns.household, columns.site], dtype=np.float64)
