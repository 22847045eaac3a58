"""Bounds of the two tiers against the enumeration of all plans of tiny problems."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dezentral import Cost, Instance, Level, Placed, Policy, SolveParams, Status, check, score, solve, solve_regions
from dezentral.strategy.regions_bounds import Run, is_proven, valid_bounds
from dezentral.strategy.regions_relaxation import relaxed
from tests.oracle.brute_force import _options, _sound_choices, _worth
from tests.oracle.facts import Facts
from tests.solver.solving import policy_of
from tests.strategies import EXAMPLES, problems

TO_THE_END = SolveParams(gap=0.0)
LEEWAY = 1e-6  # what a solver's "gap 0" may leave, relative


def worths(instance: Instance, policy: Policy) -> list[tuple[float, ...]]:
    """Return the levels' values of every plan that breaks no rule."""
    facts = Facts(instance, policy)
    options = [_options(facts, household) for household in instance.households]
    values = [_worth(facts, options, level) for level in policy.levels]
    return [tuple(value(choice) for value in values) for choice in _sound_choices(facts, options)]


def best_within(plans: list[tuple[float, ...]], levels: tuple[Level, ...], values: tuple[float, ...], i: int) -> float:
    """Return the best value of level i among plans that keep the limits which `values` set on the levels before."""
    limits = [level.limit(value) for level, value in zip(levels[:i], values, strict=False)]
    tight = [
        plan[i]
        for plan in plans
        if all(own <= most + 1e-9 * max(1.0, abs(most)) for own, most in zip(plan, limits, strict=False))
    ]
    return min(tight)


@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(problems(3_000), st.sampled_from(["each alone", "in two", "together"]), st.booleans())
def test_every_bound_holds_under_the_limits_of_the_plan(
    problem: tuple[Instance, Policy], how: str, few_levels: bool
) -> None:
    instance, policy = problem
    if few_levels:
        policy = Policy(rules=policy.rules, levels=policy.levels[:2])
    regions = {
        district.id: {"each alone": district.id, "in two": "a" if district.id == "d0" else "b", "together": "all"}[how]
        for district in instance.districts
    }
    result = solve_regions(instance, regions, policy, TO_THE_END)
    plans = worths(instance, policy)
    if not plans:
        assert result.status is Status.INFEASIBLE
        assert result.plan is None
        return
    assert result.plan is not None
    assert check(instance, policy, result.plan) == ()
    values = score(instance, policy, result.plan)
    assert tuple(level.final for level in result.levels) == values
    for i, outcome in enumerate(result.levels):
        limits = tuple(level.value for level in result.levels)
        best = best_within(plans, policy.levels, limits, i)
        assert outcome.bound is None or outcome.bound <= best + LEEWAY * max(1.0, abs(best))
        proven = is_proven(policy.levels[i], outcome.value, outcome.bound, 1e-6)
        assert outcome.status is not Status.OPTIMAL or proven or outcome.value - best <= LEEWAY * max(1.0, abs(best))


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(problems(3_000), st.sampled_from(["each alone", "in two", "together"]))
def test_pooling_never_makes_the_optimum_worse(problem: tuple[Instance, Policy], how: str) -> None:
    instance, policy = problem
    group_of = {
        district.id: {"each alone": district.id, "in two": "a" if district.id == "d0" else "b", "together": "all"}[how]
        for district in instance.districts
    }
    relaxation = relaxed(instance, policy, group_of)
    result = solve(relaxation.instance, relaxation.policy, TO_THE_END)
    plans = worths(instance, policy)
    if not plans:
        return
    assert result.plan is not None
    first = min(plan[0] for plan in plans)
    assert result.levels[0].value <= first + LEEWAY * max(1.0, abs(first))
    for i in range(1, len(policy.levels)):
        reached = zip(relaxation.policy.levels[:i], result.levels, strict=False)
        limits = [level.limit(own.value) for level, own in reached]
        within = [plan[i] for plan in plans if all(own <= most for own, most in zip(plan, limits, strict=False))]
        if within:
            assert result.levels[i].value <= min(within) + LEEWAY * max(1.0, abs(min(within)))


def test_bound_holds_only_as_far_as_limits_are_no_wider() -> None:
    # The run reached 2 on the first level; a plan that reached 3 allows what the run did not.
    instance = Instance(districts=(), sites=())
    policy = policy_of(Placed(), Cost())
    result = solve(instance, policy)
    levels = tuple(
        outcome.model_copy(update={"value": value, "bound": value})
        for outcome, value in zip(result.levels, (2.0, 7.0), strict=True)
    )
    run = Run(policy.levels, result.model_copy(update={"levels": levels}))
    assert valid_bounds(run, policy, (2.0, 9.0)) == [2.0, 7.0]
    assert valid_bounds(run, policy, (3.0, 5.0)) == [2.0, None]
