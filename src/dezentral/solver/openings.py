"""Which closed sites may open, within a budget and a number."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dezentral.domain import Instance, Plan

NOISE = 1e-6  # relative: what a solver's floats may add to a bound
_SAME = 1e-9  # relative: what floats may differ by


@dataclass(frozen=True)
class Openings:
    """Sites that may open, and what may be spent on them.

    Attributes
    ----------
    instance
        In which these sites are still closed candidates.
    costs
        Id of each site that may open → what opening it costs, in the order of ids.
    budget
        What all openings together may cost; None = anything.
    most
        How many may open; None = any number.
    surely, never
        Ids of sites that are known to be in use in every plan still of interest, or in none.
    """

    instance: Instance
    costs: Mapping[str, float]
    budget: float | None = None
    most: int | None = None
    surely: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def cost(self, opened: Collection[str]) -> float:
        """Return what it costs to open some of the sites."""
        return math.fsum(self.costs[key] for key in sorted(opened))

    def allow(self, opened: Collection[str]) -> bool:
        """Say whether budget and number allow to open some of the sites."""
        affordable = self.budget is None or self.cost(opened) <= self.budget + slack_of(self.budget)
        return affordable and (self.most is None or len(opened) <= self.most)

    def used(self, plan: Plan) -> frozenset[str]:
        """Return the sites that a plan needs open."""
        return frozenset(placement.site for placement in plan.placements if placement.site in self.costs)

    def opening(self, opened: Collection[str]) -> Instance:
        """Return the instance in which some of the sites are ordinary ones."""
        if not opened:
            return self.instance
        sites = [
            site.model_copy(update={"opening_cost": None}) if site.id in opened else site
            for site in self.instance.sites
        ]
        return self.instance.replace(sites=sites)


def slack_of(amount: float) -> float:
    """Return how far floats may miss an amount."""
    return _SAME * max(1.0, abs(amount))
