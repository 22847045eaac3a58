"""Distances and utilities: a matrix with ids on both sides, or a list of pairs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dezentral.domain import Table
from dezentral.errors import Fault, InstanceError
from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.values import ID, NUMBER, Kind, is_blank
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.raw import RawTable
from dezentral.tables.table_schema import MatrixSchema

_CELL = re.compile(r"data\[(\d+)\]\[(\d+)\]")
_UNNAMED = ("", "id")  # what a frame's index is called when it goes to a file
_HEADER = "header"

Number = float | None


@dataclass(slots=True)
class MatrixDraft:
    """A matrix on its way to a `Table`.

    Attributes
    ----------
    table, schema, findings
        Where it stands, what it is, where its faults go.
    is_list
        Whether it is a list of pairs.
    rows, columns
        Ids → numbers of the rows of the file in which they stand, in order.
    data
        Row id → numbers in the order of `columns`.
    pair_rows
        Row id and column id → number of the row of the file, for a list of pairs.
    sound
        Whether every cell could be read.
    """

    table: RawTable
    schema: MatrixSchema
    findings: Findings
    is_list: bool
    rows: dict[str, list[int]] = field(default_factory=dict)
    columns: dict[str, list[int]] = field(default_factory=dict)
    data: dict[str, list[Number]] = field(default_factory=dict)
    pair_rows: dict[tuple[str, str], int] = field(default_factory=dict)
    sound: bool = True

    def contents(self) -> dict[str, Any]:
        """Return rows, columns and data as a `Table` takes them."""
        return {"rows": tuple(self.rows), "columns": tuple(self.columns), "data": tuple(map(tuple, self.data.values()))}

    def refuse(self, row: int, column: str, value: object, allowed: str) -> None:
        """Note that a cell is wrong."""
        self.sound = False
        self.findings.add(self.table.source, column, value, allowed, rows=[row])

    def read(self, kind: Kind, row: int, column: str, cell: Any) -> Any:
        """Read one cell; None if it is empty or wrong."""
        try:
            return kind.value(cell)
        except CellError as error:
            self.refuse(row, column, cell, str(error))
            return None

    def add(self, fault: Fault) -> None:
        """Note a fault of the table where it stands in the file."""
        value, column, rows = str(fault.value), fault.field, []
        if column == "rows":
            column, rows = self.schema.row, self.rows.get(value, [])
        elif column == "columns":
            column, rows = (self.schema.column if self.is_list else value), self.columns.get(value, [])
        elif pair := self._pair(column):
            column = self.schema.value if self.is_list else pair[1]
            rows = [self.pair_rows[pair] if self.is_list else self.rows[pair[0]][0]]
        self.findings.add(self.table.source, column, fault.value, fault.allowed, rows=rows)

    def _pair(self, name: str) -> tuple[str, str] | None:
        """Find the ids of a cell by its name in a fault: ``data[3][0]`` or ``data[s1, k1]``."""
        if numbered := _CELL.fullmatch(name):
            row, column = map(int, numbered.groups())
            return list(self.rows)[row], list(self.columns)[column]
        pairs = ((row, column) for row in self.rows for column in self.columns)
        return next((pair for pair in pairs if name == f"data[{pair[0]}, {pair[1]}]"), None)


def read_matrix(table: RawTable, schema: MatrixSchema, findings: Findings) -> MatrixDraft | None:
    """Read a matrix or a list of pairs; what is wrong goes to `findings`. None = a list without any pair."""
    names = [name.lower() for name in table.header]
    is_list = sorted(schema.pairs) == sorted(name for name in names if name)
    draft = MatrixDraft(table, schema, findings, is_list)
    if is_list:
        _read_pairs(draft, names)
    elif names and names[0] in {schema.row, *_UNNAMED}:
        _read_grid(draft)
    else:
        allowed = f"{schema.row} and then ids, or the columns {', '.join(schema.pairs)}"
        draft.refuse(table.header_row, _HEADER, table.header[0] if table.header else "(missing)", allowed)
    if draft.sound:
        _judge(draft)
    return None if is_list and draft.sound and not draft.rows and not draft.columns else draft


def _read_grid(draft: MatrixDraft) -> None:
    table, row_header = draft.table, draft.schema.row
    header = list(table.header[1:])
    for name in dict.fromkeys(name for name in header if name and header.count(name) > 1):
        draft.refuse(table.header_row, name, name, "each id once")
    named = [position for position, name in enumerate(header, start=1) if name]
    draft.columns = {table.header[position]: [table.header_row] for position in named}
    for number, cells in table.rows:
        if all(map(is_blank, cells)):
            continue
        row = draft.read(ID, number, row_header, cells[0])
        if row is None:
            draft.refuse(number, row_header, cells[0], f"the id of a {row_header}")
            continue
        if row in draft.rows:
            draft.refuse(number, row_header, row, "each id once")
        draft.rows.setdefault(row, []).append(number)
        numbers = [draft.read(NUMBER, number, header[position - 1], cells[position]) for position in named]
        draft.data.setdefault(row, numbers)
        for position, name in enumerate(header, start=1):
            if not name and not is_blank(cells[position]):
                draft.refuse(number, f"column {position + 1}", cells[position], "nothing: the column has no name")


def _read_pairs(draft: MatrixDraft, names: list[str]) -> None:
    schema, numbers = draft.schema, dict[tuple[str, str], Number]()
    kinds = {schema.row: ID, schema.column: ID, schema.value: NUMBER}
    for number, cells in draft.table.rows:
        if all(map(is_blank, cells)):
            continue
        row, column, value = (draft.read(kind, number, name, cells[names.index(name)]) for name, kind in kinds.items())
        # A row id alone names a row without numbers, a column id alone a column.
        if row is not None:
            draft.rows.setdefault(row, []).append(number)
        if column is not None:
            draft.columns.setdefault(column, []).append(number)
        if row is not None and column is not None:
            if (row, column) in numbers:
                draft.refuse(number, f"{schema.row}, {schema.column}", (row, column), "each pair once")
            numbers.setdefault((row, column), value)
            draft.pair_rows.setdefault((row, column), number)
        elif value is not None:
            missing = schema.row if row is None else schema.column
            draft.refuse(number, missing, "(missing)", "an id: a number needs both")
    draft.data = {row: [numbers.get((row, column)) for column in draft.columns] for row in draft.rows}


def _judge(draft: MatrixDraft) -> None:
    try:
        Table(**draft.contents())
    except InstanceError as error:
        draft.sound = False
        for fault in error.faults:
            draft.add(fault)
