"""The rules in force, in sentences."""

from __future__ import annotations

from dezentral.domain import Instance
from dezentral.domain.policy import Policy, Rules
from dezentral.wording import Language, counted, metres, number, percent, say, term


def rules_in_force(instance: Instance, policy: Policy, language: Language) -> list[str]:
    """Return one sentence for every rule that the policy sets.

    An operator whose sites are all confidential is not named: that would tell that it has some.
    """
    rules = policy.rules
    sentences = [
        say(f"report.rule.{name}", language, value=value)
        for name, value in _plain(rules, language).items()
        if getattr(rules, name) != Rules.model_fields[name].get_default(call_default_factory=True)
    ]
    if rules.service_capacity:
        sentences.append(say("report.rule.service_capacity", language))
    for kind, limit in sorted(rules.max_distance.items()):
        values = {"key": term(kind, language), "value": metres(limit, language)}
        sentences.append(say("report.rule.max_distance", language, **values))
    return sentences + _operators(instance, rules, language)


def _plain(rules: Rules, language: Language) -> dict[str, str]:
    return {
        "max_site_persons": counted(rules.max_site_persons or 0, "person", language),
        "min_area_per_person_m2": number(rules.min_area_per_person_m2 or 0.0, language),
        "max_units_per_household": number(rules.max_units_per_household, language),
        "max_single_share": percent(rules.max_single_share, language),
        "max_moves": counted(rules.max_moves or 0, "household", language),
        "min_stay_days": counted(rules.min_stay_days, "day", language),
    }


def _operators(instance: Instance, rules: Rules, language: Language) -> list[str]:
    protected = {site.operator for site in instance.sites if site.confidential}
    public = {site.operator for site in instance.sites if not site.confidential}
    told = {name: cap for name, cap in rules.operator_capacity.items() if name in public or name not in protected}
    sentences = [
        say("report.rule.operator_capacity", language, key=name, value=counted(cap, "person", language))
        for name, cap in sorted(told.items())
    ]
    if len(told) < len(rules.operator_capacity):
        sentences.append(say("report.rule.operators_untold", language))
    return sentences
