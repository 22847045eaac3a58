"""From tables to one instance, or to one error that lists everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from dezentral.domain import Instance
from dezentral.domain.references import reference_faults
from dezentral.domain.refused import REFUSED
from dezentral.errors import InstanceError
from dezentral.tables.reading.drafts import Draft, read_drafts
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.matrices import read_matrix
from dezentral.tables.reading.places import Places
from dezentral.tables.reading.points import locate, settle_geometry, settle_points
from dezentral.tables.reading.raw import RawTable, source_of
from dezentral.tables.reading.records import build_records
from dezentral.tables.reading.settings import read_settings
from dezentral.tables.schema import MATRICES, SCHEMAS, SETTINGS

_REQUIRED = ("districts", "sites")
_WITH_POINTS = ("sites", "services")


def assembled(found: Mapping[str, RawTable | None], given: Mapping[str, Any], findings: Findings) -> Instance:
    """Build an instance from its tables.

    Parameters
    ----------
    found
        Table name → table; None for one that exists but could not be read, which is already said.
    given
        Settings that go before those of the table ``instance``; None = not given.
    findings
        What is already known to be wrong.

    Raises
    ------
    TableError
        With every fault of every table.
    """
    tables = {name: table for name, table in found.items() if table is not None}
    settings, crs_known = read_settings(tables.get(SETTINGS.name), given, findings)
    crs_known = crs_known and found.get(SETTINGS.name, ...) is not None
    target = settings.get("crs", Instance.model_fields["crs"].default) if crs_known else None
    for name in _REQUIRED:
        if name not in found:
            findings.add(source_of(name), "", "(missing)", f"a table {name} (required)")
    drafts = {
        schema.name: read_drafts(tables[schema.name], schema, findings) for schema in SCHEMAS if schema.name in tables
    }
    _settle(tables, drafts, target, findings)
    matrices = {}
    for schema in MATRICES:
        if schema.name in tables and (matrix := read_matrix(tables[schema.name], schema, findings)):
            matrices[schema.name] = matrix
    unread = frozenset(name for name in (*_REQUIRED, *found) if name not in tables)
    contents: dict[str, Any] = build_records(drafts, unread, findings)
    contents |= {name: matrix.contents() for name, matrix in matrices.items()}
    if not findings:
        try:
            return Instance(**contents, **settings)
        except InstanceError as error:
            between = error.faults
    else:
        between = tuple(reference_faults(_sketch(contents, unread)))
    Places(drafts, matrices).add_all(findings, between)
    raise findings.error()


def _settle(
    tables: Mapping[str, RawTable],
    drafts: Mapping[str, list[Draft]],
    target: str | None,
    findings: Findings,
) -> None:
    """Bring all geometry into the instance's reference system and locate sites without a district."""
    for name in ("districts", *_WITH_POINTS):
        if name in drafts:
            settle_geometry(tables[name], drafts[name], target, findings)
    for name in _WITH_POINTS:
        settle_points(drafts.get(name, []), target, findings)
    locate(drafts.get("sites", []), drafts.get("districts"), findings)


def _sketch(contents: Mapping[str, Any], unread: frozenset[str]) -> SimpleNamespace:
    """Return an instance as far as it could be read, to judge its records against each other."""
    fields = {schema.name: contents.get(schema.name, ()) for schema in SCHEMAS}
    for schema in MATRICES:
        # Of an axis without ids nothing is known: the table is refused, or it refers to nothing.
        axes = contents.get(schema.name, dict.fromkeys(("rows", "columns", "data"), ()))
        known = SimpleNamespace(**{name: ids or REFUSED for name, ids in axes.items()})
        fields[schema.name] = known if schema.name in contents or schema.name in unread else None
    return SimpleNamespace(**fields)
