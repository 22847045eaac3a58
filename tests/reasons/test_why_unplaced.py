"""Why households are without a place, and the smallest change that helps: each applied, none cheaper."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import dezentral as dz
from tests.checks.small import city, household, plan_for, site
from tests.reasons.places_by_hand import Problem, can_be_placed, cheapest, more_units, raised
from tests.strategies import problems_with_plan

COLUMNS = ["household", "reason", "repair", "repair_kind", "repair_target", "repair_amount", "cost"]
FEW = dz.Unit(id="flat", beds=4, count=1)


def _row(instance: dz.Instance, rules: dict[str, object] | None = None, **where: object) -> pd.Series:
    """Return the row of household h."""
    frame = dz.why_unplaced(instance, dz.Policy(rules=dz.Rules(**(rules or {}))), plan_for(instance, **where))
    return frame.set_index("household").loc["h"]


def _repair(row: pd.Series) -> tuple[object, ...]:
    return row.repair_kind, row.repair_target, row.repair_amount, row.cost


def test_a_unit_more_is_the_cheapest_where_units_are_taken() -> None:
    """g has the flat for four; h needs one more: 4 beds. Without an area and a cap nothing else is in the way."""
    row = _row(city([site(units=[FEW])], [household("g"), household("h", 3)]), g="s")
    assert _repair(row) == ("units", "s/flat", 1, 4)
    assert row.reason == "Nowhere to go: no free unit that fits 3 persons (at 1 site)."
    assert row.repair == "Add 1 unit of kind flat at site s; it can then go to site s, unit kind flat."


def test_places_of_a_dormitory_come_by_the_unit() -> None:
    """3 of 4 places are taken; 6 more need 9 in all: 3 units of 4 hold 12, so 2 more, 8 beds."""
    unit = dz.Unit(id="hall", beds=4, count=1, sharing="dormitory")
    row = _row(city([site(units=[unit])], [household("g", 3), household("h", 6)]), g=("s", "hall"))
    assert _repair(row) == ("units", "s/hall", 2, 8)


@pytest.mark.parametrize(
    ("limit", "target"),
    [("site", "site_cap/s"), ("all", "site_cap"), ("district", "district_cap/a"), ("operator", "operator_cap/op")],
)
def test_a_limit_is_raised_by_the_persons_it_lacks(limit: str, target: str) -> None:
    """2 of 4 persons are there, 3 come: one more is needed."""
    where = site(operator="op", max_persons=4 if limit == "site" else None)
    districts = [dz.District(id="a", population=9, max_persons=4 if limit == "district" else None)]
    rules = {"all": {"max_site_persons": 4}, "operator": {"operator_capacity": {"op": 4}}}.get(limit)
    row = _row(city([where], [household("g", 2), household("h", 3)], districts=districts), rules, g="s")
    assert _repair(row) == ("cap", target, 1, 1)
    assert "by 1 person" in row.repair


def test_the_same_in_german_with_the_name_of_the_district() -> None:
    """2 of 4 persons are in the district, 3 come; the only flat of the site holds four and is taken by nobody."""
    districts = [dz.District(id="01", name="Mitte", population=9, max_persons=4)]
    town = city([site("s", "01"), site("t", "01")], [household("g", 2), household("h", 3)], districts=districts)
    frame = dz.why_unplaced(town, dz.Policy(), plan_for(town, g="s"), language="de")
    reason, repair = frame.loc[0, ["reason", "repair"]]
    assert reason == "Kein Platz: die Obergrenze der Personen im Stadtbezirk (betrifft 2 Standorte)."
    assert repair == (
        "Die Obergrenze des Stadtbezirks Mitte (01) um 1 Person anheben; dann kann der Haushalt einziehen:"
        " Standort s, Einheit flat."
    )


def test_a_limit_that_today_is_exceeded_is_raised_to_today() -> None:
    """6 live there, the limit is 4; 2 of them stay. The limit must be 6 before anybody new enters: 2 more."""
    people = [household("a1", 4, current_site="s"), household("a2", 2, current_site="s"), household("h")]
    row = _row(city([site(max_persons=4)], people), a2="s")
    assert _repair(row) == ("cap", "site_cap/s", 2, 2)


def test_two_limits_of_one_site_need_an_exception() -> None:
    """Raising one of the two leaves the other: only an exception from the rule is a single change."""
    row = _row(city([site(max_persons=2)], [household("h", 3)]), {"max_site_persons": 2})
    assert row.repair_kind == "waiver"
    assert row.repair_target == "site_cap"
    assert row.repair == (
        "Make an exception for it from the rule “persons per site”; it can then go to site s, unit kind flat."
    )
    assert math.isnan(row.cost)


def test_exceptions_come_last() -> None:
    """Site s lacks a lift; at site t, with one, a unit more (4 beds) is dearer in beds, but no exception."""
    sites = [site("s"), site("t", units=[FEW], features={"lift"})]
    row = _row(city(sites, [household("g"), household("h", 3, requires={"lift"})]), g="t")
    assert _repair(row) == ("units", "t/flat", 1, 4)
    row = _row(city(sites[:1], [household("h", 3, requires={"lift"})]))
    assert _repair(row)[:2] == ("waiver", "requires")


def test_more_units_raise_the_number_of_persons_living_alone() -> None:
    """Half of 2 places: one person alone. For two, 3 places will do (⌈1.5⌉): one bed more, in either kind."""
    units = [dz.Unit(id="big", beds=4, count=0), dz.Unit(id="one", beds=1, count=2)]
    row = _row(city([site(units=units)], [household("g"), household("h")]), {"max_single_share": 0.5}, g=("s", "one"))
    assert _repair(row) == ("units", "s/one", 1, 1)


def test_too_small_units_are_no_matter_of_their_number() -> None:
    """Five persons in flats for four: with two units each it fits, which is the policy's to allow."""
    row = _row(city([site()], [household("h", 5)]))
    assert _repair(row)[:2] == ("waiver", "units")
    assert row.reason == "Nowhere to go: no free unit that fits 5 persons (at 1 site)."
    nowhere = _row(city([site(units=[FEW])], [household("h", 5)]))
    assert nowhere.repair == "No single change would help."
    assert nowhere.repair_kind is None
    assert nowhere.repair_target is None
    assert math.isnan(nowhere.repair_amount)
    assert math.isnan(nowhere.cost)


