"""Where the name of a district stands on a map: inside its borders, beside its sites, on as many lines as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from dezentral.plot.labels import wrapped
from dezentral.plot.shapes import Shape

_SHORTEST = 14  # signs: what a name may always take, even over the border of a small district
_STEPS = (0.0, 0.5, -0.5, 1.0, -1.0, 1.5, -1.5)  # of half a label, from the middle
_KEPT = 0.95  # share of the label inside its district that a step aside must keep


@dataclass(frozen=True, slots=True)
class Label:
    """A name on its lines, and the middle of it and of the figure below (in the unit of the map)."""

    lines: tuple[str, ...]
    x: float
    y: float


def placed(name: str, shape: Shape, sign: float, line: float, points: Sequence[tuple[float, float]]) -> Label:
    """Return the label of a district: as wide as it has room, and where it covers the fewest points.

    Parameters
    ----------
    name
        On one line.
    shape
        The district.
    sign, line
        Width of a letter and height of a line in the unit of the map.
    points
        What should stay in sight, the sites.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> square = Shape(box(0, 0, 100, 100), schematic=False)
    >>> alone, beside = (placed("Old Town", square, 2.0, 4.0, sites) for sites in ([], [(50.0, 50.0)]))
    >>> alone.lines, round(alone.x), round(beside.x)
    (('Old Town',), 50, 62)
    """
    x, y = shape.label_point()
    lines = wrapped(name, max(_SHORTEST, int(_room(shape, x, y) / sign)))
    half_width, half_height = sign * max(map(len, lines)) / 2, line * (len(lines) + 1) / 2

    def inside(spot: tuple[float, float]) -> float:
        return float(shape.geometry.intersection(_around(spot, half_width, half_height)).area)

    def covered(spot: tuple[float, float]) -> int:
        return sum(
            abs(spot[0] - px) <= half_width + sign and abs(spot[1] - py) <= half_height + sign for px, py in points
        )

    enough = _KEPT * inside((x, y))
    steps = sorted(product(_STEPS, _STEPS), key=lambda step: abs(step[0]) + abs(step[1]))
    spots = [(x + across * half_width, y + along * half_height) for across, along in steps]
    best = min((spot for spot in spots if inside(spot) >= enough), key=covered)  # the nearest of equals
    return Label(tuple(lines), *best)


def _around(spot: tuple[float, float], half_width: float, half_height: float) -> object:
    from shapely.geometry import box  # noqa: PLC0415

    return box(spot[0] - half_width, spot[1] - half_height, spot[0] + half_width, spot[1] + half_height)


def _room(shape: Shape, x: float, y: float) -> float:
    """Return how wide the district is at the height of its label."""
    from shapely.geometry import LineString, Point  # noqa: PLC0415

    west, _, east, _ = shape.geometry.bounds
    across = LineString([(west, y), (east, y)]).intersection(shape.geometry)
    parts = getattr(across, "geoms", [across])
    return float(min(parts, key=Point(x, y).distance).length)
