"""The map as inline SVG: no library, no network, the same shapes and colours as `plot.map`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dezentral.domain import Instance
from dezentral.metrics.small_numbers import PublicSpread
from dezentral.plot.colours import PALE, class_limits, ink_on, shade
from dezentral.plot.label_places import placed
from dezentral.plot.labels import class_names, district_name, rate_or_few, rate_text
from dezentral.plot.shapes import Shape, district_shapes, public_points
from dezentral.report.svg_page import Page, page_for
from dezentral.wording import NOTHING, Language, say

_NAMED_UP_TO = 60  # districts; more names and figures would cover the map
_LETTER, _LINE, _BASE = 6.6, 12.0, 10.0  # pixels: wide, high, from the top of a line to where its letters stand


@dataclass(frozen=True, slots=True)
class Area:
    """One district on the page: its outline, its words for all who cannot see it, its colour, its name and figure.

    Attributes
    ----------
    texts
        x, y and text of every line; the last one is the figure.
    """

    path: str
    title: str
    fill: str
    few: bool
    texts: tuple[tuple[float, float, str], ...]

    @property
    def ink(self) -> str:
        """The colour of its letters."""
        return ink_on(self.fill)


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
    page = page_for(shapes)
    rates = [spread.rate_limit(d) for d, few in enumerate(spread.few) if not few]
    limits = class_limits(rates)
    states = {state for *_, state in points}
    return SvgMap(
        width=page.width,
        height=page.height,
        areas=tuple(
            Area(
                path=page.path(shape),
                title=_title(spread, d, language),
                fill=PALE if spread.few[d] else shade(spread.rate_limit(d), limits),
                few=spread.few[d],
                texts=_texts(spread, d, shape, page, points, language) if len(shapes) <= _NAMED_UP_TO else (),
            )
            for d, shape in enumerate(shapes)
        ),
        points=tuple((*page.point(x, y), state) for x, y, state in points),
        classes=tuple(
            (shade(limit, limits), name) for limit, name in zip(limits, class_names(limits, language), strict=True)
        ) if rates else (),
        few=say("picture.few", language) if any(spread.few) else "",
        unknown=say("picture.no_rate", language) if any(math.isnan(rate) for rate in rates) else "",
        open_site=say("picture.open_site", language) if True in states else "",
        closed_site=say("picture.closed_site", language) if False in states else "",
        note=say("picture.schematic", language) if any(shape.schematic for shape in shapes) else "",
    )  # fmt: skip


def _title(spread: PublicSpread, d: int, language: Language) -> str:
    name, few, rate = district_name(spread.rows[d]), spread.few[d], rate_text(spread, d, language)
    if not few and rate == NOTHING:
        return name
    return say(f"report.map.area{'_few' if few else ''}", language, name=name, rate=rate)


def _texts(  # noqa: PLR0917  one district, the page, the sites that its name must not cover
    spread: PublicSpread,
    d: int,
    shape: Shape,
    page: Page,
    points: Sequence[tuple[float, float, bool]],
    language: Language,
) -> tuple[tuple[float, float, str], ...]:
    sites = [(x, y) for x, y, _ in points]
    label = placed(district_name(spread.rows[d]), shape, _LETTER / page.scale, _LINE / page.scale, sites)
    lines = (*label.lines, rate_or_few(spread, d, language))
    x, middle = page.point(label.x, label.y)
    first = middle - _LINE * len(lines) / 2 + _BASE
    return tuple((x, round(first + _LINE * k, 1), line) for k, line in enumerate(lines))