def test_who_could_be_placed_is_told_where() -> None:
    row = _row(city([site()], [household("h")]))
    assert _repair(row) == (None, "s/flat", 0, 0)
    assert row.repair == "Place it at site s, unit kind flat; nothing has to change."


@pytest.mark.parametrize("plan", [{"g": "hidden"}, {}])
def test_a_protected_address_is_never_told(plan: dict[str, str]) -> None:
    instance = city([site("hidden", "b", [FEW], name="Rosenhof", confidential=True)], [household("g"), household("h")])
    for language in ("en", "de"):
        frame = dz.why_unplaced(instance, dz.Policy.default(), plan_for(instance, **plan), language=language)
        text = frame.to_csv()
        assert not any(word in text for word in ("hidden", "Rosenhof", "flat", "district b", "Stadtbezirk b"))
    if plan:
        assert _row(instance, g="hidden").reason == "There is no site that may be named here and has units."
        assert _repair(_row(instance, g="hidden")) == ("units", None, 1, 4)


def test_equal_repairs_prefer_what_may_be_named() -> None:
    sites = [site("a", units=[FEW], confidential=True), site("z", units=[FEW])]
    row = _row(city(sites, [household("g"), household("h"), household("i")]), g="a", i="z")
    assert row.repair_target == "z/flat"


def test_a_full_plan_has_no_rows_but_all_columns() -> None:
    instance = city([], [])
    frame = dz.why_unplaced(instance, dz.Policy.default(), dz.Plan())
    assert list(frame.columns) == COLUMNS
    assert frame.empty
    assert frame["cost"].dtype == "float64"


def test_without_any_site_no_single_change_helps() -> None:
    row = _row(city([], [household("h")]))
    assert row.repair == "No single change would help."


def test_what_is_no_plan_of_the_instance_or_no_language_is_refused() -> None:
    instance = city([site()], [household("h")])
    with pytest.raises(dz.PlanError):
        dz.why_unplaced(instance, dz.Policy.default(), dz.Plan())
    with pytest.raises(dz.DezentralError, match="language"):
        dz.why_unplaced(instance, dz.Policy.default(), dz.Plan(unplaced=["h"]), language="fr")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problem=problems_with_plan())
def test_every_repair_helps_and_none_is_cheaper(problem: Problem) -> None:
    instance, policy, plan = problem
    instance = instance.replace(sites=[_open_to_all(one) for one in instance.sites])
    frame = dz.why_unplaced(instance, policy, plan)
    assert tuple(frame["household"]) == plan.unplaced
    for row in frame.itertuples():
        least = cheapest(instance, policy, plan, row.household)
        if row.repair_kind == "units":
            where, _, unit = row.repair_target.partition("/")
            changed = more_units(instance, where, unit, int(row.repair_amount))
            assert can_be_placed(changed, policy, plan, row.household, site=where)
        elif row.repair_kind == "cap":
            changed, eased = raised(instance, policy, row.repair_target, int(row.repair_amount))
            assert can_be_placed(changed, eased, plan, row.household)
        elif row.repair_kind == "waiver":
            assert can_be_placed(instance, policy, plan, row.household, waived=row.repair_target)
        elif row.repair_target is None:
            assert not _an_exception_helps(problem=(instance, policy, plan), key=row.household)
        assert least == (math.inf if math.isnan(row.cost) else row.cost)


def _an_exception_helps(problem: Problem, key: str) -> bool:
    rules = ("open", "admits", "requires", "excluded", "fixed", "relation", "district_share", "single_share")
    more = ("max_distance", "service_capacity", "max_moves", "min_stay", "site_cap", "district_cap", "operator_cap")
    return any(can_be_placed(*problem, key, waived=rule) for rule in (*rules, *more))


def _open_to_all(one: dz.Site) -> dz.Site:
    """Return a site that is no protected address: targets are told in full."""
    return type(one)(**{**{name: getattr(one, name) for name in type(one).model_fields}, "confidential": False})
