"""What holds for the whole instance: its reference system, day, detour, name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dezentral.domain import Instance
from dezentral.errors import InstanceError
from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.values import TEXT
from dezentral.tables.reading.drafts import read_drafts
from dezentral.tables.reading.findings import Findings, Source
from dezentral.tables.reading.raw import RawTable
from dezentral.tables.schema import SETTING_KINDS, SETTINGS

_ARGUMENTS = Source("arguments")


def read_settings(table: RawTable | None, given: Mapping[str, Any], findings: Findings) -> tuple[dict[str, Any], bool]:
    """Read the settings of an instance; what is given as an argument goes before the table.

    Returns
    -------
    tuple
        The settings that are right, and whether the reference system is known.
    """
    cells: dict[str, tuple[Source, list[int], Any]] = {}
    for draft in read_drafts(table, SETTINGS, findings) if table else ():
        key = draft.fields.get("key")
        if key is None:
            continue
        if key not in SETTING_KINDS:
            draft.refuse(findings, "key", f"one of {', '.join(SETTING_KINDS)}")
        elif key in cells:
            draft.refuse(findings, "key", "each key once")
        else:
            cells[key] = (draft.source, [draft.row], draft.cells.get("value"))
    cells |= {key: (_ARGUMENTS, [], value) for key, value in given.items() if value is not None}
    settings: dict[str, Any] = {}
    crs_known = True
    for key, (source, rows, cell) in cells.items():
        try:
            settings |= _setting(key, cell)
        except CellError as error:
            findings.add(source, key, cell, str(error), rows=rows)
            crs_known = crs_known and key != "crs"
    return settings, crs_known


def _setting(key: str, cell: Any) -> dict[str, Any]:
    """Read one setting as the instance takes it; empty = nothing, so that its default holds."""
    value = SETTING_KINDS[key].value(_as_text(cell) if key == "crs" else cell)
    if value is None:
        return {}
    try:
        Instance(districts=(), sites=(), **{key: value})
    except InstanceError as error:
        raise CellError("; ".join(fault.allowed for fault in error.faults)) from None
    return {key: value}


def _as_text(crs: Any) -> Any:
    """Name a reference system that is given as a pyproj object or by its bare EPSG number."""
    if isinstance(crs, float | int) and not isinstance(crs, bool):
        crs = TEXT.value(crs)
    if isinstance(crs, str):
        return f"EPSG:{crs.strip()}" if crs.strip().isdecimal() else crs
    to_string = getattr(crs, "to_string", None)
    return crs if to_string is None else to_string()
