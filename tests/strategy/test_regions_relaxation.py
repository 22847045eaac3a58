"""Pooled instances by hand: what adds up, what is dropped, what stays as near as the nearest."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.strategy.regions_relaxation import relaxed
from tests.checks.small import FLAT, city, household, site
from tests.solver.solving import policy_of

TOGETHER = dict.fromkeys("abc", "land")
APART = {key: key for key in "abc"}


def test_units_of_a_kind_add_up_and_features_keep_kinds_apart() -> None:
    level = dz.Unit(id="other name", beds=4, count=2, features={"step_free"})
    town = city([site("s", "a"), site("t", "a"), site("v", "b", (FLAT, level))], [household("h")])
    pooled = relaxed(town, dz.Policy.default(), TOGETHER).instance
    (only,) = [each for each in pooled.sites if each.units]
    assert sorted((unit.beds, unit.count, tuple(unit.features)) for unit in only.units) == [
        (4, 2, ("step_free",)),
        (4, 27, ()),
    ]


def test_targets_and_persons_add_up() -> None:
    districts = [dz.District(id=key, population=p, housed=3) for key, p in zip("abc", (100, 300, 600), strict=True)]
    town = city([site("s", "a", housed=2)], [household("h", 5)], districts=districts)
    pooled = relaxed(town, dz.Policy.default(), {"a": "x", "b": "x", "c": "y"}).instance
    assert [(d.id, d.target_weight, d.housed) for d in pooled.districts] == [
        ("x", pytest.approx(0.4), 6),
        ("y", pytest.approx(0.6), 3),
    ]
    assert sum(each.housed for each in pooled.sites) == 2


def test_evenness_weighs_less_where_targets_are_below_one_person() -> None:
    # T = 1/3 in each of three districts: max(1, 1) / (1 + 1 + 1) = 1/3.
    town = city([site("s", "a")], [household("h", 1)])
    policy = policy_of(dz.Evenness(weight=6.0))
    assert relaxed(town, policy, TOGETHER).policy.levels[0].goals[0].weight == pytest.approx(2.0)
    assert relaxed(town, policy, APART).policy.levels[0].goals[0].weight == pytest.approx(6.0)


def test_wishes_keep_their_ranks_and_exclusions_need_all_sites() -> None:
    town = city(
        [site("s", "a"), site("t", "a"), site("v", "b")],
        [household("h", wishes=["c", "a", "b"], excluded_sites={"s", "v"})],
    )
    (pooled,) = relaxed(town, dz.Policy.default(), {"a": "x", "b": "y", "c": "x"}).instance.households
    assert pooled.wishes == ("x", "x", "y")
    assert {key.split("/")[0] for key in pooled.excluded_sites} == {"y"}


def test_who_cannot_stay_lives_in_a_closed_pool() -> None:
    town = city(
        [site("s", "a"), site("t", "a", opening_cost=1.0)],
        [
            household("g", current_site="t", current_unit="flat"),
            household("h", current_site="s", excluded_sites={"s"}),
            household("k", current_site="s", current_unit="flat"),
        ],
    )
    pooled = relaxed(town, dz.Policy.default(), TOGETHER).instance
    closed = {each.id for each in pooled.sites if each.opening_cost is not None}
    assert [one.current_site in closed for one in pooled.households] == [True, True, False]
    assert pooled.households[2].current_unit is not None


def test_caps_are_what_fits_or_lives_there() -> None:
    # s: cap 3 of 36 beds; t: cap 1, but 4 live there; v: 36 beds and no cap.
    town = city(
        [site("s", "a", max_persons=3), site("t", "a", max_persons=1), site("v", "a")],
        [household("h", 4, current_site="t")],
    )
    (pooled,) = [each for each in relaxed(town, dz.Policy.default(), TOGETHER).instance.sites if each.units]
    assert pooled.max_persons == 3 + 4 + 36


def test_services_are_as_near_as_from_the_nearest_site() -> None:
    town = city(
        [site("s", "a", x=0.0, y=0.0), site("t", "a", x=1000.0, y=0.0)],
        [household("h", 2, needs={"kita": 1})],
        services=[
            dz.Service(id="k", kind="kita", x=100.0, y=0.0, capacity=2),
            dz.Service(id="l", kind="kita", x=1500.0, y=0.0, capacity=3),
        ],
        detour=1.0,
    )
    pooled = relaxed(town, dz.Policy.default(), TOGETHER).instance
    # Both are reached by the one pool: one service with all seats, 100 m from s.
    assert [(service.kind, service.capacity) for service in pooled.services] == [("kita", 5)]
    assert pooled.distances.data == ((100.0,),)


def test_anchors_become_benefits_of_the_nearest_site() -> None:
    town = city(
        [site("s", "a", x=0.0, y=0.0), site("t", "a", x=1000.0, y=0.0)],
        [household("h", 2, anchors=[dz.Anchor(x=0.0, y=0.0, weight=2.0), dz.Anchor(x=400.0, y=0.0)])],
        detour=1.0,
    )
    pooled = relaxed(town, policy_of(dz.Placed(), dz.Proximity(weight=3.0)), TOGETHER)
    # From s: 2 × 0 + 400 = 400; from t: 2 × 1000 + 600 = 2600.
    assert pooled.instance.utilities.data == ((-400.0,),)
    assert pooled.policy.levels[1].goals[-1] == dz.Utility(weight=3.0)
    assert pooled.instance.households[0].anchors == ()


def test_what_cannot_be_pooled_is_left_out() -> None:
    town = city([site("s", "a")], [household("h", current_site="s")])
    policy = policy_of(dz.Fit(), min_area_per_person_m2=7.0, max_single_share=0.5, max_site_persons=3)
    pooled = relaxed(town, policy, TOGETHER).policy
    assert pooled.levels[0].goals == (dz.Wishes(depth=0),)
    assert (pooled.rules.max_single_share, pooled.rules.max_site_persons) == (None, None)
