"""The line that a council needs: reached, best reachable, perfect, and what the rest is due to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from dezentral.assess.changed import SAME
from dezentral.checks import RULE_NAMES
from dezentral.domain.policy import Evenness
from dezentral.wording import Language, goal_meaning, number, rule_name, say

_NAMED_OTHERWISE = frozenset({"fixed"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands: its own value, the bounds, and what is left with each cause alone lifted."""

    measure: Evenness
    reached: float
    best: float
    perfect: float
    alone: Mapping[str, float]
    keeps_rules: bool


def cause_name(cause: str, language: Language = "en") -> str:
    """Return what a cause, or a row about the plan, is called."""
    if cause in RULE_NAMES and cause not in _NAMED_OTHERWISE:
        return rule_name(cause, language)
    return say(f"decisions.cause.{cause}", language)


def verdict(standing: Standing, language: Language = "en") -> str:
    """Return where the plan stands, in one line."""
    meaning = goal_meaning(standing.measure, language)
    told = [
        say(
            "decisions.verdict.values",
            language,
            measure=meaning[0].upper() + meaning[1:],
            reached=number(standing.reached, language),
            best=number(standing.best, language),
            perfect=number(standing.perfect, language),
        )
    ]
    if not standing.keeps_rules:
        told.append(say("decisions.verdict.breaks_rules", language))
    return " ".join([*told, _rest(standing, language)])


def _rest(standing: Standing, language: Language) -> str:
    best = standing.best
    if math.isnan(best):
        return say("decisions.verdict.no_plan", language)
    if best - standing.perfect <= SAME * max(1.0, best):
        return say("decisions.verdict.perfect", language)
    cause = min(standing.alone, key=lambda own: standing.alone[own])
    left = standing.alone[cause]
    if best - left <= SAME * max(1.0, best):
        return say("decisions.verdict.together", language)
    values = {"cause": cause_name(cause, language), "left": number(left, language)}
    return say("decisions.verdict.most", language, **values)
