"""Scenarios: an instance and a policy under a name, and named, seeded changes that make one from another."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from dezentral.domain import Household, Instance, Site
from dezentral.domain.arguments import require_all, require_kind
from dezentral.domain.policy import Policy, Rules
from dezentral.errors import Fault, InstanceError
from dezentral.strategy.scenario import Change, Scenario, joined
from dezentral.strategy.scenario_arguments import listed, require_closure, require_influx
from dezentral.strategy.scenario_changes import Closure, Influx, NewSite, PlanningDay, RuleChange

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

    return joined(*changes)


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
        If something else is given, two changes bear one name, or some do not fit the instance or the policy: with what
        is wrong in each.

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
        named = _by_own_names([_one(change, "changes") for change in listed(changes, "changes")])
    start, built = Scenario(instance, policy), dict[str, Scenario]()

    def add(name: str, change: Change) -> None:
        built[name] = change(start)

    require_all(*(partial(add, name, change) for name, change in named.items()))
    return built


def _by_own_names(changes: list[Change]) -> dict[str, Change]:
    """Return changes by their names, which do not tell all of them apart: households to draw from are in none."""
    times = Counter(change.name for change in changes)
    allowed = "each name once: give a mapping from names of your own"
    faults = [Fault("build", "changes", name, allowed) for name, count in times.items() if count > 1]
    if faults:
        raise InstanceError.of(faults)
    return {change.name: change for change in changes}


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

    drawn_from = None if like is None else tuple(like)
    return Change(f"influx of {persons} persons (seed {seed})", Influx(persons, seed, drawn_from, arrival))


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

    return Change(f"closure of {site}" + (f" until {until}" if until else ""), Closure(site, until))


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

    return Change(f"new site {site.id}", NewSite(site))


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
    return Change(f"planning day {date}", PlanningDay(date))


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

    name = " and ".join(f"{field} = {value}" for field, value in rules.items()) or "as it is"
    return Change(name, RuleChange(rules))
