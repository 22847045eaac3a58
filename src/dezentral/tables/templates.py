"""Empty tables to fill in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from dezentral.domain import Instance
from dezentral.tables.cells.guard import Comment
from dezentral.tables.cells.values import ID, NUMBER
from dezentral.tables.files import output_format, write_sheets
from dezentral.tables.formats.file_errors import file_error, named_path
from dezentral.tables.formats.folder import is_table_file
from dezentral.tables.schema import MATRICES, SCHEMAS, SETTING_KINDS, SETTINGS
from dezentral.tables.sheets import Sheet
from dezentral.tables.table_schema import Column, TableSchema

_CRS: str = Instance.model_fields["crs"].default
# Ways to give a point other than x and y are for data that has them already.
_LEFT_OUT = frozenset({"lat", "lon", "geometry"})


def write_templates(path: str | os.PathLike[str]) -> Path:
    """Write empty tables to fill in, each with one example row that starts with ``#`` and is ignored on reading.

    Parameters
    ----------
    path
        Of an ``.xlsx``, a ``.gpkg``, or else of a folder of ``.csv`` files; there must be no tables yet.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    TableError
        If there are tables already, or the place cannot be written.
    MissingExtraError
        If an Excel workbook needs a library that is not installed.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = write_templates(pathlib.Path(tempfile.mkdtemp()))
    >>> print((folder / "relations.csv").read_text().strip())
    kind,households
    # same_district,h1;h2
    """
    place = named_path(path)
    suffix = output_format(place)
    present = sorted(file.name for file in place.iterdir() if is_table_file(file.name)) if place.is_dir() else []
    if present or (suffix and place.exists()):
        raise file_error(place, ", ".join(present) or place.name, "a place without tables: templates replace none")
    sheets = {SETTINGS.name: _settings()}
    for schema in SCHEMAS:
        sheets[schema.name] = _sheet(schema, with_geometry=suffix == ".gpkg" and schema.name == "districts")
    for matrix in MATRICES:
        sheets[matrix.name] = Sheet(matrix.name, matrix.pairs, (ID, ID, NUMBER), (_commented(matrix.example),))
    write_sheets(sheets, place, _CRS)
    return place


def _settings() -> Sheet:
    rows: list[tuple[Any, ...]] = [_commented(tuple(column.example for column in SETTINGS.columns))]
    for key in SETTING_KINDS:
        default = Instance.model_fields[key].default
        rows.append((key, None if default is None else str(default)))
    kinds = tuple(column.kind for column in SETTINGS.columns)
    return Sheet(SETTINGS.name, tuple(column.name for column in SETTINGS.columns), kinds, tuple(rows))


def _sheet(schema: TableSchema, *, with_geometry: bool) -> Sheet:
    columns: list[Column] = [
        column for column in schema.columns if column.name not in _LEFT_OUT or (with_geometry and not column.read_only)
    ]
    example = _commented(tuple(column.example for column in columns))
    kinds = tuple(column.kind for column in columns)
    return Sheet(schema.name, tuple(column.name for column in columns), kinds, (example,))


def _commented(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (Comment(f"# {row[0]}"), *row[1:])
