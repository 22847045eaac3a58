"""Tables as GeoPackage layers, geometries as GeoPackage or GeoJSON files."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from dezentral.geo.crs import WGS84
from dezentral.tables.cells.guard import guarded_first
from dezentral.tables.cells.shapes import GEOMETRY
from dezentral.tables.cells.values import TEXT
from dezentral.tables.formats.file_errors import FileFaultError, require_size
from dezentral.tables.reading.raw import RawTable, without_comments
from dezentral.tables.reading.raw_frames import table_from_frame
from dezentral.tables.sheet_frames import flat_frame
from dezentral.tables.sheets import Sheet

_SQLITE = b"SQLite format 3\0"
_GEOPACKAGE, _GEOJSON = "a GeoPackage", "a GeoJSON FeatureCollection"
_WRITABLE = "a place where files of this size can be written"
_EXACT_DIGITS = 15  # decimals of a degree: far below a nanometre


def read_geopackage(path: Path, choose: Callable[[list[str]], dict[str, str]]) -> list[RawTable]:
    """Read layers.

    Parameters
    ----------
    path
        Of the GeoPackage.
    choose
        From the names of all layers to those that are tables: layer → table.
    """
    with _geodata(path, _SQLITE, _GEOPACKAGE) as pyogrio:
        chosen = choose([str(layer) for layer in pyogrio.list_layers(path)[:, 0]])
        return [
            _table(name, pyogrio.read_dataframe(path, layer=layer), f"{path.name}, layer {layer}")
            for layer, name in chosen.items()
        ]


def read_geometry_file(path: Path, name: str) -> RawTable:
    """Read the table `name` from a file of its own: a GeoPackage's only layer or the one called so, or a GeoJSON."""
    if path.suffix.lower() == ".geojson":
        with _geodata(path, b"{", _GEOJSON) as pyogrio:
            return _table(name, pyogrio.read_dataframe(path, DATE_AS_STRING="YES"), path.name)

    def the_one(layers: list[str]) -> dict[str, str]:
        chosen = layers if len(layers) == 1 else [layer for layer in layers if layer.strip().lower() == name]
        if len(chosen) != 1:
            raise FileFaultError(value=", ".join(layers), allowed=f"one layer, or one that is called {name}")
        return {chosen[0]: name}

    [table] = read_geopackage(path, the_one)
    return replace(table, source=replace(table.source, label=path.name))


def write_geopackage(sheets: Mapping[str, Sheet], path: Path, crs: str) -> None:
    """Write sheets as the layers of one file; districts with their polygons, sites and services with their points."""
    import geopandas as gpd  # noqa: PLC0415
    import pyogrio  # type: ignore[import-untyped]  # noqa: PLC0415

    for name, sheet in sheets.items():
        shaped = with_points(sheet) if name in {"sites", "services"} else sheet
        frame = flat_frame(_as_text(shaped))
        if "geometry" in shaped.header:
            frame = gpd.GeoDataFrame(frame, geometry="geometry", crs=crs)
            options = {"geometry_type": _geometry_type(shaped), "promote_to_multi": False}
        else:
            options = {}
        with _failures_of_gdal():
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", **options)


def write_geometry_file(sheet: Sheet, path: Path, crs: str) -> None:
    """Write ids and polygons as a file of their own: a GeoPackage in `crs` or a GeoJSON in WGS84."""
    if path.suffix == ".gpkg":
        write_geopackage({sheet.name: sheet}, path, crs)
        return
    import geopandas as gpd  # noqa: PLC0415
    import pyogrio  # noqa: PLC0415

    frame = gpd.GeoDataFrame(flat_frame(_as_text(sheet)), geometry="geometry", crs=crs).to_crs(WGS84)
    content = BytesIO()  # for on a full disk GDAL writes half a file and says nothing
    with _failures_of_gdal():
        pyogrio.write_dataframe(
            frame,
            content,
            layer=sheet.name,
            driver="GeoJSON",
            promote_to_multi=False,
            COORDINATE_PRECISION=str(_EXACT_DIGITS),
        )
    path.write_bytes(content.getvalue())


def with_points(sheet: Sheet) -> Sheet:
    """Return a sheet with points in the place of its columns x and y; without any point it stays as it is."""
    pairs = list(zip(sheet.column("x"), sheet.column("y"), strict=True))
    if all(x is None for x, _ in pairs):
        return sheet
    from shapely.geometry import Point  # noqa: PLC0415

    plain = sheet.without("x", "y")
    points = [None if x is None else Point(x, y) for x, y in pairs]
    rows = tuple((*row, point) for row, point in zip(plain.rows, points, strict=True))
    return Sheet(sheet.name, (*plain.header, "geometry"), (*plain.kinds, GEOMETRY), rows)


def _as_text(sheet: Sheet) -> Sheet:
    """Write dates as text, and guard first cells that would be comments."""
    kinds = tuple(TEXT if kind.dtype == "date" else kind for kind in sheet.kinds)
    rows = tuple(
        (guarded_first(row[0]), *(cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row[1:]))
        for row in sheet.rows
    )
    return replace(sheet, kinds=kinds, rows=rows)


def _geometry_type(sheet: Sheet) -> str:
    types = {shape.geom_type for shape in sheet.column("geometry") if shape is not None}
    flat = not any(shape.has_z for shape in sheet.column("geometry") if shape is not None)
    if not types:
        return "MultiPolygon" if sheet.name == "districts" else "Point"
    return types.pop() if len(types) == 1 and flat else "Unknown"


def _table(name: str, frame: Any, label: str) -> RawTable:
    return without_comments(table_from_frame(name, frame, label))


@contextmanager
def _failures_of_gdal() -> Iterator[None]:
    """Turn what GDAL says when a file cannot be written, on a full disk say, into a fault of the file."""
    try:
        yield
    except RuntimeError as error:
        raise FileFaultError(value=type(error).__name__, allowed=_WRITABLE) from error


@contextmanager
def _geodata(path: Path, start: bytes, allowed: str) -> Iterator[Any]:
    """Lend pyogrio for reading `path`, once it begins like the format that it claims to be.

    GDAL picks its driver by content, and some formats lead it to other files.
    """
    require_size(path)
    with path.open("rb") as file:
        head = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(start):
        raise FileFaultError(value="other content", allowed=allowed)
    import pyogrio  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL warns of what is not read, e.g. measures of points
            yield pyogrio
    except (RuntimeError, ValueError, TypeError) as error:
        raise FileFaultError(value=type(error).__name__, allowed=allowed) from error
