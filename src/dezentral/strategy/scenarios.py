"""Scenarios: an instance and a policy under a name, and named, seeded changes that make one from another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from dezentral.domain import Household, Instance, Site
from dezentral.domain.arguments import require_kind
from dezentral.domain.policy import Policy, Rules
from dezentral.errors import Fault, InstanceError, PolicyError
from dezentral.strategy.records import changed
from dezentral.strategy.scenario_arguments import listed, require_change, require_closure, require_influx

__all__ = [
    "Change",
    "Scenario",
    "build",
    "closure",
    "combine",
    "influx",
    "new_site",
    "planning_day",
    "rule_change",
]


@dataclass(frozen=True, slots=True)
class Scenario:
    """An instance and the policy under which it is solved.

    Attributes
    ----------
    instance
        The input.
    policy
        None = the policy that `run_scenarios` is given.

    Raises
    ------
    InstanceError, PolicyError
        If a field is not what it should be.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="a", population=1000)], sites=())
    >>> Scenario(city, dz.Policy.default()).instance.districts[0].id
    'a'
    """

    instance: Instance
    policy: Policy | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.instance, Instance):
            raise InstanceError.of([Fault("scenario", "instance", self.instance, "an Instance")])
        if not isinstance(self.policy, Policy | None):
            raise PolicyError.of([Fault("scenario", "policy", self.policy, "a Policy, or None")])


@dataclass(frozen=True, slots=True)
class Change:
    """A named change: called with a scenario (or an instance), it returns the changed scenario.

    Changes add up: ``influx(200) + closure("s1")`` does one after the other.

    Attributes
    ----------
    name
        In a few words.
    apply
        Scenario → scenario.

    Raises
    ------
    InstanceError
        If a field is not what it should be; on the call, if `apply` returns no scenario.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="a", population=1000)], sites=())
    >>> change = new_site(dz.Site(id="s", district="a", units=())) + new_site(dz.Site(id="t", district="a", units=()))
    >>> change.name
    'new site s + new site t'
    >>> [site.id for site in change(city).instance.sites]
    ['s', 't']
    """

    name: str
    apply: Callable[[Scenario], Scenario]

    def __post_init__(self) -> None:
        require_change(self.name, self.apply)

    def __call__(self, before: Scenario | Instance) -> Scenario:
        """Return the changed scenario."""
        after = self.apply(before if isinstance(before, Scenario) else Scenario(before))
        require_kind(after, Scenario, f"what {self.name!r} returns", InstanceError)
        return after

    def __add__(self, other: Change) -> Change:
        """Return the change that does both, this one first."""
        return combine(self, other)


def combine(*changes: Change) -> Change:
    """Return the change that does several, one after the other; none of them changes nothing.

    Raises
    ------
    InstanceError
        If one of them is no change.

    Examples
    --------
    >>> combine().name
    'as it is'
    """
    for change in changes:
        require_kind(change, Change, "change", InstanceError)

    def apply(scenario: Scenario) -> Scenario:
        for change in changes:
            scenario = change(scenario)
        return scenario

    return Change(" + ".join(change.name for change in changes) or "as it is", apply)


def build(
    instance: Instance, policy: Policy | None, changes: Mapping[str, Change | Iterable[Change]] | Iterable[Change]
) -> dict[str, Scenario]:
    """Return one scenario per change, for `run_scenarios`.

    Parameters
    ----------
    instance, policy
        What every change starts from.
    changes
        Name → change, or several changes to be made one after the other; or changes under their own names.

    Raises
    ------
    InstanceError, PolicyError
        If something else is given, or a change does not fit the instance or the policy.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="a", population=1000)], sites=())
    >>> built = build(city, dz.Policy.default(), {"now": [], "few moves": rule_change(max_moves=3)})
    >>> built["few moves"].policy.rules.max_moves
    3
    """
    if isinstance(changes, Mapping):
        named = {name: _one(change, str(name)) for name, change in changes.items()}
    else:
        named = {one.name: one for one in (_one(change, "changes") for change in listed(changes, "changes"))}
    start = Scenario(instance, policy)
    return {name: change(start) for name, change in named.items()}


def _one(change: object, field: str) -> Change:
    return change if isinstance(change, Change) else combine(*cast("tuple[Change, ...]", listed(change, field)))


def influx(
    persons: int, seed: int = 0, *, like: Sequence[Household] | None = None, arrival: dt.date | None = None
) -> Change:
    """Add households that arrive: drawn with replacement from those of the instance, without what ties them.

    Parameters
    ----------
    persons
        Persons to add (0 or more): exactly as many, but for what the sizes drawn from cannot fill.
    seed
        Same seed, same households (0 or more).
    like
        The households to draw from; those of the instance if None.
    arrival
        When they arrive; the planning day if None.

    Raises
    ------
    InstanceError
        On the call of the change, if there is nobody to draw from; here, if an argument is not as described.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.datasets.stuttgart(persons=100)
    >>> more = influx(50, seed=1)(city).instance
    >>> sum(household.size for household in more.households)
    150
    """
    require_influx(persons, seed, like, arrival)

    def apply(scenario: Scenario) -> Scenario:
        instance = scenario.instance
        pool = sorted(instance.households if like is None else like, key=lambda household: household.id)
        if persons and not pool:
            raise InstanceError.of([Fault("influx", "like", "(nobody)", "households to draw from")])
        taken = {household.id for household in instance.households}
        newcomers = []
        for household in _drawn(pool, persons, seed):
            key = next(key for number in range(1, 10**9) if (key := f"influx-{seed}-{number:05}") not in taken)
            taken.add(key)
            newcomers.append(
                household.model_copy(
                    update={
                        "id": key,
                        "current_site": None,
                        "current_unit": None,
                        "fixed_site": None,
                        "arrival": arrival or instance.date,
                    }
                )
            )
        return replace(scenario, instance=instance.replace(households=(*instance.households, *newcomers)))

    return Change(f"influx of {persons} persons (seed {seed})", apply)


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


def closure(site: str, until: dt.date | None = None) -> Change:
    """Close a site by its `open_until`, or earlier where it closes earlier anyway.

    Parameters
    ----------
    site
        Its id.
    until
        The first day on which it is closed; the planning day if None.

    Raises
    ------
    InstanceError
        On the call of the change, if the site is unknown or the instance has no planning day.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.datasets.stuttgart(persons=100)
    >>> closed = closure(city.sites[0].id)(city).instance
    >>> closed.sites[0].open_until == city.date
    True
    """
    require_closure(site, until)

    def apply(scenario: Scenario) -> Scenario:
        instance = scenario.instance
        known = sorted(one.id for one in instance.sites)
        faults = [] if site in known else [Fault("closure", "site", site, f"one of {', '.join(known) or '(no sites)'}")]
        if instance.date is None:
            faults.append(Fault("closure", "date", None, "a planning day of the instance: else dates are ignored"))
        if faults or instance.date is None:
            raise InstanceError.of(faults)
        first = instance.date if until is None else until
        sites = tuple(_closed(one, first) if one.id == site else one for one in instance.sites)
        return replace(scenario, instance=instance.replace(sites=sites))

    return Change(f"closure of {site}" + (f" until {until}" if until else ""), apply)


def _closed(site: Site, first: dt.date) -> Site:
    return changed(site, open_until=first if site.open_until is None else min(first, site.open_until))


def new_site(site: Site) -> Change:
    """Add a site.

    Raises
    ------
    InstanceError
        On the call of the change, if the id is taken or the district unknown.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.datasets.stuttgart(persons=100)
    >>> rooms = dz.Unit(id="room", beds=2, count=30)
    >>> hotel = dz.Site(id="hotel", district="01", x=513_000.0, y=5_403_000.0, units=[rooms])
    >>> new_site(hotel)(city).instance.sites[-1].id
    'hotel'
    """
    require_kind(site, Site, "site", InstanceError)

    def apply(scenario: Scenario) -> Scenario:
        instance = scenario.instance
        return replace(scenario, instance=instance.replace(sites=(*instance.sites, site)))

    return Change(f"new site {site.id}", apply)


def planning_day(date: dt.date) -> Change:
    """Plan on another day: sites open and close by date.

    Raises
    ------
    InstanceError
        On the call of the change, if `date` is none.

    Examples
    --------
    >>> import datetime as dt, dezentral as dz
    >>> planning_day(dt.date(2030, 1, 1))(dz.datasets.stuttgart(persons=100)).instance.date
    datetime.date(2030, 1, 1)
    """
    return Change(
        f"planning day {date}",
        lambda scenario: replace(scenario, instance=scenario.instance.replace(date=date)),
    )


def rule_change(**rules: Any) -> Change:
    """Change some rules of the scenario's policy.

    Parameters
    ----------
    **rules
        Fields of `Rules`, e.g. ``max_site_persons=200``.

    Raises
    ------
    PolicyError
        If a rule is unknown or not as described; on the call of the change, if the scenario has no policy.

    Examples
    --------
    >>> import dezentral as dz
    >>> scenario = dz.Scenario(dz.datasets.stuttgart(persons=100), dz.Policy.default())
    >>> rule_change(max_site_persons=200)(scenario).policy.rules.max_site_persons
    200
    """
    Rules(**rules)

    def apply(scenario: Scenario) -> Scenario:
        if scenario.policy is None:
            raise PolicyError.of([Fault("scenario", "policy", None, "the policy whose rules are to change")])
        policy = changed(scenario.policy, rules=changed(scenario.policy.rules, **rules))
        return replace(scenario, policy=policy)

    return Change(" and ".join(f"{name} = {value}" for name, value in rules.items()) or "as it is", apply)
