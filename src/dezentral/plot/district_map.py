"""The map: every district with its rate, and the sites that may be shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dezentral.domain import Instance, Plan
from dezentral.domain.arguments import require_all, require_kind
from dezentral.errors import PolicyError
from dezentral.metrics.small_numbers import PublicSpread, public_spread
from dezentral.plot.canvas import axes_or_new, plain, require_axes
from dezentral.plot.colours import INK, LINE, PALE, SHADES, UNKNOWN, class_limits, ink_on, shade
from dezentral.plot.label_places import placed
from dezentral.plot.labels import class_names, district_name, rate_or_few
from dezentral.plot.shapes import Shape, district_shapes, public_points
from dezentral.wording import Language, require_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _MAP_WIDTH, _LEAST_HEIGHT = 7.5, 5.6, 2.6  # inches
_LETTERS = 6.5  # points
_NAMED_UP_TO = 60  # districts; more names and figures would cover the map
_HATCH = "////"
_MARKERS = ((True, "o"), (False, "X"))  # open, not open


def map(  # noqa: A001  the name of the contract, always said as `plot.map`
    instance: Instance,
    plan: Plan,
    ax: Axes | None = None,
    *,
    language: Language = "en",
    sites: bool = True,
) -> Axes:
    """Draw the districts, each in the colour of its persons per 1,000 inhabitants, and the sites.

    Districts without a polygon are squares; then a line below says so. Districts with fewer than five persons are
    hatched and read "<5". Confidential sites are not drawn; no site shows how many live there.

    Parameters
    ----------
    instance, plan
        A plan and its instance.
    ax
        To draw on; new ones if None.
    language
        ``"en"`` or ``"de"``.
    sites
        Whether to draw the sites: circles = open, crosses = not open.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    MissingExtraError
        Without matplotlib.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="a", population=900, housed=9)], sites=())
    >>> ax = dz.plot.map(city, dz.Plan())
    >>> ax.texts[0].get_text().split()
    ['a', '10.0']
    """
    require_all(
        lambda: require_language(language),
        lambda: require_kind(sites, bool, "sites", PolicyError),
        lambda: require_axes(ax),
    )
    spread = public_spread(instance, plan)
    shapes = district_shapes(instance)
    ax = axes_or_new(ax, _WIDTH, _height(shapes))
    limits = class_limits([spread.rate_limit(d) for d, few in enumerate(spread.few) if not few])
    points = public_points(instance) if sites else []
    _draw_districts(ax, shapes, spread, limits)
    if 0 < len(shapes) <= _NAMED_UP_TO:
        _name_districts(ax, shapes, spread, [(x, y) for x, y, _ in points], limits, language)
    _draw_sites(ax, points)
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.set_title(say("picture.map_title", language), loc="left", color=INK)
    _legend(ax, spread, limits, points, language)
    _footnote(ax, shapes, language)
    return ax


def _height(shapes: Sequence[Shape]) -> float:
    """Return the inches that a figure for these districts needs: a long and low map leaves no empty page."""
    if not shapes:
        return _LEAST_HEIGHT
    width, height = _extent(shapes)
    return min(_WIDTH - 1.0, max(_LEAST_HEIGHT, 0.9 + _MAP_WIDTH * height / width))


def _extent(shapes: Sequence[Shape]) -> tuple[float, float]:
    """Return how wide and high all districts together are, in the unit of the map."""
    west, south, east, north = zip(*(shape.geometry.bounds for shape in shapes), strict=True)
    return max(east) - min(west), max(north) - min(south)


def _draw_districts(ax: Axes, shapes: Sequence[Shape], spread: PublicSpread, limits: Sequence[float]) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415

    for d, shape in enumerate(shapes):
        colour = _fill(spread, d, limits)
        edge, hatch = "white" if colour in SHADES else LINE, _HATCH if spread.few[d] else None
        ax.add_patch(PathPatch(_outline(shape), facecolor=colour, edgecolor=edge, linewidth=0.8, hatch=hatch))
    ax.autoscale_view()


def _name_districts(  # noqa: PLR0917  the map in all its parts
    ax: Axes,
    shapes: Sequence[Shape],
    spread: PublicSpread,
    points: Sequence[tuple[float, float]],
    limits: Sequence[float],
    language: Language,
) -> None:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415

    sign, line = _letter(ax, shapes)
    for d, (shape, row) in enumerate(zip(shapes, spread.rows, strict=True)):
        colour = _fill(spread, d, limits)
        halo = [withStroke(linewidth=3, foreground=colour)]  # a name may reach over the border
        rate = rate_or_few(spread, d, language)
        label = placed(district_name(row), shape, sign, line, points)
        ax.text(
            label.x, label.y, plain("\n".join((*label.lines, rate))), ha="center", va="center",
            fontsize=_LETTERS, color=ink_on(colour), path_effects=halo, zorder=4,
        )  # fmt: skip


def _letter(ax: Axes, shapes: Sequence[Shape]) -> tuple[float, float]:
    """Return about how wide a letter and how high a line is, in the unit of the map; the legend still needs room."""
    width, height = _extent(shapes)
    points = 72 / ax.figure.dpi * min(ax.bbox.width / width, ax.bbox.height / height)  # per unit
    return 0.68 * _LETTERS / points, 1.2 * _LETTERS / points


def _outline(shape: Shape) -> Any:
    from matplotlib.path import Path  # noqa: PLC0415

    parts = getattr(shape.geometry, "geoms", [shape.geometry])
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return Path.make_compound_path(*(Path([point[:2] for point in ring.coords], closed=True) for ring in rings))


def _fill(spread: PublicSpread, d: int, limits: Sequence[float]) -> str:
    return PALE if spread.few[d] else shade(spread.rate_limit(d), limits)


def _draw_sites(ax: Axes, points: Sequence[tuple[float, float, bool]]) -> None:
    for is_open, marker in _MARKERS:
        here = [(x, y) for x, y, state in points if state is is_open]
        if here:
            xs, ys = zip(*here, strict=True)
            ax.scatter(xs, ys, s=16, marker=marker, facecolor="white", edgecolor=INK, lw=0.8, zorder=3)


def _legend(
    ax: Axes,
    spread: PublicSpread,
    limits: Sequence[float],
    points: Sequence[tuple[float, float, bool]],
    language: Language,
) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    unknown = [d for d, few in enumerate(spread.few) if not few and math.isnan(spread.rate_limit(d))]
    entries: list[Any] = []
    if any(not few for few in spread.few):
        entries += [
            Patch(facecolor=shade(limit, limits), edgecolor=LINE, label=name)
            for limit, name in zip(limits, class_names(limits, language), strict=True)
        ]
    if any(spread.few):
        entries.append(Patch(facecolor=PALE, edgecolor=LINE, hatch=_HATCH, label=say("picture.few", language)))
    if unknown:
        entries.append(Patch(facecolor=UNKNOWN, edgecolor=LINE, label=say("picture.no_rate", language)))
    for is_open, marker in _MARKERS:
        if any(state is is_open for *_, state in points):
            key = "picture.open_site" if is_open else "picture.closed_site"
            entries.append(Line2D([], [], linestyle="", marker=marker, markersize=5, markerfacecolor="white",
                                  markeredgecolor=INK, label=say(key, language)))  # fmt: skip
    if entries:
        ax.legend(handles=entries, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8)


def _footnote(ax: Axes, shapes: Sequence[Shape], language: Language) -> None:
    note = ""
    if not shapes:
        note = say("picture.no_districts", language)
    elif any(shape.schematic for shape in shapes):
        note = say("picture.schematic", language)
    if note:
        ax.annotate(note, (0, 0), xycoords="axes fraction", xytext=(0, -10), textcoords="offset points",
                    fontsize=8, color=INK, va="top")  # fmt: skip
