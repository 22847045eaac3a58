"""Peer support in each district: how many more go without if one household goes elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

from dezentral.checks.assignment import left_over
from dezentral.checks.situation import Situation
from dezentral.domain import Household

Languages = tuple[str, ...]


class Peers:
    """Who seeks and who gives support in each district, by the languages they speak."""

    def __init__(self, situation: Situation) -> None:
        self._seeking: dict[str, Counter[Languages]] = defaultdict(Counter)
        self._giving: dict[str, Counter[Languages]] = defaultdict(Counter)
        self._known: dict[tuple[str, bool, Languages, int], int] = {}
        for district in situation.districts.values():
            for language, helped in district.support.items():
                self._giving[district.id][language,] += helped
        for placed in situation.placed:
            self._count(placed.household, placed.site.district)

    def change(self, household: Household, origin: str | None, district: str) -> int:
        """Return how many more persons go without if a household goes from one district (None: nowhere) to another."""
        if origin == district or not (household.seeks_support or household.supports):
            return 0
        return (0 if origin is None else self.leaving(household, origin)) + self._growth(household, district, 1)

    def leaving(self, household: Household, district: str) -> int:
        """Return how many more persons of a district go without if a household that is there goes away."""
        return self._growth(household, district, -1)

    def _growth(self, household: Household, district: str, sign: int) -> int:
        """Return how many more persons go without if a household is added (+1) or taken out (−1)."""
        spoken = tuple(sorted(household.languages))
        amount = sign * (household.size if household.seeks_support else household.supports)
        key = district, household.seeks_support, spoken, amount
        if key not in self._known:
            seeking, giving = self._seeking[district], self._giving[district]
            changed = Counter({spoken: amount})
            after = (
                (_added(seeking, changed), giving) if household.seeks_support else (seeking, _added(giving, changed))
            )
            self._known[key] = _without_support(*after) - _without_support(seeking, giving)
        return self._known[key]

    def _count(self, household: Household, district: str) -> None:
        spoken = tuple(sorted(household.languages))
        if household.seeks_support:
            self._seeking[district][spoken] += household.size
        elif household.supports:
            self._giving[district][spoken] += household.supports


def _added(counts: Counter[Languages], change: Counter[Languages]) -> Counter[Languages]:
    out = Counter(counts)
    out.update(change)
    return out


def _without_support(seeking: Mapping[Languages, int], giving: Mapping[Languages, int]) -> int:
    seekers, givers = sorted(seeking), sorted(giving)
    shared = [[not set(spoken).isdisjoint(offered) for offered in givers] for spoken in seekers]
    without, _ = left_over(
        np.array([seeking[spoken] for spoken in seekers], dtype=np.int64),
        np.array([giving[offered] for offered in givers], dtype=np.int64),
        np.array(shared, dtype=np.bool_).reshape(len(seekers), len(givers)),
    )
    return without
