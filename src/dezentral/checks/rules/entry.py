"""admits, requires: a site lets the household in, and its unit has what the household must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dezentral.checks.rules.wording import about
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import listed
from dezentral.wording import term


def admits(situation: Situation) -> Iterator[Violation]:
    """Report who is newly placed at a site and has none of the traits that it admits."""
    for placed in situation.newly_placed:
        admitted = placed.site.admits
        if admitted is not None and not admitted & placed.household.traits:
            traits = listed(_terms(admitted, situation), situation.language, "or")
            yield about(situation, placed, "admits", f"admits.{'some' if admitted else 'nobody'}", traits=traits)


def requires(situation: Situation) -> Iterator[Violation]:
    """Report who is newly placed and misses a required feature in the unit and at the site."""
    for placed in situation.newly_placed:
        missing = placed.household.requires - placed.unit.features - placed.site.features
        if missing:
            yield about(situation, placed, "requires", missing=listed(_terms(missing, situation), situation.language))


def _terms(words: Iterable[str], situation: Situation) -> list[str]:
    return [term(word, situation.language) for word in sorted(words)]
