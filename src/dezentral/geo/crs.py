"""Coordinate reference systems: from one to another, always as east, north."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pyproj import Transformer

WGS84 = "EPSG:4326"

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def reprojected(geometries: list[Any], source: Any, target: Any) -> list[Any]:
    """Return shapely geometries in another reference system; the very same ones if it is the same system.

    Parameters
    ----------
    geometries
        Shapely geometries or None.
    source, target
        Whatever `pyproj.CRS.from_user_input` takes.

    Raises
    ------
    pyproj.exceptions.CRSError
        If a reference system is unknown.

    Examples
    --------
    >>> from shapely.geometry import Point
    >>> centre = reprojected([Point(9, 48.78)], "EPSG:4326", "EPSG:25832")[0]
    >>> round(centre.x), round(centre.y)
    (500000, 5403000)
    """
    from pyproj import CRS  # noqa: PLC0415

    # Equal names spare two look-ups in PROJ's database, which take longer than most tables.
    if str(source) == str(target) or CRS.from_user_input(source) == CRS.from_user_input(target):
        return list(geometries)
    import shapely  # noqa: PLC0415

    transformer = _transformer(source, target)
    moved = shapely.transform(
        np.array(geometries, dtype=object),
        lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1])),
    )
    return list(moved)


def projected_points(lon: Array, lat: Array, target: Any) -> Array:
    """Return points given in degrees (WGS84) in a projected system; `inf` where it is not defined.

    Parameters
    ----------
    lon, lat
        Degrees, shape ``(n,)``.
    target
        Whatever `pyproj.CRS.from_user_input` takes.

    Returns
    -------
    numpy.ndarray
        Shape ``(n, 2)``: east and north in metres.

    Examples
    --------
    >>> import numpy as np
    >>> projected_points(np.array([9.0]), np.array([48.78]), "EPSG:25832").round().tolist()
    [[500000.0, 5403000.0]]
    """
    return np.column_stack(_transformer(WGS84, target).transform(lon, lat))


def _transformer(source: Any, target: Any) -> Transformer:
    from pyproj import Transformer  # noqa: PLC0415

    return Transformer.from_crs(source, target, always_xy=True)
