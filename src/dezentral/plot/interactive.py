"""The interactive map: a page to move about in."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dezentral.domain import Instance, Plan
from dezentral.domain.arguments import require_all
from dezentral.errors import Fault, MissingExtraError, PolicyError
from dezentral.metrics.small_numbers import PublicSpread, public_spread
from dezentral.plot.canvas import EXTRA
from dezentral.plot.colours import LINE, PALE, class_limits, shade
from dezentral.plot.labels import district_name, inhabitants_text, load_text, rate_or_few
from dezentral.plot.map_page import SITE_FILLS, furnish, legend
from dezentral.plot.shapes import Shape, district_shapes, is_open, public_sites
from dezentral.wording import Language, require_language, say

if TYPE_CHECKING:
    import folium

_SEE_THROUGH = 0.8  # so that a background map can be seen


def explore(instance: Instance, plan: Plan, *, language: Language = "en", tiles: str | None = None) -> folium.Map:
    """Return an interactive map: districts by rate, sites that may be shown by name and kind.

    A notebook shows it; ``explore(...).save(path)`` writes a page. The page loads Leaflet, which draws the map, from
    cdn.jsdelivr.net, and a background map if one is asked for, but nothing else; no figure leaves it. Without network
    it says so: `map` and the report need none.

    Parameters
    ----------
    instance, plan
        A plan and its instance.
    language
        ``"en"`` or ``"de"``.
    tiles
        Name of a background map, e.g. ``"OpenStreetMap"``; None = none.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    PolicyError
        If no background map has the name.
    MissingExtraError
        Without folium.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.datasets.stuttgart(60)
    >>> page = dz.plot.explore(city, dz.Plan(unplaced=[one.id for one in city.households])).get_root().render()
    >>> "Bad Cannstatt" in page
    True
    """
    try:
        import folium  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError.for_extra(EXTRA, "dezentral.plot.explore") from error
    require_all(lambda: require_language(language), lambda: _empty_page(tiles, scale=True))
    spread = public_spread(instance, plan)
    shapes = district_shapes(instance)
    limits = class_limits([spread.rate_limit(d) for d, few in enumerate(spread.few) if not few])
    page = _empty_page(tiles, scale=not shapes or not all(shape.schematic for shape in shapes))
    if shapes:
        layer = _districts(instance, spread, shapes, limits, language, opacity=1.0 if tiles is None else _SEE_THROUGH)
        page.add_child(layer)
        page.fit_bounds(layer.get_bounds())
    sites = _sites(instance, language)
    for point, label, state in sites:
        page.add_child(
            folium.CircleMarker(
                point, radius=4, color=SITE_FILLS[not state], weight=1.5, fill=True, fill_color=SITE_FILLS[state],
                fill_opacity=1, tooltip=label,
            )
        )  # fmt: skip
    squares = any(shape.schematic for shape in shapes)
    furnish(page, legend(spread, limits, {state for *_, state in sites}, language, squares=squares), language)
    return page


def _empty_page(tiles: object, *, scale: bool) -> folium.Map:
    import folium  # noqa: PLC0415

    if tiles is None or (isinstance(tiles, str) and tiles):  # folium takes "" for none
        try:
            return folium.Map(tiles=tiles, control_scale=scale)
        except ValueError:  # an address of pictures, without words about their source
            pass
    raise PolicyError.of([Fault("explore", "tiles", tiles, "the name of a background map, or None")])


def _districts(
    instance: Instance, spread: PublicSpread, shapes: list[Shape], limits: Sequence[float], language: Language,
    *, opacity: float,
) -> Any:  # fmt: skip
    import folium  # noqa: PLC0415
    import geopandas as gpd  # noqa: PLC0415

    names = {
        "district": say("picture.district", language),
        "load": say("picture.load", language),
        "inhabitants": say("picture.inhabitants", language),
        "rate": say("picture.rate_axis", language),
    }
    rows = [
        {
            "district": _literal(district_name(row)),
            "load": _literal(load_text(spread, d, language)),
            "inhabitants": _literal(inhabitants_text(spread, d, language)),
            "rate": _literal(rate_or_few(spread, d, language)),
            "colour": PALE if spread.few[d] else shade(spread.rate_limit(d), limits),
            "edge": LINE if spread.few[d] or math.isnan(spread.rate_limit(d)) else "#ffffff",
            "dashes": "4 3" if spread.few[d] else "",
        }
        for d, row in enumerate(spread.rows)
    ]
    frame = gpd.GeoDataFrame(rows, geometry=[shape.geometry for shape in shapes], crs=instance.crs).to_crs("EPSG:4326")
    return folium.GeoJson(
        frame.to_json(),
        style_function=lambda feature: {
            "fillColor": feature["properties"]["colour"],
            "color": feature["properties"]["edge"],
            "weight": 1,
            "dashArray": feature["properties"]["dashes"],
            "fillOpacity": opacity,
        },
        tooltip=folium.GeoJsonTooltip(fields=list(names), aliases=list(names.values())),
    )


def _literal(text: str) -> str:
    """Return text that is shown as it is; folium writes it into a script, between backticks, and fills in templates."""
    return html.escape(text).translate({ord(sign): f"&#{ord(sign)};" for sign in "`$\\{}%"})


def _sites(instance: Instance, language: Language) -> list[tuple[tuple[float, float], str, bool]]:
    from pyproj import Transformer  # noqa: PLC0415

    to_degrees = Transformer.from_crs(instance.crs, "EPSG:4326", always_xy=True)
    found = []
    for site in public_sites(instance):
        longitude, latitude = to_degrees.transform(site.x, site.y)
        state = is_open(instance, site)
        told = say("picture.open_site" if state else "picture.closed_site", language)
        label = "<br>".join(_literal(part) for part in (site.name or site.id, site.kind, told) if part)
        found.append(((latitude, longitude), label, state))
    return found
