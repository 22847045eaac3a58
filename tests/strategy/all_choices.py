"""The sites to open by trying every set of candidates."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Any

import dezentral as dz
from tests.solver.solving import EXACT


def opened(instance: dz.Instance, keys: tuple[str, ...]) -> dz.Instance:
    """Make some candidates ordinary sites."""
    sites = [site.model_copy(update={"opening_cost": None}) if site.id in keys else site for site in instance.sites]
    return instance.replace(sites=sites)


def is_candidate(instance: dz.Instance, site: dz.Site) -> bool:
    day = instance.date
    begun = day is None or site.open_from is None or site.open_from <= day
    return site.opening_cost is not None and begun and (day is None or site.open_until is None or day < site.open_until)


def best(
    instance: dz.Instance, policy: dz.Policy, budget: float | None = None, max_new: int | None = None
) -> tuple[tuple[float, ...], float, tuple[str, ...]] | None:
    """Return values, cost and ids of the best choice; None if none is feasible.

    Slack makes later levels depend on the plan; here the levels have none.
    """
    costs = {site.id: site.opening_cost for site in instance.sites if is_candidate(instance, site)}
    every = chain.from_iterable(combinations(sorted(costs), n) for n in range(len(costs) + 1))
    found: list[Any] = []
    for keys in every:
        cost = sum(costs[key] for key in keys)
        if (max_new is not None and len(keys) > max_new) or (budget is not None and cost > budget + 1e-9):
            continue
        result = dz.solve(opened(instance, keys), policy, EXACT)
        if result.plan is not None:
            assert result.status is dz.Status.OPTIMAL
            found.append((tuple(round(level.value, 5) + 0.0 for level in result.levels), round(cost, 6), keys))
    return min(found, default=None)
