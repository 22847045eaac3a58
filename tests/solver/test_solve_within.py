"""Improving a plan on some levels while others keep a limit."""

import pytest

import dezentral as dz
from dezentral.solver import solve_within
from tests.checks.small import city, household, plan_for, site

from .lively import POLICY, lively_city
from .solving import EXACT, policy_of

NEAR, FAR = (dz.Unit(id="flat", beds=4, count=1),), (dz.Unit(id="flat", beds=4, count=2),)
TWO = city([site("s", "a", NEAR, cost=1.0), site("t", "b", FAR, cost=9.0)], [household("g", 4), household("h", 4)])
POLICY_OF_TWO = policy_of(dz.Placed(), dz.Cost())


def test_a_level_with_a_limit_is_not_minimised():
    # start: g at t for 4 × 9 = 36, h unplaced. With up to 4 unplaced the cheapest is one household at s for 4 × 1.
    start = plan_for(TWO, g="t")
    result = solve_within(TWO, POLICY_OF_TWO, {0: 4.0}, EXACT, start)
    assert [level.final for level in result.levels] == [4, 4]
    assert (result.levels[0].value, result.levels[0].bound) == (4, None)
    assert (result.levels[0].status, result.status) == (dz.Status.OPTIMAL, dz.Status.OPTIMAL)  # it only has to keep it
    assert (result.levels[1].value, result.levels[1].bound) == (4, 4)


def test_limits_that_are_the_plans_own_values_never_worsen():
    instance = lively_city()
    start = dz.solve(instance, POLICY, dz.SolveParams(time_limit=0.0)).plan
    values = dz.score(instance, POLICY, start)
    result = solve_within(instance, POLICY, dict(enumerate(values[:5])), EXACT, start)
    assert all(level.final <= value + 1e-9 for level, value in zip(result.levels, values, strict=True))
    assert result.levels[5].bound == result.levels[5].value
    assert dz.check(instance, POLICY, result.plan) == ()


@pytest.mark.parametrize(("plan", "limits", "said"), [
    ({"g": "t"}, {0: 3.0}, "level 0: 4.0 is more than 3.0"),
    ({"g": "s", "h": "s"}, {0: 0.0}, "rule units"),
])
def test_a_start_that_breaks_a_rule_or_limit_is_refused(plan, limits, said):
    with pytest.raises(dz.PlanError, match=said):
        solve_within(TWO, POLICY_OF_TWO, limits, EXACT, plan_for(TWO, **plan))
