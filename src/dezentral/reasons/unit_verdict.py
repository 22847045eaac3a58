"""Which unit more helps most, in one line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from dezentral.domain import Instance
from dezentral.domain.policy import Policy
from dezentral.reasons.explanation import changes_text
from dezentral.reasons.obstacle_words import district_words, site_words
from dezentral.wording import Language, counted, say

_DIGITS = 9  # finer differences are noise


class Tried(NamedTuple):
    """A unit kind at a site that one unit more was tried of, and how much lower each level then is (NaN = unknown)."""

    site: str
    unit: str
    gains: tuple[float, ...]


def unit_verdict(instance: Instance, policy: Policy, tried: Sequence[Tried], language: Language) -> str:
    """Return which unit helps most and what it gains; ``""`` where none was tried or too little is known.

    The most important level on which two differ decides; up to the first that changes, the gains of all must be known.
    """
    if not tried:
        return ""
    units = counted(len(tried), "unit", language)
    best = max(tried, key=lambda one: _rank(one.gains))
    decisive = next((i for i, gain in enumerate(_rank(best.gains)) if gain), len(best.gains) - 1)
    if any(math.isnan(gain) for one in tried for gain in one.gains[: decisive + 1]):
        return ""
    if _rank(best.gains) <= (0.0,) * len(best.gains):
        return say("bottlenecks.none", language, units=units)
    site = next(one for one in instance.sites if one.id == best.site)
    district = next(one for one in instance.districts if one.id == site.district)
    return say(
        "bottlenecks.best",
        language,
        units=units,
        unit=best.unit,
        site=site_words(site, language),
        district=district_words(district),
        changes=changes_text(policy.levels, tuple(-gain for gain in best.gains), language),
    )


def _rank(gains: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(0.0 if math.isnan(gain) else round(gain, _DIGITS) for gain in gains)
