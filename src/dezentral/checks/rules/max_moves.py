"""max_moves: not too many households have to move."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted, figure
from dezentral.wording import say


def max_moves(situation: Situation) -> Iterator[Violation]:
    """Report when more than `max_moves` households are placed at another site than their current one.

    Who cannot stay (the current site is closed or excluded, or another one is fixed) does not count.
    """
    most = situation.rules.max_moves
    if most is None:
        return
    movers = [placed for placed in situation.placed if _moves_but_could_stay(situation, placed)]
    if len(movers) > most:
        language = situation.language
        moved = counted(len(movers), "household", language)
        yield Violation.of(
            "max_moves",
            say("violation.max_moves", language, households=moved, most=figure(most, language)),
            households=[placed.id for placed in movers],
        )


def _moves_but_could_stay(situation: Situation, placed: PlacedHousehold) -> bool:
    household, home = placed.household, situation.home(placed.household)
    if home is None or home.id == placed.site.id:
        return False
    excluded = home.id in household.excluded_sites or home.district in household.excluded_districts
    return situation.is_open(home) and not excluded and household.fixed_site in {None, home.id}
