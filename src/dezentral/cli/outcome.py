"""What a plan brings, in words and numbers, without a word about a single household."""

from __future__ import annotations

import math
from collections.abc import Iterator
from textwrap import wrap

from dezentral.checks import score
from dezentral.cli.columns import aligned
from dezentral.cli.numerals import NOTHING, counted, number, percent, tenths
from dezentral.cli.sources import Problem
from dezentral.cli.wording import goal_meaning, goal_name, level_name
from dezentral.domain import Plan
from dezentral.domain.policy import Level, Policy
from dezentral.metrics import EvennessReport, evenness
from dezentral.solver import LevelOutcome, Result, Status

_WIDTH = 100


def outcome(problem: Problem, result: Result, plan: Plan) -> str:
    """Return the outcome of a solve that brought a plan, as text."""
    report = evenness(problem.instance, plan)
    parts = (
        _problem(problem),
        _placed(problem, result, plan),
        _levels(problem, result, plan),
        _spread(report),
        _districts(report),
        ("A plan is a proposal: people decide.",),
    )
    return "\n\n".join("\n".join(part) for part in parts)


def _problem(problem: Problem) -> Iterator[str]:
    instance = problem.instance
    yield instance.name or "Without a name"
    sites = counted(len(instance.sites), "site", "sites")
    yield f"  {sites} in {counted(len(instance.districts), 'district', 'districts')}"
    yield f"  policy: {problem.policy_name}{_rules(problem.policy)}"
    for note in problem.notes:
        yield from wrap(note, width=_WIDTH, initial_indent="  ", subsequent_indent="  ")


def _rules(policy: Policy) -> str:
    rules = policy.rules.model_dump(mode="json", exclude_defaults=True)
    return "".join(f", {name} {value}" for name, value in rules.items())


def _placed(problem: Problem, result: Result, plan: Plan) -> Iterator[str]:
    sizes = {household.id: household.size for household in problem.instance.households}
    placed = sum(sizes[placement.household] for placement in plan.placements)
    persons = counted(sum(sizes.values()), "person", "persons")
    households = counted(len(sizes), "household", "households")
    yield f"Placed: {placed:,} of {persons}, {len(plan.placements):,} of {households}"
    if result.status is Status.OPTIMAL:
        proof = "every level is proven"
    else:
        open_levels = [str(i) for i, level in enumerate(result.levels, 1) if level.status is not Status.OPTIMAL]
        proof = f"level {', '.join(open_levels)} not proven to the end (the gap says how far from the best at most)"
    yield f"  {result.status.value} after {result.seconds:.1f} s: {proof}"
    again = "gives this plan again" if result.reproducible else "may give another plan: time ran out or it was stopped"
    yield f"  the same call {again}"


def _levels(problem: Problem, result: Result, plan: Plan) -> Iterator[str]:
    yield "Goals, most important first; less is better, and nothing is below a bound given the goals before"
    rows = [("", "", "value", "bound", "gap", "")]
    for i, (level, reached) in enumerate(zip(problem.policy.levels, result.levels, strict=True), 1):
        parts = () if len(level.goals) == 1 and level.goals[0].weight == 1 else tuple(_parts(problem, plan, level))
        meaning = "weighted sum, in the plan of:" if parts else goal_meaning(level.goals[0])
        rows.append((str(i), level_name(level), *_figures(reached), meaning))
        if not math.isclose(reached.final, reached.value, rel_tol=1e-9, abs_tol=1e-9):
            rows.append(("", "  in the plan", number(reached.final), "", "", "after all later levels"))
        rows += parts
    yield from aligned(rows, "><>>><")


def _figures(reached: LevelOutcome) -> tuple[str, str, str]:
    return number(reached.value), NOTHING if reached.bound is None else number(reached.bound), percent(reached.gap)


def _parts(problem: Problem, plan: Plan, level: Level) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Take a level of several goals apart, each without its weight."""
    goals = [goal.model_copy(update={"weight": 1.0}) for goal in level.goals]
    apart = Policy(rules=problem.policy.rules, levels=tuple(Level(goal) for goal in goals))
    for goal, value in zip(goals, score(problem.instance, apart, plan), strict=True):
        yield "", f"  {goal_name(goal)}", number(value), "", "", goal_meaning(goal)


def _spread(report: EvennessReport) -> Iterator[str]:
    lowest, highest = _district_at(report, report.rate_min), _district_at(report, report.rate_max)
    yield f"Persons per 1,000 inhabitants: lowest {lowest}, mean {tenths(report.rate_mean)}, highest {highest}"
    everyone = sum(row.load for row in report.rows)
    share = f" ({percent(report.dissimilarity)})" if everyone else ""
    yield f"For a perfect spread {tenths(report.persons_to_move)} of {everyone:,} persons{share} would have to move"


def _district_at(report: EvennessReport, rate: float) -> str:
    """Return a rate with the first district that has it."""
    names = (f" ({row.name or row.district})" for row in report.rows if row.rate_per_1000 == rate)
    return tenths(rate) + next(names, "")


def _districts(report: EvennessReport) -> Iterator[str]:
    rows = [("", "district", "inhabitants", "persons", "target", "per 1,000", "deviation")]
    for row in report.rows:
        figures = (tenths(row.target), tenths(row.rate_per_1000), tenths(row.deviation, signed=True))
        rows.append((row.district, row.name, f"{row.population:,}", f"{row.load:,}", *figures))
    yield from aligned(rows, "<<>>>>>")
