"""Hints: a start that can only help."""

import pytest

import dezentral as dz
from tests.checks.small import city, household, plan_for, site

from .lively import POLICY, lively_city
from .solving import EXACT, policy_of

NO_TIME = dz.SolveParams(time_limit=0.0)
FLAT = dz.Unit(id="flat", beds=4)


def values(result):
    return [level.value for level in result.levels]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_without_any_time_the_hint_is_the_plan(seed):
    instance = lively_city(seed)
    best = dz.solve(instance, POLICY)
    hinted = dz.solve(instance, POLICY, NO_TIME, hint=best.plan)
    assert dz.score(instance, POLICY, hinted.plan) == dz.score(instance, POLICY, best.plan)
    assert all(level.bound is None for level in hinted.levels)
    assert values(dz.solve(instance, POLICY, NO_TIME)) != values(hinted)  # it was the hint that did it


@pytest.mark.parametrize("seconds", [0.01, 0.1, 60.0])
def test_while_a_hint_respects_the_limits_no_value_is_worse(seconds):
    instance = lively_city()
    best = dz.solve(instance, POLICY).plan
    # weaker: the last household that is placed is not
    worse = dz.Plan(placements=best.placements[:-1], unplaced=[*best.unplaced, best.placements[-1].household])
    for hint in (best, worse):
        assert dz.check(instance, POLICY, hint) == ()
        result = dz.solve(instance, POLICY, dz.SolveParams(time_limit=seconds), hint=hint)
        for level, outcome, theirs in zip(POLICY.levels, result.levels, dz.score(instance, POLICY, hint), strict=True):
            assert outcome.value <= theirs + 1e-6 * max(1.0, abs(theirs))
            if theirs > level.limit(outcome.value) + 1e-9:
                break  # from here on the hint breaks a limit


def test_a_hint_that_breaks_a_limit_of_an_earlier_level_does_not_bind_a_later_one():
    # cheapest is to place nobody, but Placed comes first
    instance = city([site(units=[FLAT], cost=5.0)], [household("h", 2)])
    empty = dz.Plan(unplaced=["h"])
    assert values(dz.solve(instance, policy_of(dz.Placed(), dz.Cost()), EXACT, hint=empty)) == [0, 10]


def test_a_hint_within_the_slack_counts_on_the_next_level():
    # 2 unplaced is within the slack of 2, and costs nothing
    instance = city([site(units=[FLAT], cost=5.0)], [household("h", 2)])
    policy = policy_of(dz.Level(dz.Placed(), abs_slack=2.0), dz.Cost())
    result = dz.solve(instance, policy, EXACT, hint=dz.Plan(unplaced=["h"]))
    assert [(level.value, level.final) for level in result.levels] == [(0, 2), (0, 0)]


@pytest.mark.parametrize("params", [NO_TIME, EXACT])
def test_a_hint_that_breaks_a_rule_is_ignored(params):
    # two households in one flat would be best of all
    instance = city([site(units=[FLAT])], [household("g", 2), household("h", 2)])
    breaking = plan_for(instance, g="s", h="s")
    policy = policy_of(dz.Placed())
    plain, hinted = (dz.solve(instance, policy, params, hint=hint) for hint in (None, breaking))
    assert dz.check(instance, policy, hinted.plan) == ()
    assert (values(hinted), hinted.plan.digest) == (values(plain), plain.plan.digest)


def test_of_equal_households_the_earlier_keeps_the_place_even_if_the_hint_says_otherwise():
    instance = city([site(units=[FLAT])], [household("g", 2), household("h", 2)])
    result = dz.solve(instance, policy_of(dz.Placed()), EXACT, hint=plan_for(instance, h="s"))
    assert result.plan.unplaced == ("h",)


def test_a_hint_of_another_instance_is_refused_with_every_fault():
    instance = city([site(units=[FLAT])], [household("g", 2), household("h", 2), household("i", 2)])
    hint = dz.Plan(
        placements=[
            dz.Placement(household="g", site="nowhere", unit="flat"),
            dz.Placement(household="h", site="s", unit="castle"),
            dz.Placement(household="stranger", site="s", unit="flat"),
        ],
        unplaced=["h"],
    )
    with pytest.raises(dz.PlanError) as refused:
        dz.solve(instance, hint=hint)
    named = {(fault.field, fault.value) for fault in refused.value.faults}
    assert named == {
        ("household", "h"),  # twice
        ("household", "(missing)"),  # i
        ("household", "stranger"),
        ("site", "nowhere"),
        ("unit", "castle"),
    }
