"""Geometries in cells: shapely objects, WKB, WKT or GeoJSON mappings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.values import Kind

_GEOMETRY = "a geometry (shapely, WKT or WKB)"
_HEXADECIMAL = re.compile("[0-9A-Fa-f]+")


def _read_geometry(cell: Any) -> Any:
    """Read a geometry as it is; None for one without coordinates."""
    import shapely  # noqa: PLC0415

    try:
        if isinstance(cell, str):
            cell = shapely.from_wkb(cell) if _HEXADECIMAL.fullmatch(cell) else shapely.from_wkt(cell)
        elif isinstance(cell, bytes | bytearray):
            cell = shapely.from_wkb(bytes(cell))
        elif isinstance(cell, Mapping):
            cell = shapely.geometry.shape(cell)
    except (shapely.errors.ShapelyError, AttributeError, KeyError, IndexError, TypeError, ValueError):
        raise CellError(_GEOMETRY) from None
    if not isinstance(cell, shapely.Geometry):
        raise CellError(_GEOMETRY)
    return cell


def geometry_text(geometry: Any) -> str:
    """Return a geometry as text that is read back exactly: WKT where its 16 decimals do, else WKB in hexadecimal."""
    import shapely  # noqa: PLC0415

    text: str = shapely.to_wkt(geometry, rounding_precision=-1)
    return text if shapely.from_wkt(text) == geometry else shapely.to_wkb(geometry, hex=True)


def _same(value: Any) -> Any:
    return value


GEOMETRY = Kind(_read_geometry, _same, "geometry")
