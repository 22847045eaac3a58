"""fixed: a household with a fixed site is placed there."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.rules.wording import about, who
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.wording import say


def fixed(situation: Situation) -> Iterator[Violation]:
    """Report who has a fixed site and is not placed there, or not at all."""
    for placed in situation.placed:
        target = placed.household.fixed_site
        if target is not None and target != placed.site.id:
            yield Violation.of(
                "fixed",
                about(situation, placed, "fixed", "fixed.elsewhere", fixed=target).message,
                households=[placed.id],
                sites=[target, placed.site.id],
                districts=[situation.sites[target].district, placed.site.district],
            )
    for household in situation.unplaced:
        target = household.fixed_site
        if target is not None:
            name = who(household, situation.language)
            yield Violation.of(
                "fixed",
                say("violation.fixed.unplaced", situation.language, who=name, fixed=target),
                households=[household.id],
                sites=[target],
                districts=[situation.sites[target].district],
            )
