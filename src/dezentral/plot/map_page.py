"""What stands around an interactive map: its language, its legend, and what it says where no network is."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dezentral.metrics.small_numbers import PublicSpread
from dezentral.plot.colours import INK, LINE, PALE, UNKNOWN, shade
from dezentral.plot.labels import class_names
from dezentral.wording import Language, say

if TYPE_CHECKING:
    import folium

SITE_FILLS = {True: "#ffffff", False: INK}  # open, not open; the edge is in the other colour
_NEEDED = {"leaflet", "leaflet_css"}  # folium loads icons and widgets besides, from three more places
_CARD = (
    "position:fixed;max-width:16em;right:10px;bottom:24px;z-index:1000;padding:8px 12px;background:#fff;"
    f"color:{INK};border:1px solid {LINE};border-radius:4px;font:12px/1.6 Arial,Helvetica,sans-serif"
)
_SWATCH = f"display:inline-block;width:14px;height:12px;margin-right:6px;vertical-align:-1px;border:1px solid {LINE}"


def furnish(page: folium.Map, legend: str, language: Language) -> None:
    """Put a legend on the page, say its language and title, and load nothing but what draws the map."""
    import folium  # noqa: PLC0415

    page.default_js = [link for link in page.default_js if link[0] in _NEEDED]
    page.default_css = [link for link in page.default_css if link[0] in _NEEDED]
    title = say("picture.map_title", language)
    root: Any = page.get_root()
    look = (
        ".folium-map.leaflet-container { background: #ffffff } "
        ".leaflet-control-scale-line:not(:first-child) { display: none }"  # feet and miles
    )
    root.header.add_child(folium.Element(f"<title>{html.escape(title)}</title><style>{look}</style>"))
    root.html.add_child(folium.Element(legend))
    root.html.add_child(folium.Element(_offline(language)))


def legend(
    spread: PublicSpread, limits: Sequence[float], states: set[bool], language: Language, *, squares: bool
) -> str:
    """Return the classes of rates, the marks of sites that are open (True) and not (False), what squares stand for."""
    rates = [spread.rate_limit(d) for d, few in enumerate(spread.few) if not few]
    lines = []
    if rates:
        for limit, name in zip(limits, class_names(limits, language), strict=True):
            lines.append(_line(f"background:{shade(limit, limits)}", name))
    if any(spread.few):
        lines.append(_line(f"background:{PALE};border-style:dashed", say("picture.few", language)))
    if any(math.isnan(rate) for rate in rates):
        lines.append(_line(f"background:{UNKNOWN}", say("picture.no_rate", language)))
    for state, key in ((True, "picture.open_site"), (False, "picture.closed_site")):
        if state in states:
            mark = f"background:{SITE_FILLS[state]};width:9px;height:9px;border-radius:50%;border-color:{INK}"
            lines.append(_line(mark, say(key, language)))
    if squares:
        lines.append(f"<li>{html.escape(say('picture.schematic', language))}</li>")
    title = html.escape(say("picture.map_title", language))
    head = f'<h1 style="margin:0;font:bold 12px/1.6 Arial,Helvetica,sans-serif">{title}</h1>'
    return f'<aside style="{_CARD}">{head}<ul style="margin:0;padding:0;list-style:none">{"".join(lines)}</ul></aside>'


def _line(style: str, text: str) -> str:
    return f'<li><span style="{_SWATCH};{style}"></span>{html.escape(text)}</li>'


def _offline(language: Language) -> str:
    """Return what is shown where the library that draws the map could not be loaded."""
    words = html.escape(say("picture.offline", language))
    return (
        f'<p id="offline" role="alert" style="margin:1em;font:16px Arial,Helvetica,sans-serif">{words}</p>'
        f'<script>document.documentElement.lang = "{language}"; '
        'document.getElementById("offline").hidden = Boolean(window.L); '
        # folium forbids to enlarge the page, which weak eyes need
        'document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1";</script>'
    )
