"""The report as its readers meet it: on paper, on a phone, by keyboard, in the dark, with weak eyes."""

from __future__ import annotations

import base64
import re

import pytest

import dezentral as dz
from tests.report.browser import CHROMIUM, Page, browser
from tests.report.offices import BEDS, POLICY, office, plan_with, result_of

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium is installed (chromium, chromium-browser or google-chrome)"
)

SCHEMES = ("light", "dark")
A4_TEXT_WIDTH = 680  # CSS pixels: 210 mm less two margins of 15 mm

# Every piece of text with what is behind it, as the contrast of both (WCAG 2.2, 1.4.3).
CONTRASTS = """
(() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const linear = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = parts(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    throw new Error("nothing is behind");
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let text; (text = walker.nextNode());) {
    const node = text.parentElement, style = getComputedStyle(node);
    if (!text.textContent.trim() || node.closest("title, desc") || !node.getClientRects().length) continue;
    const drawn = node.closest("svg") !== null;
    const pair = [drawn ? parts(style.fill) : parts(style.color), drawn ? parts(style.stroke) : behind(node)];
    const [dark, bright] = pair.map(light).sort((a, b) => a - b);
    found.push([text.textContent.trim(), (bright + 0.05) / (dark + 0.05)]);
  }
  return found;
})()
"""
FOCUSABLE = "[...document.querySelectorAll('a[href], button, input, [tabindex=\"0\"]')]"
FOCUSED = """
(() => {
  const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
  const seen = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  return [PLACE.indexOf(node), seen && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1];
})()
""".replace("PLACE", FOCUSABLE)


@pytest.fixture(scope="module", params=["en", "de"])
def page(request, tmp_path_factory) -> Page:
    """A report that shows whatever a report can show: warnings, small numbers, reasons, decisions by hand."""
    folder = tmp_path_factory.mktemp("report")
    city = dz.datasets.stuttgart(900)
    lone = dz.District(id="99", name="Neubau", population=3, housed=2)
    closed = dz.Site(id="later", district="01", units=[BEDS], opening_cost=9.0, x=513000.0, y=5402000.0)
    city = city.replace(districts=[*city.districts, lone], sites=[*city.sites, closed])
    site = next(one.id for one in city.sites if not one.confidential)
    city = city.replace(households=[one.model_copy(update={"fixed_site": site}) for one in city.households])
    by_hand = [dz.Override(household=city.households[0].id, site=site, by="A" * 40, reason="near the clinic")] * 5
    unit = next(one for one in city.sites if one.id == site).units[0].id
    plan = plan_with(city, *([None] * len(city.households)))
    crowd = [dz.Placement(household=one.id, site=site, unit=unit) for one in city.households[:30]]
    plan = plan.model_copy(
        update={"placements": tuple(crowd), "unplaced": plan.unplaced[30:], "overrides": tuple(by_hand)}
    )
    policy = dz.Policy(rules=dz.Rules(max_site_persons=9, operator_capacity={"W" * 90: 9}), levels=POLICY.levels)
    file = dz.report.write(folder / "report.html", city, policy, result_of(city, plan, policy), request.param)
    with browser(folder / "profile") as page:
        page.open(file.as_uri())
        yield page


def show(page: Page, *, scheme: str = "light", media: str = "", width: int = 1000) -> None:
    page.call(
        "Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}]
    )
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)


@pytest.mark.parametrize(("scheme", "media"), [("light", ""), ("dark", ""), ("dark", "print")])
def test_every_text_stands_out_from_what_is_behind_it(page, scheme, media):
    show(page, scheme=scheme, media=media)
    contrasts = page.value(CONTRASTS)
    assert len(contrasts) > 200
    assert [(text, contrast) for text, contrast in contrasts if contrast < 4.5] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_bars_and_marks_stand_out(page, scheme):
    show(page, scheme=scheme)
    colours = page.value(
        "['--paper', '--accent', '--mark', '--few'].map(name => "
        "getComputedStyle(document.documentElement).getPropertyValue(name).trim())"
    )
    paper, *drawn = map(luminance, colours)
    for light in drawn:  # WCAG 2.2, 1.4.11
        low, high = sorted((paper, light))
        assert (high + 0.05) / (low + 0.05) >= 3


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(page):
    show(page, width=320)
    page.call("Page.bringToFront")
    page.value("document.activeElement.blur() || true")
    number = page.value(f"{FOCUSABLE}.length")
    assert number >= 5  # the skip link, the map, three tables
    stops = []
    for _ in range(number):
        for kind in ("rawKeyDown", "keyUp"):
            page.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        stops.append(page.value(FOCUSED))
    assert stops == [[i, True] for i in range(number)]


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_only_maps_and_tables_scroll_sideways(page, width):
    show(page, width=width)
    assert page.value("document.documentElement.scrollWidth - innerWidth") <= 0
    outside = page.value(
        "[...document.querySelectorAll('h1, h2, p, li, dt, dd, caption span, .sign div')]"
        ".filter(node => node.getBoundingClientRect().right > innerWidth).map(node => node.textContent)"
    )
    assert outside == []


def test_a_long_name_pushes_no_column_out_of_sight(tmp_path):
    whole = office()
    long = whole.districts[0].model_copy(update={"name": "Donaudampfschifffahrtsgesellschaftsverwaltungsviertel"})
    city = whole.replace(districts=[long, whole.districts[1]])
    result = result_of(city, plan_with(city, "s0", "s0", "s1"))
    file = dz.report.write(tmp_path / "report.html", city, POLICY, result, "de")
    with browser(tmp_path / "profile") as page:
        page.open(file.as_uri())
        show(page, width=1000)
        hidden = page.value(
            "(box => box.scrollWidth - box.clientWidth)(document.querySelector('table.names').parentElement)"
        )
    assert hidden == 0


def test_headings_fall_by_one_step_and_name_their_sections(page):
    levels = page.value("[...document.querySelectorAll('h1, h2, h3, h4')].map(node => Number(node.tagName[1]))")
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    assert page.value("[...document.querySelectorAll('section')].every(node => node.firstElementChild.tagName == 'H2')")
    assert page.value("document.documentElement.lang") in {"de", "en"}


def test_paper_is_a4_with_no_table_cut_and_no_page_but_for_what_it_says(page):
    show(page, media="print", width=A4_TEXT_WIDTH)
    assert page.value("document.documentElement.scrollWidth") <= A4_TEXT_WIDTH
    assert page.value("Math.max(...[...document.querySelectorAll('table')].map(node => node.offsetWidth))") <= 680
    show(page)
    printed = base64.b64decode(page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", printed)}
    assert [tuple(round(side) for side in box) for box in boxes] == [(0, 0, 595, 842)]
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 4  # overview, districts, proof, signature


def test_it_neither_asks_nor_complains(page):
    assert [address for address in page.requests if not re.match("file:|data:", address)] == []
    assert page.complaints == []
