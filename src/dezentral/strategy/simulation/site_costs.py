"""What each household would cost at each site, for goals that are sums over placements by site."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral.domain import Household, Instance
from dezentral.domain.policy import Cost, Goal, Proximity, Utility, Wishes
from dezentral.geo.distance import anchor_metres, kind_metres

OF_SITES = (Proximity, Wishes, Cost, Utility)
Costs = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def site_costs(instance: Instance, goals: Sequence[Goal]) -> Costs:
    """Return Σ weight × value of the goals if a household is placed at a site, shape ``(n_households, n_sites)``."""
    total = np.zeros((len(instance.households), len(instance.sites)))
    for goal in goals:
        if isinstance(goal, Proximity):
            total += goal.weight * _proximity(instance, goal)
        elif isinstance(goal, Wishes):
            total += goal.weight * _wishes(instance, goal)
        elif isinstance(goal, Cost):
            sizes = np.array([one.size for one in instance.households], dtype=np.float64)
            total += goal.weight * np.outer(sizes, [site.cost for site in instance.sites])
        elif isinstance(goal, Utility):
            total -= goal.weight * _utility(instance)
    return total


def _proximity(instance: Instance, goal: Proximity) -> Costs:
    metres = {
        kind: np.where(np.isfinite(row), row, goal.out_of_reach) for kind, row in kind_metres(instance).items()
    }
    rows = []
    for one in instance.households:
        row = np.zeros(len(instance.sites))
        for kind, members in one.needs.items():
            row += goal.weights.get(kind, 1.0) * members * metres[kind]
        if one.anchors:
            far = anchor_metres(instance.sites, one.anchors, instance.detour)
            row += np.where(np.isfinite(far), far, 0.0) @ np.array([anchor.weight for anchor in one.anchors])
        rows.append(row)
    return np.array(rows).reshape(len(instance.households), len(instance.sites))


def _wishes(instance: Instance, goal: Wishes) -> Costs:
    rows = [
        [one.size * _rank(one, site.district, goal.depth) for site in instance.sites] for one in instance.households
    ]
    return np.array(rows, dtype=np.float64).reshape(len(instance.households), len(instance.sites))


def _rank(household: Household, district: str, depth: int) -> int:
    if not household.wishes:
        return 0
    return min(household.wishes.index(district), depth) if district in household.wishes else depth


def _utility(instance: Instance) -> Costs:
    utilities = np.zeros((len(instance.households), len(instance.sites)))
    table = instance.utilities
    if table is not None:
        rows = {one.id: i for i, one in enumerate(instance.households)}
        columns = {site.id: j for j, site in enumerate(instance.sites)}
        here = np.ix_([rows[key] for key in table.rows], [columns[key] for key in table.columns])
        utilities[here] = np.nan_to_num(table.array, nan=0.0)
    return utilities
