"""Districts in two files: what is known of them in a table, their polygons in a file of geometries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.values import ID, Kind
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.raw import RawRow, RawTable
from dezentral.tables.table_schema import TableSchema


def with_geometry(plain: RawTable, shapes: RawTable, schema: TableSchema, findings: Findings) -> RawTable:
    """Give the rows of a plain table the geometries, and what else it lacks, of the rows with the same ids.

    Columns of the geometry file that the schema does not know are left aside, as city maps bring many. A column that
    both files have must say the same in both.
    """
    names, shape_names = _names(plain), _names(shapes)
    if "id" not in names or "id" not in shape_names:
        if "id" not in shape_names:
            findings.add(shapes.source, "id", "(missing)", "a column id (required)", rows=[shapes.header_row])
        return plain
    by_id = _rows_by_id(shapes, shape_names.index("id"), findings)
    added = [name for name in dict.fromkeys(shape_names) if name in schema.by_name and name not in names]
    shared = [name for name in dict.fromkeys(shape_names) if name in schema.by_name and name in names and name != "id"]
    rows, joined = [], set()
    for row in plain.rows:
        key = _value(ID, row.cells[names.index("id")])
        match = by_id.get(key)
        cells = tuple(match.cells[shape_names.index(name)] if match else None for name in added)
        rows.append(RawRow(row.number, (*row.cells, *cells)))
        if match:
            joined.add(key)
            for name in shared:
                ours, theirs = row.cells[names.index(name)], match.cells[shape_names.index(name)]
                _require_same(schema.by_name[name].kind, name, ours, theirs, (plain, shapes, match, findings))
    for key, row in by_id.items():
        if key not in joined:
            findings.add(shapes.source, "id", key, f"the id of a row of {plain.source.label}", rows=[row.number])
    return replace(plain, header=(*plain.header, *added), rows=tuple(rows), crs=shapes.crs)


def _names(table: RawTable) -> list[str]:
    return [name.lower() for name in table.header]


def _rows_by_id(shapes: RawTable, place: int, findings: Findings) -> dict[Any, RawRow]:
    by_id: dict[Any, RawRow] = {}
    for row in shapes.rows:
        key = _value(ID, row.cells[place])
        if key is None or key in by_id:
            allowed = "an id" if key is None else "each id once: several geometries of one are one MultiPolygon"
            findings.add(shapes.source, "id", row.cells[place], allowed, rows=[row.number])
        else:
            by_id[key] = row
    return by_id


def _require_same(
    kind: Kind,
    name: str,
    ours: Any,
    theirs: Any,
    where: tuple[RawTable, RawTable, RawRow, Findings],
) -> None:
    plain, shapes, row, findings = where
    said = _value(kind, theirs)
    if said is not None and said != _value(kind, ours):
        allowed = f"empty, or what {plain.source.label} says: {ours!r}"
        findings.add(shapes.source, name, theirs, allowed, rows=[row.number])


def _value(kind: Kind, cell: Any) -> Any:
    try:
        return kind.value(cell)
    except CellError:
        return None  # found wrong where the table is read
