"""What a decision by hand must name: a household, a site, a unit kind of it, who decides and why."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.domain import Instance
from dezentral.errors import Fault, PlanError

_RECORD = "override"


def require_decision(
    instance: Instance, household: object, site: object, unit: object, *, by: object, reason: object
) -> None:
    """Refuse a decision that cannot be carried out or does not say whose it is.

    Raises
    ------
    PlanError
        With every fault.
    """
    record = f"{_RECORD} of household {household!r}"
    faults = [*_misplaced(instance, record, household, site, unit), *_unsigned(record, by=by, reason=reason)]
    if faults:
        raise PlanError.of(faults)


def _misplaced(instance: Instance, record: str, household: object, site: object, unit: object) -> Iterator[Fault]:
    if not _is_one_of(household, {known.id for known in instance.households}):
        yield Fault(_RECORD, "household", household, "the id of a household of the instance")
    where = next((known for known in instance.sites if _is_one_of(site, {known.id})), None)
    if where is None:
        yield Fault(record, "site", site, "the id of a site of the instance")
        return
    if not where.units:
        yield Fault(record, "site", site, "a site that has units")
    elif unit is not None and not _is_one_of(unit, {known.id for known in where.units}):
        named = ", ".join(repr(known.id) for known in where.units)
        yield Fault(record, "unit", unit, f"the id of a unit of site {where.id!r}: {named}")


def _is_one_of(given: object, ids: set[str]) -> bool:
    return isinstance(given, str) and given in ids  # what is no text may not even say whether it equals an id


def _unsigned(record: str, **signed: object) -> Iterator[Fault]:
    for field, text in signed.items():
        if not isinstance(text, str) or not text.strip():
            yield Fault(record, field, text, "text that is not empty")
