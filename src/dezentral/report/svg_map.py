"""The map as inline SVG: no library, no network, the same shapes and colours as `plot.map`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dezentral.domain import Instance
from dezentral.metrics.small_numbers import SMALL_TEXT, PublicSpread
from dezentral.plot.colours import PALE, class_limits, ink_on, shade
from dezentral.plot.labels import class_names, district_name, rate_text
from dezentral.plot.shapes import Shape, district_shapes, public_points
from dezentral.wording import NOTHING, Language, say

WIDTH = 720.0
_MARGIN = 8.0
_TALLEST = 900.0
_NAMED_UP_TO = 60  # districts; more names and figures would cover the map
_FINE = 0.4  # pixels: what is smaller than this cannot be seen


@dataclass(frozen=True, slots=True)
class Area:
    """One district on the page: its outline, what it is called, its colours."""

    path: str
    title: str
    name: str
    value: str
    x: float
    y: float
    fill: str
    ink: str
    few: bool


@dataclass(frozen=True, slots=True)
class SvgMap:
    """The whole map: pixels wide and high, areas, points of sites (x, y, open), classes (colour, text), a note."""

    width: float
    height: float
    areas: tuple[Area, ...]
    points: tuple[tuple[float, float, bool], ...]
    classes: tuple[tuple[str, str], ...]
    few: str
    unknown: str
    open_site: str
    closed_site: str
    note: str


def svg_map(instance: Instance, spread: PublicSpread, language: Language) -> SvgMap | None:
    """Return the map of a plan; None without districts."""
    shapes = district_shapes(instance)
    if not shapes:
        return None
    points = public_points(instance)
    to_page, width, height = _projection(shapes)
    rates = [spread.rate_limit(d) for d, few in enumerate(spread.few) if not few]
    limits = class_limits(rates)
    named = len(shapes) <= _NAMED_UP_TO
    states = {state for *_, state in points}
    return SvgMap(
        width=width,
        height=height,
        areas=tuple(_area(spread, d, shape, to_page, limits, named, language) for d, shape in enumerate(shapes)),
        points=tuple((*to_page(x, y), state) for x, y, state in points),
        classes=tuple(
            (shade(limit, limits), name) for limit, name in zip(limits, class_names(limits, language), strict=True)
        ) if rates else (),
        few=say("picture.few", language) if any(spread.few) else "",
        unknown=say("picture.no_rate", language) if any(math.isnan(rate) for rate in rates) else "",
        open_site=say("picture.open_site", language) if True in states else "",
        closed_site=say("picture.closed_site", language) if False in states else "",
        note=say("picture.schematic", language) if any(shape.schematic for shape in shapes) else "",
    )  # fmt: skip


def _area(  # noqa: PLR0913, PLR0917  one district in all its parts
    spread: PublicSpread, d: int, shape: Shape, to_page: Any, limits: Sequence[float], named: bool, language: Language
) -> Area:
    name, few = district_name(spread.rows[d]), spread.few[d]
    rate = rate_text(spread, d, language)
    fill = PALE if few else shade(spread.rate_limit(d), limits)
    x, y = to_page(*shape.label_point())
    told = say(f"report.map.area{'_few' if few else ''}", language, name=name, rate=rate)
    return Area(
        path=_path(shape, to_page),
        title=told if few or rate != NOTHING else name,
        name=name if named else "",
        value=(SMALL_TEXT if few else rate) if named else "",
        x=x,
        y=y,
        fill=fill,
        ink=ink_on(fill),
        few=few,
    )


def _projection(shapes: Sequence[Shape]) -> tuple[Any, float, float]:
    """Return what takes a point to the page, and the page's width and height (pixels)."""
    bounds = [shape.geometry.bounds for shape in shapes]
    west, south = min(box[0] for box in bounds), min(box[1] for box in bounds)
    east, north = max(box[2] for box in bounds), max(box[3] for box in bounds)
    room = WIDTH - 2 * _MARGIN
    scale = min(room / (east - west), (_TALLEST - 2 * _MARGIN) / (north - south))
    if all(shape.schematic for shape in shapes):
        scale = min(scale, 110.0)  # a square need not fill the page

    def to_page(x: float, y: float) -> tuple[float, float]:
        return round((x - west) * scale + _MARGIN, 1), round((north - y) * scale + _MARGIN, 1)

    return to_page, round((east - west) * scale + 2 * _MARGIN, 1), round((north - south) * scale + 2 * _MARGIN, 1)


def _path(shape: Shape, to_page: Any) -> str:
    parts = getattr(shape.geometry, "geoms", [shape.geometry])
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return "".join(f"M{'L'.join(_points(ring, to_page))}Z" for ring in rings)


def _points(ring: Any, to_page: Any) -> list[str]:
    """Return the corners of a ring; those closer than can be seen are left out."""
    kept: list[tuple[float, float]] = []
    for corner in ring.coords:
        point = to_page(corner[0], corner[1])
        if not kept or math.dist(point, kept[-1]) >= _FINE:
            kept.append(point)
    return [f"{x:g} {y:g}" for x, y in kept]
