"""Instances from files and back: a folder, one Excel workbook, one GeoPackage."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from dezentral.domain import Instance
from dezentral.domain.arguments import require_all, require_instance
from dezentral.tables.formats.atomic import whole_file, whole_folder
from dezentral.tables.formats.excel_files import read_excel, write_excel
from dezentral.tables.formats.file_errors import file_error, named_path, system_errors
from dezentral.tables.formats.folder import (
    GeometryFormat,
    TableFormat,
    is_table_file,
    read_folder,
    write_folder,
)
from dezentral.tables.formats.geo_files import read_geopackage, write_geopackage
from dezentral.tables.formats.names import choose_tables
from dezentral.tables.reading.assembly import assembled
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.raw import RawTable
from dezentral.tables.sheets import Sheet, sheets_of

_FORMATS = "a folder, an Excel workbook (.xlsx) or a GeoPackage (.gpkg)"
_WRITABLE = "a place where files can be written"
# What a path may end with and still be meant as a file, not as a folder.
_OTHER_FILES = frozenset(
    {".csv", ".geojson", ".json", ".ods", ".parquet", ".shp", ".tsv", ".txt", ".xls", ".xlsm", ".zip"}
)


def read_tables(path: str | os.PathLike[str]) -> Instance:
    r"""Read an instance from a folder of tables, one Excel workbook or one GeoPackage.

    The tables are ``districts``, ``sites``, ``units``, ``households``, ``services``, ``relations``, ``distances``,
    ``utilities`` and ``instance`` (key, value: crs, date, detour, name); only the first two are required. In a folder
    they are ``.csv`` or ``.parquet`` files, with ``.gpkg`` or ``.geojson`` for what has geometry, alone or beside the
    table of the same name. Lists are ``a;b``, maps ``school:2;kita:1``, anchors ``x y weight;x y``; an empty cell is
    the default, ``-`` the empty set; rows that start with ``#`` are comments.

    Parameters
    ----------
    path
        Of the folder, the ``.xlsx`` or the ``.gpkg``.

    Raises
    ------
    TableError
        With every fault of every table: file, row, column, value and what is allowed.
    MissingExtraError
        If an Excel or Parquet file needs a library that is not installed.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "districts.csv").write_text("id;population\n01;22850\n")
    >>> _ = (folder / "sites.csv").write_text("id;district;beds\ns;01;30\n")
    >>> read_tables(folder).districts[0].id
    '01'
    """
    place = named_path(path)
    findings = Findings()
    tables: dict[str, RawTable | None]
    with system_errors(place, _FORMATS):
        if place.is_dir():
            tables = read_folder(place, findings)
        elif place.suffix.lower() == ".xlsx":
            tables = {table.name: table for table in read_excel(place, choose_tables)}
        elif place.suffix.lower() == ".gpkg":
            tables = {table.name: table for table in read_geopackage(place, choose_tables)}
        else:
            place.stat()  # says so if there is nothing
            raise file_error(place, place.suffix, _FORMATS)
    return assembled(tables, {}, findings)


def write_tables(
    instance: Instance,
    path: str | os.PathLike[str],
    *,
    tables: TableFormat = "csv",
    geometry: GeometryFormat = "gpkg",
) -> Path:
    """Write an instance as tables that `read_tables` reads back exactly; they appear whole or not at all.

    Parameters
    ----------
    instance
        Any.
    path
        Of an ``.xlsx`` or a ``.gpkg``, which is replaced as a whole, or else of a folder, where tables of an earlier
        instance are replaced and other files stay.
    tables, geometry
        Format of the tables in a folder, and of the polygons beside them. GeoJSON is WGS84: what is read back from
        it differs by less than a micrometre.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    TableError
        If an id or a text cannot stand in a cell, or the place cannot be written.
    InstanceError
        If the instance is none.
    MissingExtraError
        If an Excel or Parquet file needs a library that is not installed.

    Examples
    --------
    >>> import tempfile, pathlib, dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="007", population=10)], sites=())
    >>> read_tables(write_tables(city, pathlib.Path(tempfile.mkdtemp()) / "city")) == city
    True
    """
    require_instance(instance)
    place = named_path(path)
    require_all(
        lambda: output_format(place),
        lambda: _require_format(place, tables, get_args(TableFormat)),
        lambda: _require_format(place, geometry, get_args(GeometryFormat)),
    )
    suffix = output_format(place)
    write_sheets(sheets_of(instance, pairs=suffix == ".gpkg"), place, instance.crs, tables, geometry)
    return place


def _require_format(place: Path, given: object, allowed: tuple[str, ...]) -> None:
    if not isinstance(given, str) or given not in allowed:
        raise file_error(place, given, " or ".join(allowed))


def output_format(place: Path) -> str:
    """Return ``.xlsx``, ``.gpkg`` or, for a folder, the empty string.

    Raises
    ------
    TableError
        If the path is that of something else.
    """
    with system_errors(place, _WRITABLE):
        is_folder = place.is_dir()
        suffix = "" if is_folder else place.suffix.lower()
        if suffix in {".xlsx", ".gpkg"}:
            return suffix
        if suffix in _OTHER_FILES or (place.exists() and not is_folder):
            raise file_error(place, place.suffix, _FORMATS)
    return ""


def write_sheets(
    sheets: Mapping[str, Sheet],
    place: Path,
    crs: str,
    tables: TableFormat = "csv",
    geometry: GeometryFormat = "gpkg",
) -> None:
    """Write sheets in the format of the path, whole or not at all."""
    suffix = output_format(place)
    with system_errors(place, _WRITABLE):
        if suffix:
            with whole_file(place) as staged:
                if suffix == ".xlsx":
                    write_excel(sheets, staged)
                else:
                    write_geopackage(sheets, staged, crs)
        else:
            with whole_folder(place, is_table_file) as folder:
                write_folder(sheets, folder, crs, tables, geometry)
