"""What a plan brings, in words and numbers, without a word about a single household."""

from __future__ import annotations

import math
from collections.abc import Iterator
from textwrap import wrap

from dezentral.checks import score
from dezentral.cli.columns import aligned
from dezentral.cli.sources import Problem
from dezentral.cli.wording import goal_name, level_name, status_name
from dezentral.domain import Plan
from dezentral.domain.policy import Level, Policy
from dezentral.metrics import EvennessReport, evenness
from dezentral.report.rules import rules_in_force
from dezentral.solver import LevelOutcome, Result, Status
from dezentral.wording import NOTHING, Language, counted, goal_meaning, number, percent, say, tenths

_WIDTH = 100


def outcome(problem: Problem, result: Result, plan: Plan, language: Language = "en") -> str:
    """Return the outcome of a solve that brought a plan, as text."""
    report = evenness(problem.instance, plan)
    parts = (
        _problem(problem, language),
        _placed(problem, result, plan, language),
        _levels(problem, result, plan, language),
        _spread(report, language),
        _districts(report, language),
        (say("outcome.proposal", language),),
    )
    return "\n\n".join("\n".join(part) for part in parts)


def _problem(problem: Problem, language: Language) -> Iterator[str]:
    instance = problem.instance
    yield instance.name or say("outcome.untitled", language)
    sites = counted(len(instance.sites), "site", language)
    districts = counted(len(instance.districts), "district", language)
    yield "  " + say("outcome.where", language, sites=sites, districts=districts)
    yield "  " + say("outcome.policy", language, policy=problem.policy_name)
    yield from (f"    {rule}" for rule in rules_in_force(instance, problem.policy, language))
    for note in problem.notes:
        yield from wrap(note, width=_WIDTH, initial_indent="  ", subsequent_indent="  ")


def _placed(problem: Problem, result: Result, plan: Plan, language: Language) -> Iterator[str]:
    sizes = {household.id: household.size for household in problem.instance.households}
    placed = sum(sizes[placement.household] for placement in plan.placements)
    yield say(
        "outcome.placed",
        language,
        placed=number(placed, language),
        persons=counted(sum(sizes.values()), "person", language),
        placements=number(len(plan.placements), language),
        households=counted(len(sizes), "household", language),
    )
    if result.status is Status.OPTIMAL:
        proof = say("outcome.proven", language)
    else:
        unproven = [str(i) for i, level in enumerate(result.levels, 1) if level.status is not Status.OPTIMAL]
        proof = say("outcome.unproven", language, levels=", ".join(unproven))
    status, seconds = status_name(result.status, language), tenths(result.seconds, language)
    yield "  " + say("outcome.status", language, status=status, seconds=seconds, proof=proof)
    yield "  " + say("outcome.again" if result.reproducible else "outcome.not_again", language)


def _levels(problem: Problem, result: Result, plan: Plan, language: Language) -> Iterator[str]:
    yield say("outcome.goals", language)
    rows = [("", "", *(say(f"outcome.{name}", language) for name in ("value", "bound", "gap")), "")]
    for i, (level, reached) in enumerate(zip(problem.policy.levels, result.levels, strict=True), 1):
        single = len(level.goals) == 1 and level.goals[0].weight == 1
        parts = () if single else tuple(_parts(problem, plan, level, language))
        meaning = say("outcome.weighted", language) if parts else goal_meaning(level.goals[0], language)
        rows.append((str(i), level_name(level, language), *_figures(reached, language), meaning))
        if not math.isclose(reached.final, reached.value, rel_tol=1e-9, abs_tol=1e-9):
            in_plan, after = say("outcome.in_plan", language), say("outcome.after_all", language)
            rows.append(("", f"  {in_plan}", number(reached.final, language), "", "", after))
        rows += parts
    yield from aligned(rows, "><>>><")


def _figures(reached: LevelOutcome, language: Language) -> tuple[str, str, str]:
    bound = NOTHING if reached.bound is None else number(reached.bound, language)
    return number(reached.value, language), bound, percent(reached.gap, language)


def _parts(
    problem: Problem, plan: Plan, level: Level, language: Language
) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Take a level of several goals apart, each without its weight."""
    goals = [goal.model_copy(update={"weight": 1.0}) for goal in level.goals]
    apart = Policy(rules=problem.policy.rules, levels=tuple(Level(goal) for goal in goals))
    for goal, value in zip(goals, score(problem.instance, apart, plan), strict=True):
        yield "", f"  {goal_name(goal, language)}", number(value, language), "", "", goal_meaning(goal, language)


def _spread(report: EvennessReport, language: Language) -> Iterator[str]:
    yield say(
        "outcome.rates",
        language,
        lowest=_district_at(report, report.rate_min, language),
        mean=tenths(report.rate_mean, language),
        highest=_district_at(report, report.rate_max, language),
    )
    everyone = sum(row.load for row in report.rows)
    share = f" ({percent(report.dissimilarity, language)})" if everyone else ""
    persons = counted(everyone, "person", language)
    moving = tenths(report.persons_to_move, language)
    yield say("outcome.spread", language, moving=moving, persons=persons, share=share)


def _district_at(report: EvennessReport, rate: float, language: Language) -> str:
    """Return a rate with the first district that has it."""
    names = (f" ({row.name or row.district})" for row in report.rows if row.rate_per_1000 == rate)
    return tenths(rate, language) + next(names, "")


def _districts(report: EvennessReport, language: Language) -> Iterator[str]:
    names = ("district", "inhabitants", "persons", "target", "rate", "deviation")
    rows = [("", *(say(f"outcome.col.{name}", language) for name in names))]
    for row in report.rows:
        rates = (tenths(row.target, language), tenths(row.rate_per_1000, language))
        counts = (number(row.population, language), number(row.load, language))
        rows.append((row.district, row.name, *counts, *rates, tenths(row.deviation, language, signed=True)))
    yield from aligned(rows, "<<>>>>>")
