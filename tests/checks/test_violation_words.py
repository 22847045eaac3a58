"""What check says, in English and in German."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings

import dezentral as dz
from dezentral.checks import RULE_NAMES, check
from tests.strategies import problems_with_plan

from .everything import CITY, CORRUPTIONS, PLAN, POLICY
from .small import FLAT, city, household, plan_for, site

TODAY = dt.date(2026, 3, 1)
ENGLISH = re.compile(
    r"\b(the|is|are|has|have|must|be|but|of|at|which|would|nobody|placed|more|and|or|not|only|away|needs|takes|kind"
    r"|site|sites|unit|units|place|places|seat|seats|person|persons|household|households|day|days|limit|services"
    r"|Site|Household|District|Operator|Newly|Moved)\b",
)


def both(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan) -> list[tuple[dz.Violation, dz.Violation]]:
    """Return the violations in English and German, side by side."""
    return list(zip(check(instance, policy, plan), check(instance, policy, plan, language="de"), strict=True))


def figures(message: str) -> list[str]:
    """Return the numbers and days of a message, written alike whatever its language, sorted."""
    message = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3.\2.\1", message)
    message = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", message)
    return sorted(re.findall(r"\d+(?:\.\d+)*", message))


def assert_same(english: dz.Violation, german: dz.Violation) -> None:
    for name in ("rule", "households", "sites", "districts"):
        assert getattr(english, name) == getattr(german, name)
    assert figures(english.message) == figures(german.message)
    assert english.message != german.message
    assert not ENGLISH.search(german.message)
    for message in (english.message, german.message):
        assert not re.search(r"[{}]", message)
        assert message.endswith(".")
        assert message[0].isupper() or message[0].isdigit()  # "2 households must …"


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_every_rule_is_told_in_both_languages(rule):
    places = {key: place for key, place in (PLAN | CORRUPTIONS[rule]).items() if place is not None}
    ((english, german),) = both(CITY, POLICY, plan_for(CITY, **places))
    assert_same(english, german)


@settings(max_examples=150)
@given(problems_with_plan())
def test_both_languages_say_the_same_in_the_same_order(problem):
    for english, german in both(*problem):
        assert_same(english, german)


@pytest.mark.parametrize(
    ("own", "german"),
    [
        ({"opening_cost": 5.0}, "der geplant, aber nicht eröffnet ist."),
        ({"open_from": dt.date(2026, 4, 2)}, "der erst am 02.04.2026 öffnet (Planungstag: 01.03.2026)."),
        ({"open_until": TODAY}, "der ab 01.03.2026 geschlossen ist (Planungstag: 01.03.2026)."),
    ],
)
def test_why_a_site_is_closed(own, german):
    instance = city([site(**own)], [household("h")], date=TODAY)
    ((_, told),) = both(instance, dz.Policy(), plan_for(instance, h="s"))
    assert told.message == f"Haushalt h (1 Person) ist am Standort s untergebracht, {german}"


def test_a_way_to_a_service_is_told_in_metres():
    school = dz.Service(id="k", kind="school", x=0.0, y=0.0, reach=3000.0)
    people = [household("g", needs={"school": 1}), household("h", needs={"school": 1})]
    instance = city([site("s", x=2000.0, y=0.0), site("t", x=9000.0, y=0.0)], people, services=[school])
    policy = dz.Policy(rules=dz.Rules(max_distance={"school": 1500.0}))
    (far, none) = both(instance, policy, plan_for(instance, g="s", h="t"))
    assert far[0].message == (
        "Household g (1 person) needs school within 1500 m of site s; the nearest is 2600 m away."
    )
    assert far[1].message == (
        "Haushalt g (1 Person) braucht ein Angebot der Art Schule im Umkreis von 1.500 m um den Standort s;"
        " das nächste ist 2.600 m entfernt."
    )
    assert none[0].message == "Household h (1 person) needs school within 1500 m of site t; none is in reach."
    assert none[1].message.endswith("um den Standort t; keines ist erreichbar.")


def test_thousands_are_apart_in_german():
    # 1,200 live there today, 1,000 are allowed, 3 come
    instance = city([site(units=[FLAT], housed=1200, max_persons=1000)], [household("h", 3)])
    ((english, german),) = both(instance, dz.Policy(), plan_for(instance, h="s"))
    assert english.message == (
        "Site s already has 1200 persons, over the limit of 1000, so nobody new may enter; the plan adds 3."
    )
    assert german.message == (
        "Standort s hat schon 1.200 Personen und liegt damit über der Obergrenze von 1.000: Niemand darf neu"
        " hinzukommen; Zugang laut Plan: 3."
    )


def test_one_place_is_no_places():
    instance = city([site(units=[dz.Unit(id="flat", beds=1)])], [household("g"), household("h")])
    policy = dz.Policy(rules=dz.Rules(max_single_share=1.0))
    (_, (english, german)) = both(instance, policy, plan_for(instance, g="s", h="s"))
    assert english.message == "Site s with 1 place would have 2 persons living alone; the limit is 1."
    assert german.message == "Standort s (1 Platz) hätte 2 alleinstehende Personen; die Obergrenze liegt bei 1."


@pytest.mark.parametrize(
    ("kind", "places"), [("same_site", "site s and site t"), ("same_district", "district a and district b")]
)
def test_those_who_belong_together_are_told_where_they_are_apart(kind, places):
    instance = city(
        [site("s"), site("t", "b")], [household("g"), household("h")],
        relations=[dz.Relation(kind=kind, households=["g", "h"])],
    )  # fmt: skip
    ((english, _),) = both(instance, dz.Policy(), plan_for(instance, g="s", h="t"))
    assert english.message.endswith(f" {places}.")


def test_a_shared_unit_too_small_for_anyone_is_too_small_for_one():
    room = dz.Unit(id="flat", beds=2, sharing="same_sex", area_m2=5.0)
    instance = city([site(units=[room])], [household("h")])
    policy = dz.Policy(rules=dz.Rules(min_area_per_person_m2=7.0))
    (english, german), *_ = both(instance, policy, plan_for(instance, h="s"))
    assert english.message.endswith("its floor area is too small for 1 person.")
    assert german.message.endswith("Die Fläche ist zu klein für 1 Person.")


def test_whoever_breaks_one_rule_twice_is_told_in_the_same_order():
    # excluded: the site and its district; told of both, the district first
    barred = household("h", excluded_sites={"s"}, excluded_districts={"a"})
    instance = city([site("s")], [barred])
    told = both(instance, dz.Policy(), plan_for(instance, h="s"))
    assert ["district a" in english.message for english, _ in told] == [True, False]
    assert ["Stadtbezirk a" in german.message for _, german in told] == [True, False]


@pytest.mark.parametrize("language", ["fr", "", None, 1, ["de"]])
def test_another_language_is_refused(language):
    with pytest.raises(dz.PolicyError, match="'en' or 'de'"):
        check(CITY, POLICY, plan_for(CITY, **PLAN), language=language)
