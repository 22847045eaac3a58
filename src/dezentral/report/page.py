"""The page: what it says, and the template that says it."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_all, require_instance, require_kind, require_policy
from dezentral.domain.policy import Policy
from dezentral.errors import Fault, PolicyError
from dezentral.report.broken import broken_rules
from dezentral.report.by_hand import overrides
from dezentral.report.districts import district_rows, district_summary
from dezentral.report.hidden_words import HiddenWords
from dezentral.report.levels import Proof, level_rows
from dezentral.report.rules import rules_in_force
from dezentral.report.svg_map import svg_map
from dezentral.report.unplaced import unplaced_sentence, unplaced_text, why_rows
from dezentral.solver import Result, Status
from dezentral.wording import Language, listed, require_language, say


def page(instance: Instance, policy: Policy, result: Result, language: Language) -> str:
    """Return the report as HTML.

    Raises
    ------
    InstanceError, PlanError, PolicyError
        If plan, instance, policy and result do not belong together.
    """
    require_instance(instance)
    require_all(
        lambda: require_policy(policy),
        lambda: require_kind(result, Result, "result", PolicyError),
        lambda: require_language(language),
    )
    plan = result.plan
    if plan is not None:
        require_match(instance, plan)
        _require_same_levels(policy, result)
    hidden = HiddenWords(instance)
    name = hidden.removed(instance.name, language)
    content: dict[str, Any] = {
        "language": language,
        "say": lambda key, **values: say(f"report.{key}", language, **values),
        "title": say("report.title", language, name=name) if name else say("report.untitled", language),
        "day": _day(instance, language),
        "status": str(result.status),
        "rules": rules_in_force(instance, policy, language),
        "versions": [f"{name} {number}" for name, number in sorted(result.version.items())],
        "reproducible": result.reproducible,
        "plan": None,
    }
    if plan is not None:
        content |= _about_plan(instance, policy, result, plan, language)
        content["overrides"] = overrides(plan, hidden, language)
        content["plan"] = {"digest": plan.digest}
    return _environment().get_template("report.html.j2").render(content)


def _about_plan(instance: Instance, policy: Policy, result: Result, plan: Plan, language: Language) -> dict[str, Any]:
    proof = Proof(instance, policy, result, plan)
    spread, unplaced = proof.spread, proof.unplaced
    levels = level_rows(proof, language)
    return {
        "summary": _summary(proof, language),
        "proof": _proof_sentence(result, language),
        "changed": proof.changed,
        "show_final": proof.changed or any(level.final != level.value for level in levels),
        "levels": levels,
        "map": svg_map(instance, spread, language),
        "districts": district_rows(spread, language),
        "coarse": not spread.exact,
        "unplaced_sentence": unplaced_sentence(unplaced, language),
        "why": why_rows(instance, policy, plan, language),
        "broken": broken_rules(instance, policy, plan, language),
    }


def _summary(proof: Proof, language: Language) -> list[tuple[str, str]]:
    status = "changed" if proof.changed else proof.result.status
    facts = {"status": say(f"report.status.{status}", language), **district_summary(proof.spread, language)}
    facts["unplaced"] = unplaced_text(proof.unplaced, language)
    order = ("status", "persons", "unplaced", "rates", "to_move")
    return [(say(f"report.fact.{key}", language), facts[key]) for key in order]


def _proof_sentence(result: Result, language: Language) -> str:
    if result.status is not Status.FEASIBLE:
        return say(f"report.proof.{result.status}", language)
    unproven = [str(i) for i, level in enumerate(result.levels, 1) if level.status is not Status.OPTIMAL]
    some = say(f"report.levels.{'one' if len(unproven) == 1 else 'many'}", language, list=listed(unproven, language))
    return say("report.proof.FEASIBLE", language, levels=some)


def _day(instance: Instance, language: Language) -> str:
    if instance.date is None:
        return ""
    day = say("report.day", language, year=instance.date.year, month=instance.date.month, day=instance.date.day)
    return say("report.planning_day", language, day=day)


def _require_same_levels(policy: Policy, result: Result) -> None:
    asked = [level.goals for level in policy.levels]
    answered = [level.goals for level in result.levels]
    if asked != answered:
        allowed = "the levels of the policy that the result was solved with"
        raise PolicyError.of([Fault("policy", "levels", f"{len(asked)} levels", allowed)])


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dezentral.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
