"""The districts as shapes: their polygons, or squares in a grid where none are given."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dezentral.domain import Instance, Site

_GAP = 0.08  # of a square's side
_WIDER = 1.6  # a grid is wider than high


@dataclass(frozen=True, slots=True)
class Shape:
    """One district on the map.

    Attributes
    ----------
    geometry
        A shapely Polygon or MultiPolygon.
    schematic
        Whether it is a square that stands for a district without a polygon.
    """

    geometry: Any
    schematic: bool

    def label_point(self) -> tuple[float, float]:
        """Return the point of its largest part that is farthest from the border: where a label has most room."""
        from shapely.ops import polylabel  # noqa: PLC0415

        parts = getattr(self.geometry, "geoms", [self.geometry])
        largest = max(parts, key=lambda part: part.area)
        point = polylabel(largest, tolerance=math.sqrt(largest.area) / 50)
        return point.x, point.y


def district_shapes(instance: Instance) -> list[Shape]:
    """Return one shape per district, in the order of the instance.

    Those without a polygon become squares: below the map, or a grid of their own where there is no map at all.
    """
    given = [district.geometry for district in instance.districts]
    drawn = [geometry for geometry in given if geometry is not None]
    squares = iter(_squares(len(given) - len(drawn), drawn))
    return [
        Shape(next(squares), schematic=True) if geometry is None else Shape(geometry, schematic=False)
        for geometry in given
    ]


def public_sites(instance: Instance) -> list[Site]:
    """Return the sites that may be shown on this map: with a point, not confidential, in a district with borders."""
    mapped = {district.id for district in instance.districts if district.geometry is not None}
    return [
        site for site in instance.sites if not site.confidential and site.x is not None and site.district in mapped
    ]


def public_points(instance: Instance) -> list[tuple[float, float, bool]]:
    """Return x, y and whether it is open, for the sites that may be shown on this map."""
    return [
        (site.x, site.y, is_open(instance, site))
        for site in public_sites(instance)
        if site.x is not None and site.y is not None
    ]


def is_open(instance: Instance, site: Site) -> bool:
    """Return whether a site may take people in on the planning day; a candidate may not."""
    if site.opening_cost is not None:
        return False
    day = instance.date
    return day is None or (
        (site.open_from is None or site.open_from <= day) and (site.open_until is None or day < site.open_until)
    )


def _squares(number: int, drawn: Sequence[Any]) -> list[Any]:
    from shapely.geometry import box  # noqa: PLC0415

    if not number:
        return []
    left, top, columns, side = _grid(number, drawn)
    room = side * (1 - _GAP)
    corners = [(left + side * (i % columns), top - side * (i // columns)) for i in range(number)]
    return [box(x, y - room, x + room, y) for x, y in corners]


def _grid(number: int, drawn: Sequence[Any]) -> tuple[float, float, int, float]:
    """Return where a grid begins (left, top), its columns and the side of a square."""
    if not drawn:
        return 0.0, 0.0, max(1, math.ceil(math.sqrt(number * _WIDER))), 1.0
    west, south, east, _ = (edge(values) for edge, values in zip(
        (min, min, max, max), zip(*(geometry.bounds for geometry in drawn), strict=True), strict=True,
    ))  # fmt: skip
    columns = max(6, math.ceil(math.sqrt(number)))
    side = (east - west) / columns
    return west, south - side / 2, columns, side
