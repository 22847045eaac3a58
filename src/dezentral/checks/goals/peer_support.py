"""peer_support: who seeks peer support and finds none in the district."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

from dezentral.checks.assignment import left_over
from dezentral.checks.situation import Situation
from dezentral.domain.policy import PeerSupport

Languages = tuple[str, ...]


def peer_support(situation: Situation, _goal: PeerSupport) -> float:
    """Return the persons of `seeks_support` households whom a best matching leaves without support.

    Within a district each of them is matched to one who gives support in a shared language: a placed household up to
    `supports` persons, the district's circles up to its `support` in a language.
    """
    seeking: dict[str, Counter[Languages]] = defaultdict(Counter)
    giving: dict[str, Counter[Languages]] = defaultdict(Counter)
    for district in situation.districts.values():
        for language, helped in district.support.items():
            giving[district.id][language,] += helped
    for placed in situation.placed:
        household, district_id = placed.household, placed.site.district
        spoken = tuple(sorted(household.languages))
        if household.seeks_support:
            seeking[district_id][spoken] += household.size
        elif household.supports:
            giving[district_id][spoken] += household.supports
    return sum(_without_support(seeking[key], giving[key]) for key in sorted(seeking))


def _without_support(seeking: Mapping[Languages, int], giving: Mapping[Languages, int]) -> int:
    seekers, givers = sorted(seeking), sorted(giving)
    shared = [[not set(spoken).isdisjoint(offered) for offered in givers] for spoken in seekers]
    without, _ = left_over(
        np.array([seeking[spoken] for spoken in seekers], dtype=np.int64),
        np.array([giving[offered] for offered in givers], dtype=np.int64),
        np.array(shared, dtype=np.bool_).reshape(len(seekers), len(givers)),
    )
    return without
