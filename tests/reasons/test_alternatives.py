"""The best other places of one household."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import dezentral as dz
from tests.checks.everything import CITY, PLAN, POLICY
from tests.checks.small import city, household, plan_for, site
from tests.reasons.places_by_hand import Problem, best_places
from tests.strategies import problems_with_plan

PLAIN = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Fit())])


def _small() -> tuple[dz.Instance, dz.Plan]:
    """h (2) in a flat for four at s; t has a flat for three, u one for two, v one that is taken by g."""
    sites = [site(key, units=[dz.Unit(id="flat", beds=beds)]) for key, beds in (("s", 4), ("t", 3), ("u", 2), ("v", 2))]
    instance = city(sites, [household("g"), household("h", 2)])
    return instance, plan_for(instance, g="v", h="s")


def test_the_best_come_first_and_what_is_taken_does_not_come() -> None:
    """At s two beds stay empty, at t one, at u none."""
    instance, plan = _small()
    frame = dz.alternatives(instance, PLAIN, plan, "h")
    assert frame.to_dict("list") == {
        "site": ["u", "t"], "unit": ["flat", "flat"], "units": [1, 1], "district": ["a", "a"],
        "change_1": [0.0, 0.0], "change_2": [-2.0, -1.0],
    }  # fmt: skip
    assert dz.alternatives(instance, PLAIN, plan, "h", k=1)["site"].tolist() == ["u"]


def test_nobody_new_is_judged_against_a_city_that_lists_them_unplaced() -> None:
    """n (2) unplaced counts 2 × priority 3 = 6, which placing it anywhere takes away."""
    instance, plan = _small()
    new = dz.Household(id="n", size=2, priority=3)
    frame = dz.alternatives(instance, PLAIN, plan, new)
    assert frame[["site", "change_1", "change_2"]].to_numpy().tolist() == [["u", -6.0, 0.0], ["t", -6.0, 1.0]]


def test_without_any_other_place_the_frame_is_empty_with_its_columns() -> None:
    instance, plan = _small()
    frame = dz.alternatives(instance, PLAIN, plan, dz.Household(id="n", size=9))
    full = dz.alternatives(instance, PLAIN, plan, "h")
    assert frame.empty
    assert frame.dtypes.to_dict() == full.dtypes.to_dict()
    assert frame["units"].dtype == "int64"


def test_protected_addresses_come_only_when_asked_for() -> None:
    sites = [site("s"), site("hidden", confidential=True)]
    instance = city(sites, [household("h")])
    plan = plan_for(instance, h="s")
    assert dz.alternatives(instance, PLAIN, plan, "h").empty
    assert dz.alternatives(instance, PLAIN, plan, "h", protected=True)["site"].tolist() == ["hidden"]


@pytest.mark.parametrize("k", [0, -1, 1.0, "5", None, True])
def test_a_number_that_is_none_is_refused(k: object) -> None:
    instance, plan = _small()
    with pytest.raises(dz.DezentralError, match=r"k: .*a whole number, 1 or more"):
        dz.alternatives(instance, PLAIN, plan, "h", k=k)


def test_a_numpy_number_will_do() -> None:
    instance, plan = _small()
    assert len(dz.alternatives(instance, PLAIN, plan, "h", k=np.int64(1))) == 1


@pytest.mark.parametrize("key", ["nobody", "", 7, None, ["h"]])
def test_an_unknown_household_is_refused(key: object) -> None:
    instance, plan = _small()
    with pytest.raises(dz.InstanceError, match="the id of a household of the instance"):
        dz.alternatives(instance, PLAIN, plan, key)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"id": "h"}, "an id that no household of the instance has"),
        ({"wishes": ["nowhere"]}, "wishes: 'nowhere'; allowed: the id of a district"),
        ({"current_site": "nowhere"}, "current_site: 'nowhere'"),
        ({"needs": {"school": 1}}, "a kind that some service offers"),
    ],
)
def test_a_new_household_that_does_not_fit_the_instance_is_refused(fields: dict[str, object], says: str) -> None:
    instance, plan = _small()
    with pytest.raises(dz.InstanceError, match=says):
        dz.alternatives(instance, PLAIN, plan, dz.Household(**{"id": "n", "size": 1, **fields}))


def test_anchors_without_points_to_measure_from_are_refused() -> None:
    instance, plan = _small()
    with pytest.raises(dz.InstanceError, match="coordinates"):
        dz.alternatives(instance, PLAIN, plan, dz.Household(id="n", size=1, anchors=[dz.Anchor(x=0.0, y=0.0)]))


def test_a_plan_of_another_instance_is_refused() -> None:
    instance, _ = _small()
    with pytest.raises(dz.PlanError):
        dz.alternatives(instance, PLAIN, dz.Plan(unplaced=["h"]), "h")


@pytest.mark.parametrize("key", [one.id for one in CITY.households])
def test_with_every_rule_on_the_places_are_those_that_trying_all_finds(key: str) -> None:
    _agrees(CITY, POLICY, plan_for(CITY, **PLAN), key)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problem=problems_with_plan())
def test_the_places_are_those_that_trying_all_finds(problem: Problem) -> None:
    for one in problem[0].households:
        _agrees(*problem, one.id)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problem=problems_with_plan())
def test_who_is_new_is_judged_as_if_listed_and_unplaced(problem: Problem) -> None:
    """Take one household out of the instance, and ask about it as a new one."""
    instance, policy, plan = problem
    for one in instance.households[:2]:
        listed = _without(instance, one.id, keep=True)
        placements = [row for row in plan.placements if row.household != one.id]
        others = [key for key in plan.unplaced if key != one.id]
        before = dz.Plan(placements=placements, unplaced=[*others, one.id])
        smaller = dz.Plan(placements=placements, unplaced=others)
        new = dz.alternatives(_without(instance, one.id), policy, smaller, one, k=99, protected=True)
        old = dz.alternatives(listed, policy, before, one.id, k=99, protected=True)
        assert new.round(6).to_dict("list") == old.round(6).to_dict("list")


def _agrees(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan, key: str) -> None:
    frame = dz.alternatives(instance, policy, plan, key, k=99, protected=True)
    changes = frame.filter(like="change_").to_numpy().tolist()
    by_hand = best_places(instance, policy, plan, key)
    expected = {(where, unit): (change, units) for change, where, unit, units in by_hand}
    district = {one.id: one.district for one in instance.sites}
    places = list(zip(frame["site"], frame["unit"], strict=True))
    assert sorted(places) == sorted(expected)
    assert frame["units"].tolist() == [expected[place][1] for place in places]
    assert frame["district"].tolist() == [district[where] for where, _ in places]
    for place, change in zip(places, changes, strict=True):
        assert change == pytest.approx(expected[place][0], rel=1e-9, abs=2e-6)
    order = [(*(round(change, 9) for change in row), *place) for row, place in zip(changes, places, strict=True)]
    assert order == sorted(order)


def _without(instance: dz.Instance, key: str, *, keep: bool = False) -> dz.Instance:
    """Return the instance without relations and without one household, or with it but nothing that tables say of it."""
    utilities = instance.utilities
    if utilities is not None:
        rows = [i for i, row in enumerate(utilities.rows) if row != key]
        utilities = dz.Table(
            rows=[utilities.rows[i] for i in rows], columns=utilities.columns, data=[utilities.data[i] for i in rows]
        )
    households = [one for one in instance.households if keep or one.id != key]
    return instance.replace(households=households, relations=(), utilities=utilities)
