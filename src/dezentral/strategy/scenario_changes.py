"""What the changes of `scenarios` do: records that are called with a scenario, so that they can be pickled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from dezentral.domain import Household, Site
from dezentral.errors import Fault, InstanceError, PolicyError
from dezentral.strategy.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Influx:
    """Households arrive, drawn with replacement from some, or from those of the instance."""

    persons: int
    seed: int
    like: tuple[Household, ...] | None
    arrival: dt.date | None

    def __call__(self, scenario: Scenario) -> Scenario:
        """Return the scenario with them."""
        instance = scenario.instance
        drawn_from = instance.households if self.like is None else self.like
        pool = sorted(drawn_from, key=lambda household: household.id)
        if self.persons and not pool:
            raise InstanceError.of([Fault("influx", "like", "(nobody)", "households to draw from")])
        taken = {household.id for household in instance.households}
        keys = (key for number in count(1) if (key := f"influx-{self.seed}-{number:05}") not in taken)
        apart = {"current_site": None, "current_unit": None, "fixed_site": None}
        newcomers = [
            household.model_copy(update={**apart, "id": key, "arrival": self.arrival or instance.date})
            for household, key in zip(_drawn(pool, self.persons, self.seed), keys, strict=False)
        ]
        return replace(scenario, instance=instance.replace(households=(*instance.households, *newcomers)))


@dataclass(frozen=True, slots=True)
class Closure:
    """A site closes on a day, or on the planning day."""

    site: str
    until: dt.date | None

    def __call__(self, scenario: Scenario) -> Scenario:
        """Return the scenario in which it does."""
        instance = scenario.instance
        known = sorted(one.id for one in instance.sites)
        allowed = f"one of {', '.join(known) or '(no sites)'}"
        faults = [] if self.site in known else [Fault("closure", "site", self.site, allowed)]
        if instance.date is None:
            faults.append(Fault("closure", "date", None, "a planning day of the instance: else dates are ignored"))
        if faults or instance.date is None:
            raise InstanceError.of(faults)
        first = instance.date if self.until is None else self.until
        sites = tuple(_closed(one, first) if one.id == self.site else one for one in instance.sites)
        return replace(scenario, instance=instance.replace(sites=sites))


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site is added."""

    site: Site

    def __call__(self, scenario: Scenario) -> Scenario:
        """Return the scenario with it."""
        instance = scenario.instance
        return replace(scenario, instance=instance.replace(sites=(*instance.sites, self.site)))


@dataclass(frozen=True, slots=True)
class PlanningDay:
    """The plan is made for another day."""

    date: dt.date

    def __call__(self, scenario: Scenario) -> Scenario:
        """Return the scenario on that day."""
        return replace(scenario, instance=scenario.instance.replace(date=self.date))


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Some rules of the policy change."""

    rules: Mapping[str, Any]

    def __call__(self, scenario: Scenario) -> Scenario:
        """Return the scenario under the new rules."""
        if scenario.policy is None:
            raise PolicyError.of([Fault("scenario", "policy", None, "the policy whose rules are to change")])
        policy = scenario.policy.model_copy(
            update={"rules": scenario.policy.rules.model_copy(update=self.rules)}
        )
        return replace(scenario, policy=policy)


def _drawn(pool: Sequence[Household], persons: int, seed: int) -> list[Household]:
    import numpy as np  # noqa: PLC0415  keeps the module light

    rng = np.random.default_rng(seed)
    drawn: list[Household] = []
    open_persons = persons
    fitting = [household for household in pool if household.size <= open_persons]
    while fitting:
        drawn.append(fitting[int(rng.integers(len(fitting)))])
        open_persons -= drawn[-1].size
        fitting = [household for household in fitting if household.size <= open_persons]
    return drawn


def _closed(site: Site, first: dt.date) -> Site:
    until = first if site.open_until is None else min(first, site.open_until)
    return site.model_copy(update={"open_until": until})
