"""Why a household is where it is, and why not elsewhere, in words that name nobody else."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

import dezentral as dz
from dezentral.reasons.obstacle_words import Reason
from dezentral.wording.catalogue import catalogue
from tests.assess.moved import newly_broken
from tests.checks.everything import CITY, PLAN, POLICY
from tests.checks.small import city, household, plan_for, site
from tests.reasons.places_by_hand import Problem, best_places
from tests.strategies import problems_with_plan

EVERYTHING = plan_for(CITY, **PLAN)
FIT = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Fit())])


def _lines(explanation: dz.Explanation, language: str = "en") -> list[str]:
    return explanation.text(language).splitlines()


def test_what_a_place_means_is_told_goal_by_goal() -> None:
    lines = _lines(dz.explain(CITY, POLICY, EVERYTHING, "mum"))
    assert lines[0] == "Household mum (3 persons) is placed at site side in district a: 1 unit of kind flat."
    assert lines[1:9] == [
        "What the place means:",
        "- It has a place.",
        "- Its members find the seats that they need (school), and nobody else loses one.",
        # a: 3 housed, 9 at home, 3 at side; half of 16 + 6 + 2 + … = 33 persons in all
        "- District a then has 15 persons; its target is 16.5.",
        "- The nearest school is 650 m away.",
        "- The district is number 2 of its wishes.",
        "- Beds that stay empty in its units: 1.",
        "- It costs 0.20 per person there.",
    ]
    assert "- site shut: the site is planned, but not opened; it lacks lift." in lines
    assert "- site far: the nearest school is 11.7 km away, 2,000 m at most are allowed; it lacks lift." in lines


def test_the_same_in_german() -> None:
    lines = _lines(dz.explain(CITY, POLICY, EVERYTHING, "mum"), "de")
    assert lines[0] == (
        "Haushalt mum (3 Personen) ist untergebracht: Standort side, Stadtbezirk a, 1 Einheit der Art flat."
    )
    assert "- Stadtbezirk a hat damit 15 Personen; der Zielwert ist 16,5." in lines
    zero = "der Stadtbezirk c hat keinen Zielanteil und nimmt niemanden neu auf; es fehlt: lift."
    assert f"- Standort zero: {zero}" in lines


def test_districts_are_told_by_name_and_words_of_the_data_in_german() -> None:
    """h needs a lift (nobody's word but its own) and step-free access, which t has not; the way to a school is told."""
    districts = [dz.District(id="01", name="Mitte", population=9), dz.District(id="02", name="Nord", population=9)]
    sites = [site("s", "01", x=0.0, y=0.0, features={"lift", "step_free"}), site("t", "02", x=0.0, y=0.0)]
    one = household("h", 5, needs={"school": 1}, requires={"lift", "step_free"}, excluded_districts={"02"})
    school = dz.Service(id="k", kind="school", x=100.0, y=0.0)
    town = city(sites, [one], districts=districts, services=[school])
    policy = dz.Policy(rules=dz.Rules(max_units_per_household=2), levels=[dz.Level(dz.Evenness(), dz.Proximity())])
    explanation = dz.explain(town, policy, plan_for(town, h=("s", "flat", 2)), "h")
    lines = _lines(explanation)
    assert lines[0] == "Household h (5 persons) is placed at site s in district Mitte (01): 2 units of kind flat."
    assert "- District Mitte (01) then has 5 persons; its target is 2.5." in lines
    assert lines[-1] == "- site t: district Nord (02) is excluded for this household; it lacks lift and step_free."
    lines = _lines(explanation, "de")
    assert "- Schule: 130 m bis zum nächsten Angebot." in lines
    assert lines[-1] == (
        "- Standort t: der Stadtbezirk Nord (02) ist für diesen Haushalt ausgeschlossen;"
        " es fehlt: lift und stufenloser Zugang."
    )


def test_a_handful_in_a_district_is_not_counted() -> None:
    """2 are housed there, h makes 4: how many others there are would point at them."""
    town = city([site("s")], [household("h", 2)], districts=[dz.District(id="a", population=9, housed=2)])
    explanation = dz.explain(town, dz.Policy.default(), plan_for(town, h="s"), "h")
    assert "- District a then has fewer than 5 persons; its target is 4.0." in _lines(explanation)
    assert "- Stadtbezirk a hat damit weniger als 5 Personen; der Zielwert ist 4,0." in _lines(explanation, "de")


def test_who_moves_shares_or_has_no_place_is_told_so() -> None:
    assert "- It moves there from site home." in _lines(dz.explain(CITY, POLICY, EVERYTHING, "mover"))
    assert "sharing units of kind room" in str(dz.explain(CITY, POLICY, EVERYTHING, "solo1"))
    assert str(dz.explain(CITY, POLICY, EVERYTHING, "man0")).startswith("Household man0 (1 person) has no place.\n")


def test_a_placement_by_hand_says_by_whom() -> None:
    made = dz.Override(household="mum", site="side", by="A. Planner", reason="asked for by h2")
    plan = dz.Plan(placements=EVERYTHING.placements, unplaced=EVERYTHING.unplaced, overrides=[made])
    text = str(dz.explain(CITY, POLICY, plan, "mum"))
    assert "- It was placed there by hand, by A. Planner." in text
    assert "h2" not in text  # a reason written by hand may name others


def test_the_best_other_place_is_told_first() -> None:
    """At t one bed stays empty, at s two: one better. A site without units takes nobody."""
    sites = [site("s"), site("t", units=[dz.Unit(id="flat", beds=3)]), site("u", units=[])]
    instance = city(sites, [household("h", 2)])
    explanation = dz.explain(instance, FIT, plan_for(instance, h="s"), "h")
    assert _lines(explanation)[-4:] == [
        "Best other place: site t, unit kind flat: Fitting units better by 1.",
        "Other sites, all others staying where they are:",
        "- site t, unit kind flat: possible; Fitting units better by 1.",
        "- site u: there are no units.",
    ]
    assert explanation.best is explanation.sites[0]
    assert explanation.frame["possible"].tolist() == [True, False]


def test_the_kind_of_unit_with_the_fewest_obstacles_speaks_for_its_site() -> None:
    """The flats are taken and lack the lift that h requires, the halls are only taken."""
    units = [dz.Unit(id="flat", beds=1), dz.Unit(id="hall", beds=1, features={"lift"})]
    instance = city([site(units=units)], [household("f"), household("g"), household("h", requires={"lift"})])
    explanation = dz.explain(instance, FIT, plan_for(instance, f=("s", "flat"), g=("s", "hall")), "h")
    assert explanation.sites[0].unit == "hall"
    assert [reason.text() for reason in explanation.sites[0].reasons] == ["no free unit for 1 person"]


def test_without_sites_and_without_a_place() -> None:
    instance = city([], [household("h")])
    assert str(dz.explain(instance, FIT, dz.Plan(unplaced=["h"]), "h")) == (
        "Household h (1 person) has no place.\n"
        "No other site listed here can take the household while all others stay where they are."
    )


def test_without_other_sites_the_frame_has_its_columns() -> None:
    instance = city([site()], [household("h")])
    frame = dz.explain(instance, FIT, plan_for(instance, h="s"), "h").frame
    assert frame.empty
    names = ["site", "unit", "units", "district", "possible", "rules", "reason", "change_1", "change_2"]
    assert list(frame.columns) == names


def _hidden(**where: str) -> tuple[dz.Instance, dz.Plan]:
    secret = {"name": "Rosenhof", "confidential": True, "x": 0.0, "y": 0.0}
    sites = [site("hidden", "b", **secret), site("s", x=0.0, y=0.0), site("t", "c", x=9.0, y=0.0)]
    people = [
        household("h", anchors=[dz.Anchor(x=12.0, y=0.0)], needs={"kita": 1}),
        household("g", 2, current_site="hidden"),
        household("f", fixed_site="hidden"),
    ]
    kita = dz.Service(id="k", kind="kita", x=77.0, y=0.0, capacity=1)
    apart = dz.Relation(kind="different_district", households=("h", "g"))
    instance = city(sites, people, services=[kita], relations=[apart])
    return instance, plan_for(instance, **where)


@pytest.mark.parametrize("key", ["h", "g", "f"])
@pytest.mark.parametrize(
    "where", [{"h": "hidden", "g": "s"}, {"g": "hidden", "h": "s", "f": "t"}, {"h": "t", "g": "s"}, {}]
)
def test_a_protected_address_is_told_to_nobody(key: str, where: dict[str, str]) -> None:
    instance, plan = _hidden(**where)
    explanation = dz.explain(instance, dz.Policy.default(), plan, key)
    told = explanation.text() + explanation.text("de") + explanation.frame.to_csv() + repr(explanation)
    assert "hidden" not in told
    assert "Rosenhof" not in told
    assert "district b" not in told
    assert "Stadtbezirk b" not in told


def test_of_who_is_at_a_protected_address_nothing_else_is_told() -> None:
    instance, plan = _hidden(h="hidden", g="s")
    explanation = dz.explain(instance, dz.Policy.default(), plan, "h")
    assert (explanation.site, explanation.unit, explanation.district, explanation.best) == (None, None, None, None)
    assert explanation.placed
    assert explanation.protected
    assert _lines(explanation) == [
        "Household h (1 person) is placed at a protected address.",
        "Other sites, all others staying where they are:",
        "- site s: the household must not live in the same district as others, who are there.",
        "- site t, unit kind flat: possible.",
    ]
    assert explanation.frame["change_6"].isna().all()  # from differences of metres the place could be worked out


def test_who_must_keep_away_from_a_protected_address_is_not_told_how_near_it_is() -> None:
    instance, plan = _hidden(g="hidden")
    beside = instance.replace(sites=[*instance.sites, site("near", "b", x=1.0, y=0.0)])
    text = str(dz.explain(beside, dz.Policy.default(), plan, "h"))
    assert "site near: the household must live together with others or apart from them" in text


def test_what_is_unknown_is_refused() -> None:
    instance, plan = _hidden()
    for key in ("nobody", None, 3, household("h")):
        with pytest.raises(dz.InstanceError, match=r"household: .*the id of a household of the instance"):
            dz.explain(instance, FIT, plan, key)
    with pytest.raises(dz.PlanError):
        dz.explain(instance, FIT, dz.Plan(), "h")
    with pytest.raises(dz.DezentralError, match="language"):
        dz.explain(instance, FIT, plan, "h").text("fr")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problem=problems_with_plan())
