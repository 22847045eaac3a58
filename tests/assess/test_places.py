"""One household at every place: judged as by check, valued as by score."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings

import dezentral as dz
from dezentral.assess.places import Place, Places, places_of
from tests.assess.moved import newly_broken, with_placement
from tests.checks.everything import CITY, PLAN, POLICY
from tests.checks.small import city, household, plan_for, site
from tests.strategies import problems_with_plan

Problem = tuple[dz.Instance, dz.Policy, dz.Plan]


def _placement(household: str, place: Place) -> dz.Placement:
    return dz.Placement(household=household, site=place.site.id, unit=place.unit.id, units=place.units or 1)


def judged_and_valued(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan) -> None:
    """Compare every household at every other place with the specification."""
    places = Places(instance, policy, plan)
    before = dz.score(instance, policy, plan)
    for one in instance.households:
        outlook = places.outlook(one.id)
        assert [(place.site.id, place.unit.id) for place in outlook.places] == sorted(
            (site.id, unit.id) for site in instance.sites for unit in site.units
        )
        for place in outlook.others:
            placement = _placement(one.id, place)
            rules = {obstacle.rule for obstacle in place.obstacles}
            assert rules == newly_broken(instance, policy, plan, placement)
            if place.units is not None:
                after = dz.score(instance, policy, with_placement(plan, placement, one.id))
                for change, old, new in zip(outlook.changes(place), before, after, strict=True):
                    assert change == pytest.approx(new - old, rel=1e-9, abs=1e-9 * max(1.0, abs(old), abs(new)))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problem=problems_with_plan())
def test_every_place_is_judged_as_by_check_and_valued_as_by_score(problem: Problem) -> None:
    judged_and_valued(*problem)


def test_with_every_rule_on_every_place_is_judged_as_by_check() -> None:
    judged_and_valued(CITY, POLICY, plan_for(CITY, **PLAN))


def test_what_the_plan_breaks_already_keeps_nobody_out_who_does_not_make_it_worse() -> None:
    """5 are at s, whose limit is 4. Going to t breaks nothing; another kind at s adds nobody; coming to s does."""
    flats = [dz.Unit(id="flat", beds=4, count=9), dz.Unit(id="hall", beds=4, sharing="dormitory")]
    instance = city([site("s", units=flats, max_persons=4), site("t")], [household("g", 3), household("h", 2)])
    places = Places(instance, dz.Policy.default(), plan_for(instance, g="s", h="s"))
    assert {(place.site.id, place.unit.id): place.obstacles for place in places.outlook("h").others} == {
        ("s", "hall"): (), ("t", "flat"): (),
    }  # fmt: skip
    places = Places(instance, dz.Policy.default(), plan_for(instance, g="s", h="t"))
    assert [place.obstacles[0].rule for place in places.outlook("h").others] == ["site_cap", "site_cap"]


def test_a_place_that_is_too_small_has_no_changes() -> None:
    instance = city([site()], [household("h", 5)])
    outlook = Places(instance, dz.Policy.default(), dz.Plan(unplaced=["h"])).outlook("h")
    with pytest.raises(ValueError, match="does not fit"):
        outlook.changes(outlook.places[0])


def test_the_same_three_records_are_joined_once_and_others_anew() -> None:
    instance, policy = city([site()], [household("h")]), dz.Policy.default()
    plan, same = dz.Plan(unplaced=["h"]), dz.Plan(unplaced=["h"])
    first = places_of(instance, policy, plan)
    assert places_of(instance, policy, plan) is first
    assert places_of(instance, policy, same) is not first
    for _ in range(4):  # only a few are kept
        places_of(instance, policy, dz.Plan(unplaced=["h"]))
    assert places_of(instance, policy, plan) is not first


def test_many_threads_ask_at_once() -> None:
    instance, policy = CITY, POLICY
    plan = plan_for(CITY, **PLAN)
    keys = [one.id for one in instance.households] * 4
    alone = [_judged(Places(instance, policy, plan), key) for key in keys]
    with ThreadPoolExecutor(max_workers=4) as pool:
        together = list(pool.map(lambda key: _judged(places_of(instance, policy, plan), key), keys))
    assert together == alone


def _judged(places: Places, key: str) -> list[object]:
    outlook = places.outlook(key)
    return [
        (place.site.id, place.unit.id, place.units, outlook.changes(place) if place.units else place.obstacles)
        for place in outlook.places
    ]
