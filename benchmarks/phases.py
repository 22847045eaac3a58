"""dezentral's own phases: compile, bound, solve, check, score."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import dezentral as dz
from benchmarks.case import DEZENTRAL, Case
from benchmarks.instances.country import regions_of
from benchmarks.measurement import Measurement
from dezentral.compiled import compile_instance
from dezentral.domain import Instance

T = TypeVar("T")
_WORKERS = 2
_LATER_CALLS = 9
_NEWCOMERS = 10


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Run something and return its wall time (s) and result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def measure_solve(case: Case, instance: Instance) -> Measurement:
    """Compile alone, then solve, then check and score the plan.

    "bound" is how long the solve took until the last level had its first bound: what it costs to know how good a plan
    can be at all.
    """
    compiling, _ = timed(lambda: compile_instance(instance, case.policy))
    first: dict[int, float] = {}

    def listen(news: dz.Progress) -> None:
        if news.bound is not None:
            first.setdefault(news.level, news.seconds)

    solving, result = timed(lambda: dz.solve(instance, case.policy, case.params, on_progress=listen))
    bounding = first.get(len(case.policy.levels) - 1, solving)
    return _judged(case, instance, result, {"compile": compiling, "bound": bounding, "solve": solving})


def measure_regions(case: Case, instance: Instance) -> Measurement:
    """Solve region by region in two worker processes."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    regions = regions_of(instance)
    with ProcessPoolExecutor(max_workers=_WORKERS) as executor:
        solving, result = timed(lambda: dz.solve_regions(instance, regions, case.policy, case.params, executor))
    return _judged(case, instance, result, {"solve": solving})


def measure_alternatives(case: Case, instance: Instance) -> Measurement:
    """Ask for alternatives for a household that is new to a planned city: the first call, then the median of others."""
    result = dz.solve(instance, case.policy, case.params)
    plan = result.plan
    if plan is None or not hasattr(dz, "alternatives"):
        return Measurement(case.name, DEZENTRAL, "not available")
    households = [_newcomer(n) for n in range(_LATER_CALLS)]
    ask: Any = dz.alternatives
    first, _ = timed(partial(ask, instance, case.policy, plan, households[0]))
    later = sorted(timed(partial(ask, instance, case.policy, plan, new))[0] for new in households)
    figures = {"first call": first, "later call": later[len(later) // 2], "slowest later call": later[-1]}
    return Measurement(case.name, DEZENTRAL, "done", seconds={"solve": figures["later call"]}, figures=figures)


def measure_replan(case: Case, instance: Instance) -> Measurement:
    """Plan a city, then again after one change: ten more households, and a site of middling size is closed."""
    first, planned = timed(lambda: dz.solve(instance, case.policy, case.params))
    if planned.plan is None:
        return Measurement(case.name, DEZENTRAL, str(planned.status))
    changed = _changed(instance, planned.plan)
    again, result = timed(lambda: dz.solve(changed, case.policy, case.params))
    measured = _judged(case, changed, result, {"solve": again})
    return replace(measured, figures={**measured.figures, "first solve": first})


def _changed(instance: Instance, plan: dz.Plan) -> Instance:
    occupied = instance.with_plan(plan)
    households = Counter(placement.site for placement in plan.placements)
    closing = sorted(households, key=lambda site: (households[site], site))[len(households) // 2]
    today = instance.date or dt.date(2026, 1, 1)
    sites = [
        site.model_copy(update={"open_until": today}) if site.id == closing else site for site in occupied.sites
    ]
    newcomers = [_newcomer(n) for n in range(_NEWCOMERS)]
    return occupied.replace(date=today, sites=sites, households=[*occupied.households, *newcomers])


def _newcomer(number: int) -> dz.Household:
    size = 1 + number % 5
    return dz.Household(id=f"new {number}", size=size, sex="f" if size == 1 else None)


def _judged(case: Case, instance: Instance, result: dz.Result, seconds: dict[str, float]) -> Measurement:
    if result.plan is None:
        return Measurement(case.name, DEZENTRAL, str(result.status), seconds=seconds)
    plan = result.plan
    seconds["check"], violations = timed(lambda: dz.check(instance, case.policy, plan))
    seconds["score"], values = timed(lambda: dz.score(instance, case.policy, plan))
    return Measurement(
        case.name,
        DEZENTRAL,
        str(result.status),
        seconds=seconds,
        values=values,
        bounds=tuple(level.bound for level in result.levels),
        violations=len(violations),
        figures={f"level {i + 1} seconds": level.seconds for i, level in enumerate(result.levels)},
    )
