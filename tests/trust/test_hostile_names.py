"""Names that are programs: in the report, the map and the pictures they are letters, in a real browser, too."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from shapely.geometry import box

import dezentral as dz
from tests.report.browser import CHROMIUM, browser

EVIL = (
    "<script>window.ran=1</script>",
    "\"><img src=x onerror='window.ran=2'>",
    "'-window.ran=3-'",
    "</script><script>window.ran=4</script>",
    "${window.ran=5}{{7*7}}{% raw %}`",
    "<!--<svg onload=window.ran=6>]]>",
    "javascript:window.ran=7//\\u003cscript\\u003e\u2028\u202e",
)
POLICY = dz.Policy.default()


def town():
    """Return a city in which every name, kind, id and reason is a program."""
    districts = [
        dz.District(id=f"{name} {i}", name=f"{name} {i}", population=1000, housed=40, geometry=box(i, 0, i + 1, 1))
        for i, name in enumerate(EVIL)
    ]
    sites = [
        dz.Site(
            id=f"site {name}", name=f"home {name}", kind=f"kind {name}", operator=f"op {name}", district=f"{name} {i}",
            x=i + 0.5, y=0.5, features={f"feature {name}"},
            units=[dz.Unit(id=f"unit {name}", beds=20, sharing="dormitory")],
        )
        for i, name in enumerate(EVIL)
    ]  # fmt: skip
    people = [dz.Household(id=f"person {n} {EVIL[n % 7]}", size=6, needs={f"need {EVIL[n % 7]}": 1}) for n in range(14)]
    services = [dz.Service(id=f"k {name}", name=name, kind=f"need {name}", x=0.5, y=0.5) for name in EVIL]
    return dz.Instance(districts=districts, sites=sites, households=people, services=services, name=EVIL[0])


@pytest.fixture(scope="module")
def solved():
    city = town()
    result = dz.solve(city, POLICY)
    someone, home = result.plan.placements[0].household, result.plan.placements[0].site
    plan = dz.override(city, POLICY, result.plan, someone, home, by=EVIL[1], reason=EVIL[3])
    return city, result.model_copy(update={"plan": plan})


class Tags(HTMLParser):
    """What a page consists of, as browsers read it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_report_has_no_tag_but_its_own(solved, language, tmp_path):
    city, result = solved
    tags = Tags(dz.report.write(tmp_path / "r.html", city, POLICY, result, language).read_text(encoding="utf-8"))
    assert {"script", "img", "iframe", "object"}.isdisjoint(tags.names)
    assert tags.handlers == []


def test_a_picture_has_no_tag_but_its_own(solved):
    city, result = solved
    for draw in (dz.plot.map, dz.plot.rates, dz.plot.occupancy):
        file = io.StringIO()
        draw(city, result.plan).figure.savefig(file, format="svg")
        assert {"script", "img"}.isdisjoint(Tags(re.sub("<!--.*?-->", "", file.getvalue(), flags=re.DOTALL)).names)


def test_a_name_is_no_template(tmp_path, monkeypatch):
    # What draws the map fills in templates; one in a name could run anything.
    monkeypatch.chdir(tmp_path)
    evil = "{{ cycler.__init__.__globals__.os.mkdir('made') }}{% if 1 %}{{ 7*191 }}{% endif %}"
    city = town()
    changed = city.replace(
        districts=[one.model_copy(update={"name": evil}) for one in city.districts],
        sites=[one.model_copy(update={"name": evil, "kind": evil}) for one in city.sites],
    )
    plan = dz.Plan(unplaced=[one.id for one in city.households])
    page = dz.plot.explore(changed, plan).get_root().render()
    report = dz.report.write(tmp_path / "r.html", changed, POLICY, dz.solve(changed, POLICY)).read_text("utf-8")
    assert not (tmp_path / "made").exists()
    assert "1337" not in re.sub("[0-9a-f]{64}", "", page + report)
    assert "mkdir" in page


@pytest.mark.parametrize("tiles", [*EVIL, "", " ", "{{7*191}}", "OpenStreetMap'", "<b>OpenStreetMap</b>", "file:///etc/"])
def test_a_background_map_is_one_that_is_known(tiles):
    with pytest.raises(dz.PolicyError, match="tiles"):
        dz.plot.explore(town(), dz.Plan(unplaced=[f"person {n} {EVIL[n % 7]}" for n in range(14)]), tiles=tiles)


def test_a_background_map_adds_its_own_address_and_nothing_that_was_asked_for(solved):
    city, result = solved
    # The name is looked up without its dashes; what is written is the address that belongs to it.
    asked = "open-street_map//,mapnik"
    pages = [dz.plot.explore(city, result.plan, tiles=tiles).get_root().render() for tiles in (None, asked)]
    plain, mapped = ({url.split("/")[2] for url in re.findall(r"https?://[^\"' )]+", p)} for p in pages)
    assert mapped - plain == {"tile.openstreetmap.org", "www.openstreetmap.org"}
    assert asked not in pages[1]


@pytest.mark.skipif(CHROMIUM is None, reason="no browser here")
def test_a_browser_runs_none_of_them(solved, tmp_path):
    city, result = solved
    pages = [tmp_path / "map.html", tmp_path / "report.html"]
    dz.plot.explore(city, result.plan).save(pages[0])
    dz.report.write(pages[1], city, POLICY, result)
    with browser(tmp_path / "profile") as page:
        for path in pages:
            page.open(path.as_uri())
            assert page.value("String(window.ran)") == "undefined"
            # What a click or a look at a mark would show is in the page already, or made by its own script.
            page.value("for (const one of document.querySelectorAll('path, circle')) {"
                       "for (const kind of ['mouseover', 'click']) "
                       "one.dispatchEvent(new MouseEvent(kind, {bubbles: true}))}; 0")
            assert page.value("String(window.ran)") == "undefined"
            assert "window.ran=1" in page.value("document.documentElement.outerHTML")
