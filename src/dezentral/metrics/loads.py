"""Loads of the districts, and their shares of the target."""

from __future__ import annotations

import numpy as np

from dezentral.domain import Instance, Plan

Counts = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Shares = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def district_loads(instance: Instance, plan: Plan) -> Counts:
    """Return persons per district: its `housed`, its sites' `housed`, and who is placed there.

    Returns
    -------
    numpy.ndarray
        Shape ``(n_districts,)``, in the order of the instance.
    """
    at = {district.id: d for d, district in enumerate(instance.districts)}
    district_of = {site.id: at[site.district] for site in instance.sites}
    size = {household.id: household.size for household in instance.households}
    loads = np.array([district.housed for district in instance.districts], dtype=np.int64)
    for site in instance.sites:
        loads[district_of[site.id]] += site.housed
    where = [district_of[placement.site] for placement in plan.placements]
    np.add.at(loads, where, [size[placement.household] for placement in plan.placements])
    return loads


def target_shares(instance: Instance) -> Shares:
    """Return each district's target share: its weight, or else its population, over the sum of all.

    Returns
    -------
    numpy.ndarray
        Shape ``(n_districts,)``, in the order of the instance; sums to 1.
    """
    weights = np.array(
        [
            district.population if district.target_weight is None else district.target_weight
            for district in instance.districts
        ],
        dtype=np.float64,
    )
    return weights / weights.sum() if weights.size else weights
