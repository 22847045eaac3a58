"""Rows to records, each by itself; what cannot be built is left as far as it could be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from dezentral.domain import Unit
from dezentral.domain.record import Record
from dezentral.domain.refused import REFUSED
from dezentral.errors import InstanceError
from dezentral.tables.reading.drafts import Draft
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.places import column_of
from dezentral.tables.schema import SCHEMAS

DORMITORY = "dormitory"  # the unit of a site that gives nothing but its beds

Built = Record | SimpleNamespace


def build_records(drafts: Mapping[str, list[Draft]], unread: frozenset[str], findings: Findings) -> dict[str, Any]:
    """Build the records of every table but the units, which go into their sites.

    Parameters
    ----------
    drafts
        Table name → its rows.
    unread
        Tables that exist, or should, and of which no row is known.
    findings
        Where the faults go.

    Returns
    -------
    dict
        Table name → records; a `SimpleNamespace` for a row that is refused, `REFUSED` for a table that is unread.
    """
    built: dict[str, Any] = {
        name: tuple(_built(draft, findings) for draft in rows)
        for name, rows in drafts.items()
        if name not in {"sites", "units"}
    }
    units = _units(drafts, findings)
    built["sites"] = tuple(
        _built(draft, findings, units=REFUSED)
        if "units" in unread or "beds" in draft.refused
        else _site(draft, units.get(draft.fields.get("id", ""), []), findings)
        for draft in drafts.get("sites", [])
    )
    return built | dict.fromkeys(unread.intersection(schema.name for schema in SCHEMAS) - {"units"}, REFUSED)


def _units(drafts: Mapping[str, list[Draft]], findings: Findings) -> dict[str, list[Built]]:
    """Build the units by the id of their site."""
    known = {draft.fields["id"] for draft in drafts.get("sites", ()) if "id" in draft.fields}
    units: dict[str, list[Built]] = defaultdict(list)
    for draft in drafts.get("units", ()):
        site = draft.fields.get("site")
        if site is None:
            if "site" not in draft.refused:
                draft.refuse(findings, "site", "the id of a site", "(missing)")
        elif "sites" in drafts and site not in known:
            draft.refuse(findings, "site", "the id of a site of the instance")
        units[site or ""].append(_built(draft, findings))
    return units


def _site(draft: Draft, units: list[Built], findings: Findings) -> Built:
    beds = draft.fields.get("beds")
    if beds is not None and units:
        draft.refuse(findings, "beds", "beds alone, or rows in the table units: not both")
    elif beds is not None:
        dormitory = Draft(draft.schema, draft.source, draft.row, draft.cells, label=draft.label)
        dormitory.fields = {"id": DORMITORY, "beds": beds, "sharing": "dormitory"}
        units = [_built(dormitory, findings, Unit)]
    return _built(draft, findings, units=tuple(units))


def _built(draft: Draft, findings: Findings, cls: type[Record] | None = None, **nested: Any) -> Built:
    """Build the record of a row, or note its faults and return what could be read of it."""
    cls = cls or draft.schema.record
    fields = {name: value for name, value in draft.fields.items() if name in cls.model_fields}
    fields |= {name: REFUSED for name in draft.refused if name in cls.model_fields and name not in fields}
    whole = {name: value if _is_whole(value) else REFUSED for name, value in nested.items()}
    try:
        return cls(**fields, **whole)
    except InstanceError as error:
        for fault in error.faults:
            if fault.value is not REFUSED:
                column = column_of(fault.field)
                draft.refuse(findings, column, fault.allowed, fault.value)
                fields[column] = REFUSED
    return _sketch(cls, {**fields, **nested})


def _is_whole(units: Any) -> bool:
    return units is not REFUSED and all(isinstance(unit, Record) for unit in units)


def _sketch(cls: type[Record], fields: Mapping[str, Any]) -> SimpleNamespace:
    """Return what is left of a refused row, for judging what other rows say of it."""
    defaults = {
        name: REFUSED if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in cls.model_fields.items()
    }
    return SimpleNamespace(**{**defaults, **fields})
