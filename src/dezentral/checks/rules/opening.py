"""open: nobody is placed at a closed site. min_stay: a new placement can last long enough."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.rules.wording import about
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted
from dezentral.wording import day


def open_sites(situation: Situation) -> Iterator[Violation]:
    """Report who is placed at a closed site; staying is no excuse."""
    for placed in situation.placed:
        if not situation.is_open(placed.site):
            yield _closed(situation, placed)


def _closed(situation: Situation, placed: PlacedHousehold) -> Violation:
    site, today = placed.site, situation.instance.date
    if site.opening_cost is not None or today is None:
        return about(situation, placed, "open", "open.candidate")
    later = site.open_from is not None and today < site.open_from
    date = site.open_from if later else site.open_until
    days = {"date": day(date or today, situation.language), "today": day(today, situation.language)}
    return about(situation, placed, "open", f"open.{'later' if later else 'over'}", **days)


def min_stay(situation: Situation) -> Iterator[Violation]:
    """Report new placements that cannot last `min_stay_days`: date + min_stay_days > open_until."""
    today, least = situation.instance.date, situation.rules.min_stay_days
    if today is None or not least:
        return
    for placed in situation.newly_placed:
        until = placed.site.open_until
        # Days are compared, not dates: a far day may lie beyond the calendar.
        if until is not None and (until - today).days < least:
            language = situation.language
            yield about(
                situation,
                placed,
                "min_stay",
                days=counted(max((until - today).days, 0), "day", language),
                until=day(until, language),
                least=counted(least, "day", language),
            )
