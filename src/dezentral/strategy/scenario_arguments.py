"""What a change of a scenario is told: refused at once where it is not of the kind that it must be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dezentral.domain import Household
from dezentral.domain.fields import MOST_PERSONS
from dezentral.errors import Fault, InstanceError


def require_change(name: object, apply: object) -> None:
    """Refuse a change without a name, or one that cannot be called.

    Raises
    ------
    InstanceError
        With every fault.
    """
    faults = [] if isinstance(name, str) else [Fault("change", "name", type(name).__name__, "text")]
    if not callable(apply):
        faults.append(Fault("change", "apply", type(apply).__name__, "a function: Scenario → Scenario"))
    if faults:
        raise InstanceError.of(faults)


def require_influx(persons: object, seed: object, like: object, arrival: object) -> None:
    """Refuse an influx that cannot be drawn.

    Raises
    ------
    InstanceError
        With every fault.
    """
    faults = [
        Fault("influx", field, value, "a whole number, 0 or more")
        for field, value in (("persons", persons), ("seed", seed))
        if type(value) is not int or value < 0
    ]
    if type(persons) is int and persons > MOST_PERSONS:  # they are drawn one by one
        faults.append(Fault("influx", "persons", persons, f"at most {MOST_PERSONS}"))
    if like is not None and not (isinstance(like, list | tuple) and all(isinstance(one, Household) for one in like)):
        faults.append(Fault("influx", "like", type(like).__name__, "a list or tuple of Household, or None"))
    faults += _wrong_date("influx", "arrival", arrival)
    if faults:
        raise InstanceError.of(faults)


def require_closure(site: object, until: object) -> None:
    """Refuse a closure of no site, or until no day.

    Raises
    ------
    InstanceError
        With every fault.
    """
    faults = [] if isinstance(site, str) else [Fault("closure", "site", type(site).__name__, "the id of a site")]
    faults += _wrong_date("closure", "until", until)
    if faults:
        raise InstanceError.of(faults)


def listed(changes: object, field: str) -> tuple[object, ...]:
    """Return the entries of a collection, or refuse what is none.

    Raises
    ------
    InstanceError
        If it cannot be gone through.
    """
    if isinstance(changes, Iterable) and not isinstance(changes, str | bytes):
        return tuple(changes)
    raise InstanceError.of([Fault("build", field, type(changes).__name__, "a change, or several")])


def _wrong_date(record: str, field: str, value: object) -> list[Fault]:
    if value is None or (isinstance(value, dt.date) and value == value):  # noqa: PLR0124  NaT passes for a date
        return []
    return [Fault(record, field, type(value).__name__, "a date, or None")]
