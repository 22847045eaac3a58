"""Tables as they were found: headers and cells, nothing read yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from dezentral.tables.cells.guard import is_comment, unguarded, unguarded_first
from dezentral.tables.cells.values import is_blank
from dezentral.tables.reading.findings import Source
from dezentral.tables.schema import MATRICES, PLAN, TABLE_NAMES

_MATRIX_NAMES = frozenset(matrix.name for matrix in MATRICES)
INSTANCE_CRS = "the CRS of the instance"


class RawRow(NamedTuple):
    """One row: its number as a spreadsheet shows it, its cells in the order of the header."""

    number: int
    cells: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table before its cells are read.

    Attributes
    ----------
    name
        Of the table, e.g. ``"households"``.
    source
        Where it comes from.
    header
        Column names as given, without spaces around them.
    rows
        Rows that hold anything.
    header_row
        Number of the header's row.
    crs
        Coordinate reference system of its geometries; None if they should have one and do not.
    """

    name: str
    source: Source
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]
    header_row: int = 1
    crs: Any = field(default=INSTANCE_CRS, compare=False)


def source_of(name: str, label: str | None = None) -> Source:
    """Return where the table `name` stands in messages."""
    rank = TABLE_NAMES.index(name) if name in TABLE_NAMES else len(TABLE_NAMES)
    return Source(name if label is None else label, rank)


def table_from_lines(name: str, label: str, lines: Iterable[Sequence[Any]]) -> RawTable:
    """Build a table from the lines of a text file or worksheet, where formulas are guarded.

    The first line that is neither blank nor a comment is the header; blank lines and comments after it are skipped. So
    is a first column without a name that counts the rows from 0: pandas writes its index so, unless it is told not to.
    """
    header: list[Any] = []
    header_row = 0
    rows: list[RawRow] = []
    for number, line in enumerate(lines, start=1):
        if all(is_blank(cell) for cell in line) or _is_comment(name, line):
            continue
        cells = tuple(unguarded(cell, first=position == 0) for position, cell in enumerate(line))
        if header_row:
            rows.append(RawRow(number, cells))
        else:
            header, header_row = list(cells), number
    width = max([_filled_width(header), *(_filled_width(row.cells) for row in rows)])
    padded = [RawRow(row.number, _fitted(row.cells, width, None)) for row in rows]
    names = tuple("" if is_blank(cell) else header_text(cell) for cell in _fitted(header, width, None))
    table = RawTable(name, source_of(name, label), names, tuple(padded), max(header_row, 1))
    return _without_first(table) if _starts_with_a_count(table) else table


def _starts_with_a_count(table: RawTable) -> bool:
    """Return whether the first column only counts; that of a matrix holds ids."""
    return (
        table.header[:1] == ("",)
        and bool(table.rows)
        and table.name not in _MATRIX_NAMES
        and [header_text(row.cells[0]) for row in table.rows] == [str(number) for number in range(len(table.rows))]
    )


def _without_first(table: RawTable) -> RawTable:
    rows = tuple(RawRow(row.number, row.cells[1:]) for row in table.rows)
    return replace(table, header=table.header[1:], rows=rows)


def without_comments(table: RawTable) -> RawTable:
    """Drop the comment rows of a table that comes from a file of typed columns."""
    rows = tuple(
        RawRow(row.number, (unguarded_first(row.cells[0]), *row.cells[1:]))
        for row in table.rows
        if not (row.cells and _is_comment(table.name, row.cells))
    )
    return replace(table, rows=rows)


def _is_comment(name: str, cells: Sequence[Any]) -> bool:
    """Return whether a row is a comment; in a plan, which has no example rows, only a remark of one cell is."""
    return is_comment(cells[0]) and (name != PLAN.name or all(is_blank(cell) for cell in cells[1:]))


def _filled_width(cells: Sequence[Any]) -> int:
    return max((position for position, cell in enumerate(cells, start=1) if not is_blank(cell)), default=0)


def _fitted(cells: Sequence[Any], width: int, filler: Any) -> tuple[Any, ...]:
    return (*cells[:width], *[filler] * (width - len(cells)))


def header_text(cell: Any) -> str:
    """Return a header as text; 7.0 above a column, of a spreadsheet or a frame, is the id 7."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()
