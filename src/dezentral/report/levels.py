"""The proof, level by level: what was reached, what is proven, as far as it may be told."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dezentral.checks import score
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import (
    COUNTS_IN_PERSONS,
    Cost,
    Evenness,
    Fit,
    Goal,
    Level,
    PeerSupport,
    Placed,
    Policy,
    Wishes,
)
from dezentral.metrics.small_numbers import SMALL, SMALL_TEXT, is_small, public_spread
from dezentral.report.unplaced import unplaced_persons
from dezentral.solver import LevelOutcome, Result, Status
from dezentral.wording import NOTHING, Language, goal_meaning, goal_name, level_name, number, percent, say

_IN_PERSONS = (*COUNTS_IN_PERSONS, PeerSupport)
_DIGITS = 2  # of a value that is told as "about"
_BLUR = 10  # beds that a rounded sum must leave open


class Proof:
    """A result, the plan as it is now, and what may be told about both.

    Attributes
    ----------
    spread, unplaced
        What may be told about the districts; persons without a place.
    changed
        Whether the plan is no longer the one that was proven.
    """

    def __init__(self, instance: Instance, policy: Policy, result: Result, plan: Plan) -> None:
        self.instance, self.policy, self.result, self.plan = instance, policy, result, plan
        self.spread, self.unplaced = public_spread(instance, plan), unplaced_persons(instance, plan)
        self.reached = score(instance, policy, plan)
        finals = [level.final for level in result.levels]
        self.changed = bool(plan.overrides) or not _same(self.reached, finals)

    @property
    def coarse(self) -> bool:
        """Whether some count is small: then other values could give it away."""
        return not self.spread.exact or (self.unplaced > 0 and is_small(self.unplaced))

    def parts(self, level: Level) -> list[tuple[Goal, float]]:
        """Return each goal of a level with its value in the plan, its weight left out."""
        goals = [goal.model_copy(update={"weight": 1.0}) for goal in level.goals]
        apart = Policy(rules=self.policy.rules, levels=tuple(Level(goal) for goal in goals))
        return list(zip(goals, score(self.instance, apart, self.plan), strict=True))


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as it may be told: exactly, about, or not (`text` then is a limit or says so)."""

    text: str
    exact: bool = True
    about: bool = False


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One row of the proof, written out; `parts` are the goals of a level of several."""

    number: int
    name: str
    meaning: str
    value: str
    bound: str
    gap: str
    status: str
    proven: bool
    final: str
    parts: tuple[tuple[str, str, str], ...]


def level_rows(proof: Proof, language: Language) -> list[LevelLine]:
    """Return one row per level, in their order."""
    return [_line(proof, i, language) for i in range(len(proof.policy.levels))]


def _line(proof: Proof, i: int, language: Language) -> LevelLine:
    level, outcome, reached = proof.policy.levels[i], proof.result.levels[i], proof.reached[i]
    single = len(level.goals) == 1 and level.goals[0].weight == 1
    told = [(goal, _figure(proof, goal, value, language)) for goal, value in proof.parts(level)]
    if single:
        value, final = (_figure(proof, level.goals[0], amount, language) for amount in (outcome.value, reached))
    else:
        figures = [figure for _, figure in told]
        value, final = (_sum(proof, level, amount, figures, language) for amount in (outcome.value, reached))
    return LevelLine(
        number=i + 1,
        name=level_name(level, language),
        meaning=goal_meaning(level.goals[0], language) if single else say("report.weighted_sum", language),
        value=value.text,
        bound=_bound(level, outcome, value, language),
        gap=_gap(outcome, value, language),
        status=say(f"report.level_status.{outcome.status}", language),
        proven=outcome.status is Status.OPTIMAL,
        final=final.text,
        parts=() if single else tuple(
            (goal_name(goal, language), figure.text, goal_meaning(goal, language)) for goal, figure in told
        ),
    )  # fmt: skip


def _figure(proof: Proof, goal: Goal, value: float, language: Language) -> Figure:
    if isinstance(goal, (*_IN_PERSONS, Wishes)):
        return _count(proof, goal, value, language)
    if isinstance(goal, Evenness):
        if proof.coarse:
            return _untold(language)
        if goal.measure == "persons_to_move" and is_small(value):
            return Figure(SMALL_TEXT if value else number(0, language), exact=not value)
    elif proof.coarse:
        # Both are told by whoever knows the prices, or the units in use, as so many persons.
        return _untold(language) if isinstance(goal, (Cost, Fit)) else _about(value, language)
    return Figure(number(value, language))


def _count(proof: Proof, goal: Goal, value: float, language: Language) -> Figure:
    if isinstance(goal, Placed) and proof.unplaced:
        if is_small(proof.unplaced):
            return Figure(SMALL_TEXT, exact=False) if is_small(value) else _untold(language)  # priorities tell the rest
        if 0 < abs(value - proof.unplaced) < SMALL:
            return _untold(language)  # beside the persons it would tell how few are urgent
    if not value:
        return Figure(number(0, language) if isinstance(goal, Wishes) else say("report.nobody", language))
    return Figure(SMALL_TEXT, exact=False) if is_small(value) else Figure(number(value, language))


def _sum(proof: Proof, level: Level, value: float, parts: list[Figure], language: Language) -> Figure:
    if all(part.exact and not part.about for part in parts):
        return Figure(number(value, language))
    told = [part.exact or _is_blurred(goal, value) for goal, part in zip(level.goals, parts, strict=True)]
    evenness = any(isinstance(goal, Evenness) for goal in level.goals)
    if evenness or not proof.coarse or not all(told):
        return _untold(language)  # less the other parts, it would give the untold one away
    return _about(value, language)


def _is_blurred(goal: Goal, value: float) -> bool:
    """Return whether a sum, told as "about", leaves open so many beds that no small number follows from it."""
    return isinstance(goal, Fit) and 10.0 ** -_digits(value) >= _BLUR * goal.weight


def _bound(level: Level, outcome: LevelOutcome, value: Figure, language: Language) -> str:
    if outcome.bound is None:
        return NOTHING
    evenness = any(isinstance(goal, Evenness) for goal in level.goals)
    if not value.exact or (value.about and evenness):
        return _untold(language).text
    if value.about:
        return _about(outcome.bound, language).text
    counts = all(isinstance(goal, _IN_PERSONS) for goal in level.goals)
    return SMALL_TEXT if counts and outcome.bound > 0 and is_small(outcome.bound) else number(outcome.bound, language)


def _gap(outcome: LevelOutcome, value: Figure, language: Language) -> str:
    return percent(outcome.gap, language) if value.exact or not outcome.gap else _untold(language).text


def _about(value: float, language: Language) -> Figure:
    rounded = round(value, _digits(value))
    return Figure(say("report.about", language, amount=number(rounded, language)), about=True)


def _digits(value: float) -> int:
    return _DIGITS - 1 - (math.floor(math.log10(abs(value))) if value and math.isfinite(value) else 0)


def _untold(language: Language) -> Figure:
    return Figure(say("report.protected", language), exact=False)


def _same(values: tuple[float, ...], others: list[float]) -> bool:
    return all(
        math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6) for one, other in zip(values, others, strict=True)
    )
