"""Tables as CSV: whatever office programs save is read, UTF-8 with commas is written."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dezentral.tables.cells.guard import guarded, is_comment
from dezentral.tables.cells.lists import EMPTY_SET
from dezentral.tables.cells.values import Kind
from dezentral.tables.formats.file_errors import FileFaultError, require_size
from dezentral.tables.reading.raw import RawTable, table_from_lines
from dezentral.tables.sheets import Sheet

_DELIMITERS = ",;\t"
_HINT = re.compile(r"sep=([,;\t])(?:\r\n?|\n)")  # a line that tells Excel the delimiter, and that it does not show
_ENCODINGS = "text in UTF-8, UTF-16 or Windows-1252 (Latin-1)"


def read_csv(path: Path, name: str, known: frozenset[str]) -> RawTable:
    """Read a CSV file as the table `name`.

    Parameters
    ----------
    path
        Of a file with commas, semicolons or tabs, in UTF-8 (with or without mark), UTF-16 or Windows-1252.
    name
        Of the table.
    known
        Column names by which the delimiter is told.
    """
    require_size(path)
    text = _decoded(path.read_bytes())
    if hint := _HINT.match(text):
        text, delimiter = text[hint.end() :], hint[1]
    else:
        delimiter = max(_DELIMITERS, key=lambda sign: _fit(text, sign, known))
    return table_from_lines(name, path.name, _lines(text, delimiter))


def write_csv(sheet: Sheet, path: Path) -> None:
    """Write a sheet as CSV (RFC 4180): UTF-8, commas, points as decimal marks, dates as YYYY-MM-DD."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(name, first=position == 0) for position, name in enumerate(sheet.header)])
        for number, row in enumerate(sheet.rows, start=2):
            cells = list(map(_cell, row, range(len(row)), sheet.kinds))
            _require_readable(cells, number)
            writer.writerow(cells)


def _cell(value: Any, place: int, kind: Kind) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return guarded_cell(value, place, kind) if isinstance(value, str) else value


def guarded_cell(text: str, place: int, kind: Kind) -> str:
    """Guard the text of a cell but for the mark of the empty set, which is no formula."""
    return text if kind.listed and text == EMPTY_SET else guarded(text, first=place == 0)


def _require_readable(cells: list[Any], number: int) -> None:
    """Refuse cells that Python's own reader of CSV would refuse."""
    most = csv.field_size_limit()
    for cell in cells:
        if isinstance(cell, str) and len(cell) > most:
            raise FileFaultError(value=f"{len(cell)} characters", allowed=f"at most {most} in a cell", row=number)


def _decoded(data: bytes) -> str:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileFaultError(value="other bytes", allowed=_ENCODINGS)


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            allowed = "cells within pairs of quotation marks, or without any"
            raise FileFaultError(value=str(error), allowed=allowed, row=number) from error


def _fit(text: str, delimiter: str, known: frozenset[str]) -> tuple[int, int]:
    """Measure how well a delimiter splits the header: into known names first, into many names next."""
    try:
        header = next(line for line in _lines(text, delimiter) if any(line) and not is_comment(line[0]))
    except (StopIteration, FileFaultError):
        return 0, 0
    return sum(name.strip().lower() in known for name in header), len(header)
