"""How a step is planned: by today alone, with futures in mind, or by somebody else's function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dezentral.checks import check, score
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.policy import Evenness, Level, Policy, Stability
from dezentral.errors import Fault, PlanError
from dezentral.solver import LevelOutcome, Result, SolveParams, Status
from dezentral.solver.solve import solve_unless_interrupted
from dezentral.strategy.simulation.forecast import Forecast
from dezentral.strategy.simulation.future import Future
from dezentral.strategy.simulation.polish import polished
from dezentral.strategy.simulation.site_costs import OF_SITES

Futures = Callable[[Instance, int], Sequence[Future]]
Strategy = Callable[[Instance, Policy, SolveParams], Plan | Result]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a step is planned from."""

    instance: Instance
    policy: Policy
    params: SolveParams
    number: int
    day: dt.date | None


def myopic(moment: Moment) -> Result:
    """Solve the day as if nothing followed.

    Raises
    ------
    PlanError
        If there is no plan.
    KeyboardInterrupt
        If Ctrl-C came.
    """
    result = solve_unless_interrupted(moment.instance, moment.policy, moment.params)
    if result.plan is None:
        allowed = "a day on which a plan exists and is found within the limits"
        raise PlanError.of([Fault(f"step {moment.day}", "status", result.status.value, allowed)])
    return result


def foresighted(moment: Moment, futures: Futures, *, exact: bool = False) -> Result:
    """Place those who come so that the first level with something to foresee is best on average.

    Whoever lives somewhere stays where the day alone would put them; the levels before are as good as that day's.
    """
    result = myopic(moment)
    policy, instance = moment.policy, moment.instance
    at = foreseen(policy.levels)
    ahead = futures(instance, moment.number) if at is not None else ()
    if at is None or not ahead or result.plan is None:
        return result
    found = Forecast(instance, policy, policy.levels[at], result.plan, ahead, past=moment.number, exact=exact).solve()
    if found is None or check(instance, policy, found):
        return result
    before, after = score(instance, policy, result.plan), score(instance, policy, found)
    within = zip(policy.levels[:at], before, after, strict=False)
    if any(new > level.limit(old) + 1e-9 * max(1.0, abs(old)) for level, old, new in within):
        return result
    found = polished(instance, policy, found, at, moment.params)
    return judged(instance, policy, found, result)


def foreseen(levels: Sequence[Level]) -> int | None:
    """Return the first level after one with `Stability` that depends on where people are placed.

    Where moving later is free, there is nothing to foresee.
    """
    still = False
    for i, level in enumerate(levels):
        if still and any(isinstance(goal, (Evenness, *OF_SITES)) for goal in level.goals):
            return i
        still = still or any(isinstance(goal, Stability) for goal in level.goals)
    return None


def asked(strategy: Strategy, moment: Moment) -> Result:
    """Ask a function for the day's plan.

    Raises
    ------
    PlanError
        If what it returns is no plan of the day's instance, or breaks a rule.
    """
    answer: Any = strategy(moment.instance, moment.policy, moment.params)
    plan = answer.plan if isinstance(answer, Result) else answer
    label = f"step {moment.day}"
    if not isinstance(plan, Plan):
        raise PlanError.of([Fault(label, "strategy", answer, "a Plan, or a Result with one")])
    require_match(moment.instance, plan)
    broken = check(moment.instance, moment.policy, plan)
    if broken:
        raise PlanError.of([Fault(label, one.rule, one.message, "a plan that breaks no rule") for one in broken])
    if isinstance(answer, Result):
        return answer
    return judged(moment.instance, moment.policy, plan, None)


def judged(instance: Instance, policy: Policy, plan: Plan, like: Result | None) -> Result:
    """Return a plan of which nothing is proven as a result."""
    values = score(instance, policy, plan)
    levels = tuple(
        LevelOutcome(
            goals=level.goals, value=value, bound=None, gap=None, status=Status.FEASIBLE, final=value, seconds=0.0
        )
        for level, value in zip(policy.levels, values, strict=True)
    )
    return Result(
        status=Status.FEASIBLE,
        plan=plan,
        levels=levels,
        seconds=0.0 if like is None else like.seconds,
        reproducible=like is not None and like.reproducible,
        version={} if like is None else like.version,
    )
