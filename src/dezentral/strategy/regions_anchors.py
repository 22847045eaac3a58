"""Benefits of pooled sites: utilities of the best member; where no goal reads them, metres to anchors instead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.checks.situation import Situation
from dezentral.domain import Table
from dezentral.domain.policy import Policy, Proximity, Utility
from dezentral.geo.distance import anchor_metres
from dezentral.strategy.regions_pooling import PooledSites

_MOST_CELLS = 3_000_000


@dataclass(frozen=True)
class Benefits:
    """A table of benefits, and the level that has to read them in addition (None = none).

    Attributes
    ----------
    table
        Household × pooled site.
    level, weight
        Where a `Utility` goal stands for the anchors of `Proximity`, and its weight.
    """

    table: Table | None
    level: int | None = None
    weight: float = 1.0


def pooled_benefits(situation: Situation, policy: Policy, pooled: PooledSites) -> Benefits:
    """Pool the benefits; anchors are left out (0 metres) where a table cannot stand for them or would be too large."""
    goals = [(i, goal) for i, level in enumerate(policy.levels) for goal in level.goals]
    pools = [site.id for site in pooled.sites if site.units]
    if any(isinstance(goal, Utility) for _, goal in goals):
        return Benefits(_utilities(situation, pooled, pools))
    near = [(i, goal) for i, goal in goals if isinstance(goal, Proximity)]
    anchored = sum(bool(household.anchors) for household in situation.instance.households)
    if len(near) != 1 or not anchored or anchored * len(pools) > _MOST_CELLS:
        return Benefits(None)
    (level, goal), *_ = near
    return Benefits(_anchors(situation, pooled, pools), level, goal.weight)


def _utilities(situation: Situation, pooled: PooledSites, pools: list[str]) -> Table | None:
    table = situation.instance.utilities
    if table is None:
        return None
    columns = {key: column for column, key in enumerate(table.columns)}
    given = np.nan_to_num(table.array, nan=0.0)
    best = np.zeros((len(table.rows), len(pools)))
    for column, pool in enumerate(pools):
        members = [site.id for site in pooled.members[pool]]
        listed = [columns[site] for site in members if site in columns]
        least = 0.0 if len(listed) < len(members) else -np.inf  # what is not listed is 0
        best[:, column] = given[:, listed].max(axis=1, initial=least)
    return _table(list(table.rows), pools, best)


def _anchors(situation: Situation, pooled: PooledSites, pools: list[str]) -> Table:
    """Return minus the weighted metres from each anchored household's nearest member, by pool."""
    households = [household for household in situation.instance.households if household.anchors]
    anchors = [anchor for household in households for anchor in household.anchors]
    starts = np.cumsum([0, *(len(household.anchors) for household in households)])[:-1]
    weights = np.array([anchor.weight for anchor in anchors])
    benefits = np.zeros((len(households), len(pools)))
    for column, pool in enumerate(pools):
        members = [site for site in pooled.members[pool] if site.units]
        metres = anchor_metres(members, anchors, situation.instance.detour) * weights
        benefits[:, column] = -np.add.reduceat(metres, starts, axis=1).min(axis=0, initial=np.inf)
    return _table([household.id for household in households], pools, benefits)


def _table(rows: list[str], columns: list[str], cells: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Table:
    return Table(rows=tuple(rows), columns=tuple(columns), data=tuple(map(tuple, cells.tolist())))
