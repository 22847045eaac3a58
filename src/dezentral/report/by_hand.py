"""What was decided by hand, as counts by who decided and why."""

from __future__ import annotations

from collections import Counter

from dezentral.domain import Plan
from dezentral.metrics.small_numbers import SMALL_TEXT, is_small
from dezentral.report.hidden_words import HiddenWords
from dezentral.wording import Language, number


def overrides(plan: Plan, hidden: HiddenWords, language: Language) -> list[tuple[str, str, str]]:
    """Return who decided, why and how often, sorted; no total, from which a small number could be worked out."""
    counts = Counter(
        (hidden.removed(entry.by, language), hidden.removed(entry.reason, language)) for entry in plan.overrides
    )
    return [
        (by, reason, SMALL_TEXT if is_small(amount) else number(amount, language))
        for (by, reason), amount in sorted(counts.items())
    ]
