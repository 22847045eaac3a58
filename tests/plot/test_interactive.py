"""The interactive map: what it loads, what it says, what cannot break out of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from tests.plot.towns import BEDS, shelter_town, town
from tests.report.browser import CHROMIUM, browser

pytest.importorskip("folium", reason="the interactive map needs folium")

EVIL = "`+(document.title='broken out')+`${document.title='broken out'}\\</script><img src=x onerror=alert(1)>\"'"


def page_of(instance: dz.Instance, plan: dz.Plan | None = None, **options: str) -> str:
    return dz.plot.explore(instance, plan or dz.Plan(), **options).get_root().render()


def named(name: str) -> dz.Instance:
    """Return a town whose district and site are called so."""
    whole = town(9)
    site = dz.Site(id="s", district="d0", name=name, kind=name, units=[BEDS], x=400.0, y=400.0)
    return whole.replace(districts=[whole.districts[0].model_copy(update={"name": name})], sites=[site])


def test_it_loads_what_draws_the_map_and_nothing_else():
    addresses = set(re.findall(r"https?://([^\"' )]+)", page_of(town(9, 30))))
    assert {address.split("/")[0] for address in addresses} == {"cdn.jsdelivr.net"}
    assert {re.sub(r".*/", "", address) for address in addresses} == {"leaflet.js", "leaflet.css"}


def test_the_legend_tells_classes_small_numbers_and_sites_in_both_languages():
    instance, plan = shelter_town()
    english, german = (page_of(instance, plan, language=language) for language in ("en", "de"))
    # 40 persons on 1,000 inhabitants are in the highest class, 11 in the second of five.
    for said in ("0 to 8", "32 to 40", "site, open", "site, not open"):
        assert f"{said}</li>" in english
    for said in ("32 bis 40", "Standort, offen", "Standort, nicht offen"):
        assert f"{said}</li>" in german
    assert "weniger als 5 Personen" not in german
    assert "weniger als 5 Personen</li>" in page_of(town(9, 3), language="de")


def test_squares_are_explained_and_have_no_scale():
    mapped, squares = page_of(town(9, 30), language="de"), page_of(town(9, 30, borders=False), language="de")
    assert "Quadrate stehen für Stadtbezirke ohne Grenzen" in squares
    assert "Quadrate" not in mapped
    assert "L.control.scale" in mapped
    assert "L.control.scale" not in squares


@settings(max_examples=10)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4)), min_size=1, max_size=4))
def test_maps_that_differ_in_small_numbers_alone_are_the_same(pairs):
    pages = {
        re.sub(r"[0-9a-f]{32}", "", page_of(town(*loads)))
        for loads in (
            [load for load, _ in pairs],
            [small if load < 5 else load for load, small in pairs],
        )
    }
    assert len(pages) == 1


def test_names_stand_in_the_script_as_text_alone():
    page = page_of(named(EVIL))
    assert "broken out')+`" not in page
    assert "${document" not in page
    assert page.count("</script>") == page.count("<script")
    assert "<img" not in page


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (chromium, chromium-browser or google-chrome)")
def test_a_browser_without_network_says_what_is_missing_and_names_stay_text(tmp_path):
    file = tmp_path / "map.html"
    dz.plot.explore(named(EVIL), dz.Plan(), language="de").save(file)
    with browser(tmp_path / "profile") as page:
        page.call("Network.setBlockedURLs", urls=["*://*"])
        page.open(file.as_uri())
        shown = page.value("document.body.innerText")
        language, title = page.value("[document.documentElement.lang, document.title]")
        viewport = page.value("document.querySelector('meta[name=viewport]').content")
    assert "Diese Karte braucht Leaflet von cdn.jsdelivr.net" in shown
    assert viewport == "width=device-width, initial-scale=1"  # nothing keeps a reader from enlarging it
    assert (language, title) == ("de", "Untergebrachte je 1.000 Einwohner")
    # The one complaint of the page itself is that Leaflet is missing; a broken script would complain of its syntax.
    assert not [text for text in page.complaints if "SyntaxError" in text]
