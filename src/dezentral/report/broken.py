"""Which rules a plan breaks, without a word about whose placement does."""

from __future__ import annotations

from dezentral.checks import check
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.wording import Language, rule_name, rule_text


def broken_rules(instance: Instance, policy: Policy, plan: Plan, language: Language) -> list[tuple[str, str]]:
    """Return each broken rule with what it demands, sorted by name."""
    rules = sorted({violation.rule for violation in check(instance, policy, plan)})
    return [(rule_name(rule, language), rule_text(rule, language)) for rule in rules]
