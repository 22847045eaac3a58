"""How a table is described: its columns, what their cells hold, an example of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from dezentral.domain.record import Record
from dezentral.tables.cells.values import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name
        Of the column, and of the record's field that it fills.
    kind
        What its cells hold.
    example
        What an example row shows; None = an empty cell.
    read_only
        Whether it is another way to give a field (``beds`` of a site, ``lat``), read but never written.
    """

    name: str
    kind: Kind
    example: str | float | bool | dt.date | None = None
    read_only: bool = False


@dataclass(frozen=True)
class TableSchema:
    """One table: what it is called, which record a row becomes, its columns in order.

    Attributes
    ----------
    name
        Of the table: file, sheet, layer, frame.
    label
        Of one row in messages.
    record
        What a row becomes.
    columns
        In the order in which they are written.
    required
        Columns without which the table says nothing.
    key
        The column that names a row in messages.
    """

    name: str
    label: str
    record: type[Record]
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    key: str = "id"

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns that a file of ours has."""
        return tuple(column for column in self.columns if not column.read_only)


@dataclass(frozen=True, slots=True)
class MatrixSchema:
    """A table of numbers by two ids, as a matrix or as a list of pairs.

    Attributes
    ----------
    name
        Of the table.
    row, column, value
        Headers of the list of pairs; `row` is also the first header of the matrix.
    example
        One pair.
    """

    name: str
    row: str
    column: str
    value: str
    example: tuple[str, str, float]

    @property
    def pairs(self) -> tuple[str, str, str]:
        """The header of the list of pairs."""
        return self.row, self.column, self.value
