from __future__ import annotations

import pytest

import dezentral as dz
from tests.domain.city import city, plan

HOUSEHOLDS = (
    {"id": "g", "size": 2, "current_site": "t", "current_unit": "room", "fixed_site": "t"},
    {"id": "h", "size": 4, "current_site": "t", "fixed_site": "t", "wishes": ["a"], "arrival": "2026-01-15"},
)
OVERRIDE = dz.Override(household="h", site="s", by="me", reason="school")


def homes(instance):
    return {
        household.id: (household.current_site, household.current_unit, household.fixed_site)
        for household in instance.households
    }


def test_where_a_household_is_placed_is_where_it_lives_and_who_is_unplaced_lives_nowhere():
    after = city(households=HOUSEHOLDS).with_plan(plan())
    assert homes(after) == {"g": (None, None, "t"), "h": ("s", "flat", "t")}


def test_nothing_else_changes():
    before = city(households=HOUSEHOLDS, name="x")
    after = before.with_plan(plan())
    today = [{**household, "current_site": None, "current_unit": None} for household in HOUSEHOLDS]
    today[1] |= {"current_site": "s", "current_unit": "flat"}
    assert after == city(households=today, name="x")
    assert homes(before)["h"] == ("t", None, "t")


@pytest.mark.parametrize("given", [{}, {"fix_overrides": False}])
def test_overridden_households_stay_free_unless_asked(given):
    assert homes(city().with_plan(plan(overrides=[OVERRIDE]), **given))["h"] == ("s", "flat", None)


def test_overridden_households_are_fixed_where_the_plan_has_them():
    elsewhere = plan(placements=[dz.Placement(household="h", site="t", unit="room")], overrides=[OVERRIDE])
    assert homes(city().with_plan(elsewhere, fix_overrides=True))["h"] == ("t", "room", "t")
    assert homes(city().with_plan(elsewhere, True))["g"] == (None, None, None)


def test_an_overridden_household_that_is_unplaced_keeps_what_was_fixed():
    unplaced = dz.Plan(unplaced=["g", "h"], overrides=[OVERRIDE])
    assert homes(city(households=HOUSEHOLDS).with_plan(unplaced, fix_overrides=True))["h"] == (None, None, "t")


def test_the_plan_must_belong_to_the_instance():
    with pytest.raises(dz.PlanError, match="each household once"):
        city().with_plan(plan(unplaced=["g", "h"]))


def test_the_new_present_survives_json():
    after = city(households=HOUSEHOLDS).with_plan(plan(overrides=[OVERRIDE]), fix_overrides=True)
    assert dz.Instance.model_validate_json(after.model_dump_json()) == after
