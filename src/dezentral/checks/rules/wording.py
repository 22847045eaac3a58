"""How violations name those whom they concern."""

from __future__ import annotations

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted
from dezentral.domain import Household
from dezentral.wording import Language, say


def who(household: Household, language: Language) -> str:
    """Return ``"Household h1 (3 persons)"``."""
    return say("violation.who", language, household=household.id, persons=counted(household.size, "person", language))


def about(situation: Situation, placed: PlacedHousehold, rule: str, key: str = "", **values: str) -> Violation:
    """Build a violation that concerns a single placement.

    Parameters
    ----------
    situation, placed
        The plan, and the placement.
    rule
        Its rule's name.
    key
        Names its sentence in the catalogue, after ``"violation."``; by default the rule does.
    **values
        What the sentence says besides the household, its site and its unit kind.
    """
    words = say(
        f"violation.{key or rule}",
        situation.language,
        who=who(placed.household, situation.language),
        site=placed.site.id,
        unit=placed.unit.id,
        **values,
    )
    return Violation.of(
        rule,
        words,
        households=[placed.id],
        sites=[placed.site.id],
        districts=[placed.site.district],
    )
