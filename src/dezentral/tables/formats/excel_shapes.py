"""Polygons in a workbook: text, over several columns where one cell is too small for it."""

from __future__ import annotations

import re
from dataclasses import replace

from dezentral.tables.cells.shapes import geometry_text
from dezentral.tables.cells.values import TEXT
from dezentral.tables.reading.raw import RawRow, RawTable
from dezentral.tables.sheets import Sheet

_COLUMN = re.compile(r"geometry(?:_(\d{1,4}))?")


def with_shape_texts(sheet: Sheet, most: int) -> Sheet:
    """Return the sheet with its geometries as text of at most `most` characters: geometry, geometry_2 and so on."""
    if "geometry" not in sheet.header:
        return sheet
    texts = [None if shape is None else geometry_text(shape) for shape in sheet.column("geometry")]
    split = [[text[start : start + most] for start in range(0, len(text), most)] if text else [] for text in texts]
    width = max([1, *map(len, split)])
    names = ("geometry", *(f"geometry_{number}" for number in range(2, width + 1)))
    plain = sheet.without("geometry")
    rows = tuple(
        (*row, *pieces, *[None] * (width - len(pieces))) for row, pieces in zip(plain.rows, split, strict=True)
    )
    return Sheet(sheet.name, (*plain.header, *names), (*plain.kinds, *[TEXT] * len(names)), rows)


def with_whole_shapes(table: RawTable) -> RawTable:
    """Return the table with geometries put together again."""
    found = {}
    for place, name in enumerate(table.header):
        if match := _COLUMN.fullmatch(name.lower()):
            found[int(match[1] or 1)] = place
    if len(found) <= 1:
        return table
    first, *others = [found[number] for number in sorted(found)]
    kept = [place for place in range(len(table.header)) if place not in others]
    rows = []
    for number, cells in table.rows:
        text = "".join(str(cells[place]) for place in (first, *others) if cells[place] is not None)
        rows.append(RawRow(number, tuple(text if place == first else cells[place] for place in kept)))
    return replace(table, header=tuple(table.header[place] for place in kept), rows=tuple(rows))
