"""A folder of tables, a file each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from dezentral.tables.formats.csv_files import read_csv, write_csv
from dezentral.tables.formats.file_errors import FileFaultError
from dezentral.tables.formats.geo_files import read_geometry_file, write_geometry_file
from dezentral.tables.formats.names import named_wrongly
from dezentral.tables.formats.parquet_files import read_parquet, write_parquet
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.join import with_geometry
from dezentral.tables.reading.raw import RawTable, source_of
from dezentral.tables.schema import SCHEMAS, TABLE_NAMES, known_columns
from dezentral.tables.sheets import Sheet

TableFormat = Literal["csv", "parquet"]
GeometryFormat = Literal["gpkg", "geojson"]

_PLAIN = (".csv", ".parquet")
_SHAPES = (".gpkg", ".geojson")
_UNSUPPORTED = frozenset({".xlsx", ".xls", ".ods", ".shp", ".tsv", ".txt"})
_BY_NAME = {schema.name: schema for schema in SCHEMAS}
_SHAPED = frozenset(name for name, schema in _BY_NAME.items() if "geometry" in schema.by_name)


def read_folder(path: Path, findings: Findings) -> dict[str, RawTable | None]:
    """Read every table of a folder; None stands for a table that is there and cannot be read."""
    files: dict[str, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted(path.iterdir()):
        name, suffix = file.stem.strip().lower(), file.suffix.lower()
        if suffix in {*_PLAIN, *_SHAPES, *_UNSUPPORTED} and file.is_file():
            if right := named_wrongly(name):
                findings.add(source_of(right, file.name), "", file.name, f"the name {right}{suffix}")
            elif name in TABLE_NAMES:
                kind = "plain" if suffix in _PLAIN else "shapes" if suffix in _SHAPES else "unsupported"
                files[name][kind].append(file)
    return {name: _table(name, files[name], findings) for name in TABLE_NAMES if name in files}


def write_folder(
    sheets: Mapping[str, Sheet],
    path: Path,
    crs: str,
    tables: TableFormat,
    geometry: GeometryFormat,
) -> None:
    """Write every sheet into the folder `path`, polygons into a file of geometries beside their table."""
    for name, sheet in sheets.items():
        plain = sheet
        if "geometry" in sheet.header:
            plain = sheet.without("geometry")
            write_geometry_file(sheet.only("id", "geometry"), path / f"{name}.{geometry}", crs)
        if tables == "csv":
            write_csv(plain, path / f"{name}.csv")
        else:
            write_parquet(plain, path / f"{name}.parquet")


def is_table_file(name: str) -> bool:
    """Say whether a file of this name in a folder is one of its tables."""
    path = Path(name)
    return path.suffix.lower() in {*_PLAIN, *_SHAPES} and path.stem.strip().lower() in TABLE_NAMES


def _table(name: str, files: Mapping[str, list[Path]], findings: Findings) -> RawTable | None:
    """Read the one table of this name; geometries of their own join it."""
    allowed = [*_PLAIN, *(_SHAPES if name in _SHAPED else ())]
    shapes = files.get("shapes", [])
    wrong = files.get("unsupported", []) + ([] if name in _SHAPED else shapes)
    for file in wrong:
        findings.add(source_of(name, file.name), "", file.suffix, f"{name} as one of {', '.join(allowed)}")
    for group in (files.get("plain", []), shapes):
        if len(group) > 1:
            given = ", ".join(file.name for file in group)
            findings.add(source_of(name), "", given, "one of these files")
    read = [_read(name, group[0], findings) for group in (files.get("plain"), shapes) if group]
    if wrong or None in read:
        return None
    tables = [table for table in read if table is not None]
    if len(tables) > 1:
        return with_geometry(tables[0], tables[1], _BY_NAME[name], findings)
    return tables[0]


def _read(name: str, file: Path, findings: Findings) -> RawTable | None:
    try:
        if file.suffix.lower() == ".csv":
            return read_csv(file, name, known_columns(name))
        if file.suffix.lower() == ".parquet":
            return read_parquet(file, name)
        return read_geometry_file(file, name)
    except FileFaultError as error:
        rows = [error.row] if error.row else []
        findings.add(source_of(name, file.name), "", error.value, error.allowed, rows=rows)
    except OSError as error:
        findings.add(source_of(name, file.name), "", error.strerror or str(error), "a file that can be read")
    return None