def test_every_site_is_explained_as_check_and_score_see_it(problem: Problem) -> None:
    instance, policy, plan = problem
    at = {row.household: row for row in plan.placements}
    public = {one.id for one in instance.sites if not one.confidential}
    for one in instance.households:
        explanation = dz.explain(instance, policy, plan, one.id)
        here = at[one.id].site if one.id in at else None
        assert [each.site for each in explanation.sites] == sorted(public - {here})
        best = {}
        for row in best_places(instance, policy, plan, one.id):
            best.setdefault(row[1], row)
        for each in explanation.sites:
            assert (not each.reasons) == (each.site in best)
            if each.changes is not None:
                assert each.changes == pytest.approx(best[each.site][0], rel=1e-9, abs=2e-6)
            elif each.reasons and each.unit is not None:
                placement = dz.Placement(household=one.id, site=each.site, unit=each.unit, units=each.units or 1)
                rules = {reason.rule for reason in each.reasons}
                assert rules == newly_broken(instance, policy, plan, placement)
        told = explanation.text() + explanation.text("de") + repr(explanation)
        named = {each.id for each in instance.households} | {each.id for each in instance.sites} - public
        assert not set(re.findall(r"\w+", told)) & (named - {one.id})


def test_every_cause_has_its_words() -> None:
    facts = {
        "admits": ("a", "b"), "date": CITY.date, "days": 3, "district": "a", "fixed": ("s", ""), "kind": "kita",
        "least": 30, "limit": 4, "metres": 100.0, "missing": ("lift",), "most": 50.0, "moves": 2, "persons": 4,
        "size": 2, "whose": "op",
    }  # fmt: skip
    causes = [key.removeprefix("block.") for key in catalogue() if key.startswith("block.")]
    for cause in causes:
        for language in ("en", "de"):
            assert "{" not in Reason("open", cause, facts).text(language)
    assert Reason("admits", "admits.some", facts).text() == "only for households with the trait a or b"
    assert Reason("open", "open.over", facts).text("de") == "der Standort ist ab 01.03.2026 geschlossen"
