"""The records as sheets: named columns of plain values, ready for a frame or a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dezentral.domain import Instance, Table
from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.values import ID, NUMBER, Kind
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.raw import source_of
from dezentral.tables.schema import MATRICES, SCHEMAS, SETTING_KINDS, SETTINGS
from dezentral.tables.table_schema import MatrixSchema, TableSchema


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table to be written.

    Attributes
    ----------
    name
        Of the table.
    header
        Column names; the ids of a matrix follow the name of its rows.
    kinds
        What each column holds.
    rows
        Plain values: text, numbers, truth values, dates, geometries, None.
    is_matrix
        Whether the first column holds the ids of a matrix.
    """

    name: str
    header: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_matrix: bool = False

    def without(self, *columns: str) -> Sheet:
        """Return the sheet without some columns."""
        return self.only(*(name for name in self.header if name not in columns))

    def only(self, *columns: str) -> Sheet:
        """Return the sheet with these columns alone."""
        kept = [self.header.index(name) for name in columns]
        return Sheet(
            self.name,
            columns,
            tuple(self.kinds[position] for position in kept),
            tuple(tuple(row[position] for position in kept) for row in self.rows),
        )

    def column(self, name: str) -> list[Any]:
        """Return the values of a column."""
        position = self.header.index(name)
        return [row[position] for row in self.rows]


def sheets_of(instance: Instance, *, pairs: bool = False) -> dict[str, Sheet]:
    """Return every table of an instance by name.

    Parameters
    ----------
    instance
        Any.
    pairs
        Whether distances and utilities are lists of pairs instead of matrices.

    Raises
    ------
    TableError
        With every id that a cell cannot carry.
    """
    findings = Findings()
    sheets = {SETTINGS.name: _settings(instance, findings)}
    for schema in SCHEMAS:
        sheets[schema.name] = _sheet(schema, _values(instance, schema), findings)
    for matrix in MATRICES:
        table: Table | None = getattr(instance, matrix.name)
        if table is not None:
            sheets[matrix.name] = _matrix(matrix, table, findings, pairs=pairs)
    if findings:
        raise findings.error()
    return sheets


def require_carried(sheet: Sheet) -> None:
    """Refuse a sheet with ids that a cell cannot carry.

    Raises
    ------
    TableError
        With every such id.
    """
    findings = Findings()
    for number, row in enumerate(sheet.rows, start=2):
        pen = _Pen(sheet.name, findings, number)
        for name, kind, value in zip(sheet.header, sheet.kinds, row, strict=True):
            pen.written(kind, value, name)
    if findings:
        raise findings.error()


def _values(instance: Instance, schema: TableSchema) -> Iterator[dict[str, Any]]:
    """Return the fields of each row; a unit bears the id of its site."""
    if schema.name == "units":
        for site in instance.sites:
            for unit in site.units:
                yield {"site": site.id, **{name: getattr(unit, name) for name in type(unit).model_fields}}
    else:
        for record in getattr(instance, schema.name):
            yield {name: getattr(record, name) for name in type(record).model_fields}


def _sheet(schema: TableSchema, values: Iterable[dict[str, Any]], findings: Findings) -> Sheet:
    rows = []
    for number, fields in enumerate(values, start=2):
        record = f"{schema.label} {fields['id']!r}" if "id" in fields else schema.label
        pen = _Pen(schema.name, findings, number, record)
        rows.append(tuple(pen.written(column.kind, fields[column.name], column.name) for column in schema.written))
    header = tuple(column.name for column in schema.written)
    sheet = Sheet(schema.name, header, tuple(column.kind for column in schema.written), tuple(rows))
    has_areas = "geometry" in header and any(cell is not None for cell in sheet.column("geometry"))
    return sheet if has_areas else sheet.without("geometry")


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes the cells of one row."""

    table: str
    findings: Findings
    row: int
    record: str = ""

    def written(self, kind: Kind, value: Any, column: str) -> Any:
        """Return what goes into a cell; what cannot is noted."""
        try:
            return kind.write(value)
        except CellError as error:
            self.findings.add(source_of(self.table), column, value, str(error), rows=[self.row], record=self.record)
            return None


def _settings(instance: Instance, findings: Findings) -> Sheet:
    rows = []
    for number, (key, kind) in enumerate(SETTING_KINDS.items(), start=2):
        value = _Pen(SETTINGS.name, findings, number).written(kind, getattr(instance, key), key)
        rows.append((key, None if value is None else str(value)))
    kinds = tuple(column.kind for column in SETTINGS.columns)
    return Sheet(SETTINGS.name, tuple(column.name for column in SETTINGS.columns), kinds, tuple(rows))


def _matrix(schema: MatrixSchema, table: Table, findings: Findings, *, pairs: bool) -> Sheet:
    for axis, ids in ((schema.row, table.rows), (schema.column, table.columns)):
        for number, key in enumerate(ids, start=2):
            _Pen(schema.name, findings, number).written(ID, key, axis)
    # Ids like the headers of a list of pairs would be read as one.
    clash = schema.row in table.columns or {schema.row, *table.columns} == set(schema.pairs)
    if (pairs or clash) and (table.rows or table.columns):
        return Sheet(schema.name, schema.pairs, (ID, ID, NUMBER), tuple(_pairs(table)))
    header = (schema.row, *table.columns)
    rows = tuple((key, *numbers) for key, numbers in zip(table.rows, table.data, strict=True))
    return Sheet(schema.name, header, (ID, *[NUMBER] * len(table.columns)), rows, is_matrix=True)


def _pairs(table: Table) -> Iterable[tuple[Any, ...]]:
    """List all pairs, empty ones too: they carry the order of both axes."""
    if not table.columns:
        return ((row, None, None) for row in table.rows)
    if not table.rows:
        return ((None, column, None) for column in table.columns)
    return (
        (row, column, number)
        for row, numbers in zip(table.rows, table.data, strict=True)
        for column, number in zip(table.columns, numbers, strict=True)
    )
