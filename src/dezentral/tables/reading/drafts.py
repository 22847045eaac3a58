"""Rows with their cells read, not yet records: every cell is judged for itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.values import is_blank
from dezentral.tables.reading.findings import Findings, Source
from dezentral.tables.reading.raw import RawRow, RawTable
from dezentral.tables.table_schema import Column, TableSchema


@dataclass(slots=True)
class Draft:
    """One row on its way to a record.

    Attributes
    ----------
    schema, source, row
        Which table, where it stands.
    cells
        Column → cell as given.
    fields
        Column → value, of the cells that hold one.
    refused
        Columns whose cells were already found wrong.
    label
        The row's record in messages, e.g. ``"household 'h1'"``.
    """

    schema: TableSchema
    source: Source
    row: int
    cells: dict[str, Any]
    fields: dict[str, Any] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    label: str = ""

    def refuse(self, findings: Findings, column: str, allowed: str, value: object = None) -> None:
        """Note that a cell is wrong."""
        self.refused.add(column)
        shown = self.cells.get(column) if value is None else value
        findings.add(self.source, column, shown, allowed, rows=[self.row], record=self.label)


def read_drafts(table: RawTable, schema: TableSchema, findings: Findings) -> list[Draft]:
    """Read every cell of a table; what is wrong goes to `findings`."""
    columns, unread = _columns(table, schema, findings)
    drafts: list[Draft] = []
    for row in table.rows:
        if all(is_blank(cell) for cell in row.cells):
            continue
        draft = Draft(schema, table.source, row.number, {}, refused=set(unread))
        wrong = _read_cells(draft, columns, row)
        draft.label = _label(draft)
        for name, allowed in wrong:
            draft.refuse(findings, name, allowed)
        drafts.append(draft)
    return drafts


def _columns(
    table: RawTable,
    schema: TableSchema,
    findings: Findings,
) -> tuple[list[tuple[int, Column]], frozenset[str]]:
    """Match the header with the schema: positions and columns, and the columns that cannot be read at all."""
    names = [name.lower() for name in table.header]
    counts = Counter(names)
    known, first_row = schema.by_name, [table.header_row]
    for position, (name, given) in enumerate(zip(names, table.header, strict=True)):
        if not name:
            _refuse_nameless(table, position, findings)
        elif name not in known:
            findings.add(table.source, given, given, f"one of the columns {', '.join(known)}", rows=first_row)
    repeated = [name for name, count in counts.items() if count > 1 and name in known]
    for name in repeated:
        findings.add(table.source, name, name, f"each column once (it stands {counts[name]} times)", rows=first_row)
    missing = [name for name in schema.required if name not in counts]
    for name in missing:
        findings.add(table.source, name, "(missing)", f"a column {name} (required)", rows=first_row)
    columns = [(position, known[name]) for position, name in enumerate(names) if name in known and counts[name] == 1]
    return columns, frozenset((*repeated, *missing))


def _refuse_nameless(table: RawTable, position: int, findings: Findings) -> None:
    filled = next((row for row in table.rows if not is_blank(row.cells[position])), None)
    if filled is not None:
        column = f"column {position + 1}"
        allowed = "nothing: the column has no name"
        findings.add(table.source, column, filled.cells[position], allowed, rows=[filled.number])


def _read_cells(draft: Draft, columns: list[tuple[int, Column]], row: RawRow) -> list[tuple[str, str]]:
    """Read the cells of a row; return the columns that are wrong and what they allow."""
    wrong = []
    for place, column in columns:
        cell = draft.cells[column.name] = row.cells[place]
        try:
            value = column.kind.value(cell)
        except CellError as error:
            wrong.append((column.name, str(error)))
        else:
            if value is not None:
                draft.fields[column.name] = value
    return wrong


def _label(draft: Draft) -> str:
    """Name the row as messages between records name it."""
    schema, fields = draft.schema, draft.fields
    if schema.key not in fields:
        return ""
    own = f"{schema.label} {fields[schema.key]!r}"
    return f"site {fields['site']!r}, {own}" if schema.name == "units" and "site" in fields else own
