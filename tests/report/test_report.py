"""The report as a council reads it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from shapely.geometry import MultiPolygon, Polygon, box

import dezentral as dz
from dezentral.report.page import page
from tests.report.offices import POLICY, Reader, office, plan_with, report_of, result_of


def test_it_tells_districts_proof_rules_and_where_to_sign():
    instance = office(name="Two towns")
    policy = dz.Policy(rules=dz.Rules(max_site_persons=250, max_distance={"kita": 1200.0}), levels=POLICY.levels)
    read = Reader(page(instance, policy, dz.solve(instance, policy), "en"))
    # 74 persons on two equal districts; 20 + 17 and 30 + 7, or the other way round: 37 each is best.
    assert read.row("Town 0")[2:7] == ["1,000", "37", "37.0", "0.0", "37.0"]
    for said in (
        "Placement plan: Two towns",
        "A plan is a proposal: people decide.",
        "proven best",
        "Every household has a place.",
        "At most 250 persons at a site",
        "At most 1,200 m to the nearest: kita",
        "Nothing was decided by hand.",
        "Signature",
        f"dezentral {dz.__version__}",
    ):
        assert said in read.text
    assert read.row("4")[1:5] == ["Evenness (chi-square)persons, chi-square distance from the targets", "0", "0", "0 %"]


def test_in_german_numbers_and_dates_are_german():
    instance = office(housed=(1020, 30), date=dt.date(2026, 11, 1))
    read = Reader(report_of(instance, plan_with(instance, "s0", "s0", "s1"), "de"))
    assert "Ein Plan ist ein Vorschlag: Menschen entscheiden." in read.text
    assert "Planungstag: 01.11.2026" in read.text
    # 1020 + 17 persons of 1,074
    assert read.row("Town 0")[2:7] == ["1.000", "1.037", "537,0", "+500,0", "1.037,0"]


def test_without_a_plan_it_says_so():
    instance = office(households=[dz.Household(id="h", size=3, fixed_site="s0", excluded_sites={"s0"})])
    result = dz.solve(instance)
    assert result.status is dz.Status.INFEASIBLE
    read = Reader(page(instance, POLICY, result, "en"))
    assert "There is no plan" in read.text
    assert "It is proven that no plan respects the fixed sites" in read.text
    assert "Signature" not in read.text
    unknown = result.model_copy(update={"status": dz.Status.UNKNOWN})
    assert "That does not mean that there is none." in Reader(page(instance, POLICY, unknown, "en")).text


def test_people_without_a_place_are_counted_by_reason():
    small = dz.Unit(id="beds", beds=2, count=1)
    sites = [dz.Site(id="s0", district="d0", units=[small]), dz.Site(id="s1", district="d1", units=[small])]
    households = [dz.Household(id=f"secret-{i}", size=6) for i in range(2)]
    households += [dz.Household(id=f"secret-{i + 2}", size=1, requires={"lift"}) for i in range(7)]
    instance = office(sites=sites, households=households)
    read = Reader(report_of(instance, plan_with(instance, *[None] * 9)))
    assert "19 persons have no place." in read.text
    assert read.row("No free unit that fits")[1] == "12"
    assert read.row("Required features are missing")[1] == "7"


def test_a_free_place_is_told_as_one():
    instance = office()
    assert Reader(report_of(instance, plan_with(instance, "s0", "s1", None))).row("A place is free")[1] == "7"


def test_broken_rules_are_named_without_who_breaks_them():
    instance = office()
    policy = dz.Policy(rules=dz.Rules(max_site_persons=10), levels=POLICY.levels)
    html = report_of(instance, plan_with(instance, "s0", "s0", "s0"), policy=policy)
    assert "Rules that this plan breaks" in html
    assert "persons per site" in Reader(html).text
    assert "secret" not in html
    assert "Rules that this plan breaks" not in report_of(instance, plan_with(instance, "s0", "s0", "s0"))


def test_decisions_by_hand_are_counts_by_actor_and_reason():
    instance = office()
    by_hand = [dz.Override(household="secret-0", site="s0", by="A. Planner", reason="clinic near")] * 6
    by_hand += [dz.Override(household="secret-1", site="s1", by="B. Council", reason="wish of secret-1")]
    html = report_of(instance, plan_with(instance, "s0", "s1", "s1", overrides=by_hand))
    read = Reader(html)
    assert read.row("A. Planner") == ["A. Planner", "clinic near", "6"]
    assert read.row("B. Council") == ["B. Council", "wish of [withheld]", "<5"]
    assert "secret" not in html
    assert "The plan was changed after the proof" in read.text


def test_a_plan_changed_after_the_proof_shows_its_own_values():
    instance = office()
    result = result_of(instance, plan_with(instance, "s0", "s0", "s1"))
    changed = result.model_copy(update={"plan": plan_with(instance, "s0", None, None)})
    read = Reader(page(instance, POLICY, changed, "en"))
    assert "changed after the proof" in read.text
    assert "gives this plan again" in Reader(page(instance, POLICY, result, "en")).text
    assert "gives this plan again" not in read.text  # no solver gave it
    assert read.row("2")[2] == "nobody"
    assert read.row("2")[6] == "15"


def test_the_plans_own_values_have_a_column_only_where_they_read_otherwise():
    instance = office()
    result = result_of(instance, plan_with(instance, "s0", "s0", "s1"))
    evenness = result.levels[3]
    worse = evenness.model_copy(update={"value": evenness.value - 1.0})
    slack = result.model_copy(update={"levels": (*result.levels[:3], worse, *result.levels[4:])})
    assert "In this plan" in page(instance, POLICY, slack, "en")
    assert "In this plan" not in page(instance, POLICY, result, "en")
    # Where few live in some district, neither of the two values is told.
    few = office(housed=(20, 30, 2))
    result = result_of(few, plan_with(few, "s0", "s0", "s1"))
    worse = result.levels[3].model_copy(update={"value": result.levels[3].value - 1.0})
    slack = result.model_copy(update={"levels": (*result.levels[:3], worse, *result.levels[4:])})
    assert "In this plan" not in page(few, POLICY, slack, "en")


def test_what_does_not_belong_together_is_refused():
    instance = office()
    result = result_of(instance, plan_with(instance, "s0", "s0", "s1"))
    with pytest.raises(dz.PlanError, match="secret-0"):
        page(office(sizes=()), POLICY, result, "en")
    with pytest.raises(dz.PolicyError, match="levels"):
        page(instance, dz.Policy(levels=[dz.Level(dz.Placed())]), result, "en")
    with pytest.raises(dz.PolicyError, match="'Plan'; allowed: a Result"):
        page(instance, POLICY, result.plan, "en")
    with pytest.raises(dz.PolicyError, match="'fr'"):
        page(instance, POLICY, result, "fr")


def test_names_cannot_break_out_of_the_page():
    evil = '<script>alert(1)</script>"\'><img src=x>{{ 7*7 }}'
    districts = [dz.District(id=evil, name=evil, population=1000, housed=50)]
    by_hand = [dz.Override(household="h", site="s", by=evil, reason=evil)]
    site = dz.Site(id="s", district=evil, units=[dz.Unit(id="beds", beds=100, sharing="dormitory")])
    instance = dz.Instance(districts=districts, sites=[site], households=[dz.Household(id="h", size=9)], name=evil)
    policy = dz.Policy(rules=dz.Rules(operator_capacity={evil: 99}, max_distance={evil: 5.0}))
    html = report_of(instance, plan_with(instance, "s", overrides=by_hand), policy=policy)
    tags = {tag for tag, _ in Reader(html).tags}
    assert tags.isdisjoint({"script", "img"})
    assert "&lt;script&gt;" in html
    assert "49" not in re.sub(r"[0-9a-f]{64}", "", html)


@pytest.mark.parametrize("language", ["en", "de"])
def test_headings_language_tables_and_pictures_are_told_to_every_reader(language):
    instance = office()
    read = Reader(report_of(instance, plan_with(instance, "s0", None, "s1"), language))
    assert dict(read.tags)["html"] == {"lang": language}
    assert read.headings[0] == 1
    assert read.headings.count(1) == 1
    assert all(scope in {"row", "col"} for scope in (attrs.get("scope") for tag, attrs in read.tags if tag == "th"))
    for tag, attrs in read.tags:
        if tag == "svg":
            named = {"aria-label", "aria-labelledby"} & attrs.keys()
            assert "aria-hidden" in attrs or (attrs["role"] == "img" and named)
    assert read.tags[[tag for tag, _ in read.tags].index("body") + 1] == ("a", {"class": "skip", "href": "#content"})


def test_it_asks_for_nothing_from_elsewhere():
    instance = office()
    html = report_of(instance, plan_with(instance, "s0", None, "s1"))
    assert "http" not in html
    assert {attrs["href"] for _, attrs in Reader(html).tags if "href" in attrs} == {"#content", "data:,"}
    assert not [attrs for _, attrs in Reader(html).tags if "src" in attrs]


def test_an_empty_instance_has_a_report():
    empty = dz.Instance(districts=(), sites=())
    assert "Every household has a place." in report_of(empty, dz.Plan())


def test_districts_without_inhabitants_or_borders_have_their_row():
    districts = [dz.District(id="a", population=0, housed=9), dz.District(id="b", population=900, housed=9)]
    html = report_of(dz.Instance(districts=districts, sites=()), dz.Plan())
    assert Reader(html).row("a")[2:7] == ["0", "9", "0.0", "+9.0", "–"]
    assert "squares stand for districts" in html
    assert "nan" not in html


def test_an_id_may_be_blank():
    html = report_of(dz.Instance(districts=[dz.District(id=" ", population=900, housed=9)], sites=()), dz.Plan())
    assert '<text class="value"' in html


def test_borders_may_be_odd():
    ringed = Polygon([(2000, 0, 5), (2900, 0, 5), (2900, 900, 5)], [[(2600, 50), (2850, 50), (2850, 300)]])
    parted = MultiPolygon([box(0, 2000, 10, 2010), box(500, 2000, 900, 2400)])
    shapes = (ringed, parted, None)
    districts = [dz.District(id=f"d{i}", population=900, housed=9, geometry=shape) for i, shape in enumerate(shapes)]
    html = report_of(dz.Instance(districts=districts, sites=()), dz.Plan())
    assert html.count("d0: 10.0 per 1,000 inhabitants") == 1
    assert html.count("<path d=") == 3
    assert "nan" not in html


def test_many_districts_have_their_row_and_their_area_but_no_names_over_each_other():
    districts = [dz.District(id=f"d{i:03}", population=900, housed=i) for i in range(200)]
    read = Reader(report_of(dz.Instance(districts=districts, sites=()), dz.Plan()))
    assert read.row("d150")[3] == "150"
    assert sum(tag == "path" for tag, _ in read.tags) == 200
    assert not [tag for tag, _ in read.tags if tag == "text"]


def test_long_names_stand_on_two_lines_of_the_map_inside_their_district():
    instance = office(housed=(20, 30, 40, 50))
    name = "Verwaltungsgemeinschaft Oberschwarzwald-Nord"
    longer = [one.model_copy(update={"name": f"{name} {one.id}"}) for one in instance.districts]
    html = report_of(instance.replace(districts=longer), plan_with(instance, "s0", "s1", "s2"))
    lines = re.findall(r'<text x="([\d.]+)" y="([\d.]+)">([^<]+)</text>', html)
    # Four districts on 704 pixels: 176 each, 26 letters of 6.6 pixels.
    assert [text for _, _, text in lines[:2]] == ["Verwaltungsgemeinschaft", "Oberschwarzwald-Nord d0"]
    (x, upper, _), (below, lower, _) = lines[:2]
    assert (x, float(lower) - float(upper)) == (below, 12.0)


def test_squares_alone_have_letters_of_the_usual_size():
    whole = office()
    bare = whole.replace(districts=[one.model_copy(update={"geometry": None}) for one in whole.districts])
    html = report_of(bare, plan_with(bare, "s0", "s0", "s1"))
    assert '<svg viewBox="0 0 720.0 ' in html  # as wide as any map, so that nothing is enlarged more
