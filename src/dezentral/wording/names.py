"""Goals, levels and rules by their names."""

from __future__ import annotations

from dezentral.domain.policy import Evenness, Goal, Level
from dezentral.wording.catalogue import Language, catalogue, say
from dezentral.wording.numerals import number


def goal_name(goal: Goal, language: Language = "en") -> str:
    """Return what a goal is called.

    Examples
    --------
    >>> goal_name(Evenness()), goal_name(Evenness(), "de")
    ('Evenness (chi-square)', 'Gleichmäßigkeit (Chi-Quadrat)')
    """
    return say(f"goal.name.{_key(goal)}", language)


def goal_meaning(goal: Goal, language: Language = "en") -> str:
    """Return what a goal counts, with its unit.

    Examples
    --------
    >>> goal_meaning(Evenness(measure="max_ratio"))
    'largest ratio of load to target'
    """
    return say(f"goal.meaning.{_key(goal)}", language)


def level_name(level: Level, language: Language = "en") -> str:
    """Return the goals of a level with their weights.

    Examples
    --------
    >>> from dezentral.domain.policy import Fit, Wishes
    >>> level_name(Level(Wishes(), Fit(weight=1000.0)))
    'Wishes + 1,000 × Fitting units'
    """
    return " + ".join(
        goal_name(goal, language)
        if goal.weight == 1
        else f"{number(goal.weight, language)} × {goal_name(goal, language)}"
        for goal in level.goals
    )


def rule_name(rule: str, language: Language = "en") -> str:
    """Return what a rule is called, e.g. of ``"site_cap"``.

    Examples
    --------
    >>> rule_name("site_cap"), rule_name("site_cap", "de")
    ('persons per site', 'Personen je Standort')
    """
    return say(f"rule.name.{rule}", language)


def rule_text(rule: str, language: Language = "en") -> str:
    """Return what a rule demands, in one sentence.

    Examples
    --------
    >>> rule_text("open")
    'Nobody is placed at a closed site.'
    """
    return say(f"rule.text.{rule}", language)


def term(word: str, language: Language = "en") -> str:
    """Return a word of the data, e.g. a kind of service, a feature or a trait; as it stands where there is no other.

    Examples
    --------
    >>> term("school"), term("school", "de"), term("sauna", "de")
    ('school', 'Schule', 'sauna')
    """
    return say(f"term.{word}", language) if f"term.{word}" in catalogue() else word


def _key(goal: Goal) -> str:
    return f"evenness.{goal.measure}" if isinstance(goal, Evenness) else goal.goal
