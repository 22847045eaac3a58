"""From the coordinates of an instance to pixels of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dezentral.plot.shapes import Shape

_WIDTH = 720.0
_MARGIN = 8.0
_TALLEST = 900.0
_LARGEST_SQUARE = 110.0  # a square need not fill the page
_FINE = 0.4  # pixels: what is smaller than this cannot be seen


@dataclass(frozen=True, slots=True)
class Page:
    """Where the map stands: its west and north edge, pixels per unit, pixels wide and high."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixels of a point."""
        return round((x - self.west) * self.scale + _MARGIN, 1), round((self.north - y) * self.scale + _MARGIN, 1)

    def path(self, shape: Shape) -> str:
        """Return the outline of a district as an SVG path."""
        parts = getattr(shape.geometry, "geoms", [shape.geometry])
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        return "".join(f"M{'L'.join(self._corners(ring))}Z" for ring in rings)

    def _corners(self, ring: Any) -> list[str]:
        """Return the corners of a ring; those closer than can be seen are left out."""
        kept: list[tuple[float, float]] = []
        for corner in ring.coords:
            point = self.point(corner[0], corner[1])
            if not kept or math.dist(point, kept[-1]) >= _FINE:
                kept.append(point)
        return [f"{x:g} {y:g}" for x, y in kept]


def page_for(shapes: Sequence[Shape]) -> Page:
    """Return the page that holds all districts; squares alone are as wide as a map, so that letters are as large."""
    bounds = [shape.geometry.bounds for shape in shapes]
    west, south = min(box[0] for box in bounds), min(box[1] for box in bounds)
    east, north = max(box[2] for box in bounds), max(box[3] for box in bounds)
    scale = min((_WIDTH - 2 * _MARGIN) / (east - west), (_TALLEST - 2 * _MARGIN) / (north - south))
    schematic = all(shape.schematic for shape in shapes)
    if schematic:
        scale = min(scale, _LARGEST_SQUARE)
    width, height = (round(side * scale + 2 * _MARGIN, 1) for side in (east - west, north - south))
    return Page(west, north, scale, _WIDTH if schematic else width, height)
