"""Who is without a place, as counts by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dezentral.assess.places import Outlook, places_of
from dezentral.checks import RULE_NAMES
from dezentral.domain import Household, Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.metrics.small_numbers import SMALL_TEXT, is_small
from dezentral.reasons.closest import closest_places
from dezentral.wording import Language, number, say

# What no rule reads of a household: those that differ in nothing else are kept out alike.
_UNREAD: dict[str, object] = {
    "arrival": None, "priority": 1, "wishes": (), "anchors": (), "languages": frozenset(), "supports": 0,
    "seeks_support": False,
}  # fmt: skip


def unplaced_persons(instance: Instance, plan: Plan) -> int:
    """Return the persons of all households without a place."""
    left = set(plan.unplaced)
    return sum(household.size for household in instance.households if household.id in left)


def unplaced_text(persons: int, language: Language) -> str:
    """Return how many are without a place; that it is nobody is told, as it says nothing about anyone."""
    if not persons:
        return say("report.nobody", language)
    return say("report.persons", language, amount=SMALL_TEXT if is_small(persons) else number(persons, language))


def unplaced_sentence(persons: int, language: Language) -> str:
    """Return the same as a sentence."""
    if not persons:
        return say("report.unplaced.none", language)
    return say("report.unplaced.some", language, persons=unplaced_text(persons, language))


def why_rows(instance: Instance, policy: Policy, plan: Plan, language: Language) -> list[tuple[list[str], str]]:
    """Return what keeps people out, each with the persons for whom it does so at most sites."""
    by_rule = _by_rule(instance, policy, plan)
    counts = {say(f"report.why.{rule}", language): persons for rule, persons in by_rule.items()}
    if is_small(sum(counts.values())):
        return [([reason], SMALL_TEXT) for reason in sorted(counts)]
    return [(reasons, number(persons, language)) for reasons, persons in together(counts)]


def _by_rule(instance: Instance, policy: Policy, plan: Plan) -> Counter[str]:
    persons: Counter[str] = Counter()
    if not plan.unplaced:
        return persons
    places = places_of(instance, policy, plan)
    related = {key for relation in instance.relations for key in relation.households}
    known: dict[tuple[str, Household], str] = {}
    for household in places.situation.unplaced:
        alike = household.model_copy(update={**_UNREAD, "id": "any"})
        kind = household.id if household.id in related else "", alike
        if kind not in known:
            known[kind] = _main_rule(places.outlook(household.id))
        persons[known[kind]] += household.size
    return persons


def _main_rule(outlook: Outlook) -> str:
    """Return the rule that keeps a household out of most sites, all others staying put; protected ones do not count."""
    closest = [place for place in closest_places(outlook) if not place.site.confidential]
    if any(not place.obstacles for place in closest):
        return "free"
    rules = Counter(rule for place in closest for rule in {obstacle.rule for obstacle in place.obstacles})
    return min(rules, key=lambda rule: (-rules[rule], RULE_NAMES.index(rule)), default="nothing")


def together(counts: Mapping[str, int]) -> list[tuple[list[str], int]]:
    """Return counts by reason, those of few persons together with others until they are five or more.

    Every person stands under one reason and their number is told, so that a single small count could be worked out.

    Examples
    --------
    >>> together({"a": 40, "b": 9, "c": 3, "d": 1})
    [(['a'], 40), (['b', 'c', 'd'], 13)]
    """
    order = sorted(counts, key=lambda reason: (-counts[reason], reason))
    few = [reason for reason in order if is_small(counts[reason])]
    told = order[: len(order) - len(few)]
    while few and told and is_small(sum(counts[reason] for reason in few)):
        few.insert(0, told.pop())
    rows = [([reason], counts[reason]) for reason in told]
    return [*rows, (few, sum(counts[reason] for reason in few))] if few else rows
