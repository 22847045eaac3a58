"""open: nobody is placed at a closed site. min_stay: a new placement can last long enough."""

from __future__ import annotations

from collections.abc import Iterator

from dezentral.checks.rules.wording import about, who
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted
from dezentral.domain import Site


def open_sites(situation: Situation) -> Iterator[Violation]:
    """Report who is placed at a closed site; staying is no excuse."""
    for placed in situation.placed:
        if not situation.is_open(placed.site):
            reason = _why_closed(situation, placed.site)
            yield about(placed, "open", f"{who(placed)} is placed at site {placed.site.id}, which {reason}.")


def _why_closed(situation: Situation, site: Site) -> str:
    today = situation.instance.date
    if site.opening_cost is not None:
        return "is a candidate that is not opened"
    if today is not None and site.open_from is not None and today < site.open_from:
        return f"opens only on {site.open_from} (the planning day is {today})"
    return f"is closed from {site.open_until} on (the planning day is {today})"


def min_stay(situation: Situation) -> Iterator[Violation]:
    """Report new placements that cannot last `min_stay_days`: date + min_stay_days > open_until."""
    today, least = situation.instance.date, situation.rules.min_stay_days
    if today is None or not least:
        return
    for placed in situation.newly_placed:
        until = placed.site.open_until
        # Days are compared, not dates: a far day may lie beyond the calendar.
        if until is not None and (until - today).days < least:
            days = counted(max((until - today).days, 0), "day")
            yield about(
                placed,
                "min_stay",
                f"{who(placed)} could stay at site {placed.site.id} for {days}, until {until}; "
                f"at least {counted(least, 'day')} are asked for.",
            )
