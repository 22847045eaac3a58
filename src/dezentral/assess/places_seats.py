"""Seats at services with capacities: how many more go without if one household goes elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np

from dezentral.assess.places_matching import Mask, Matching
from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.domain import Household, Site
from dezentral.domain.fields import MOST_PERSONS

_UNLIMITED = MOST_PERSONS**2  # more than anybody can seek
_KEPT = 32  # households like one another, or asked about by goal and rule, share what was found

Growth = Callable[[Site | None], int]


class Seating:
    """A best seating of some placed households, per kind of service that has capacities."""

    def __init__(self, situation: Situation, seated: Iterable[PlacedHousehold]) -> None:
        self._rows = situation.row_of_site
        members: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = defaultdict(
            lambda: np.zeros(len(self._rows), dtype=np.int64)
        )
        for placed in seated:
            for kind, needed in placed.household.needs.items():
                members[kind][self._rows[placed.site.id]] += needed
        self._reaches: dict[str, Mask] = {}
        self._matchings: dict[str, Matching] = {}
        self._growths: dict[tuple[str, int, int | None], Growth] = {}
        for kind, columns in _kinds_with_capacities(situation).items():
            self._reaches[kind] = np.isfinite(situation.service_metres[:, columns])
            seats = [situation.instance.services[column].capacity for column in columns]
            offered = np.array([_UNLIMITED if each is None else each for each in seats], dtype=np.int64)
            self._matchings[kind] = Matching.of(members[kind], offered, self._reaches[kind])

    def kinds(self, household: Household) -> list[str]:
        """Return the kinds with capacities that a household needs, sorted."""
        return sorted(household.needs.keys() & self._matchings.keys())

    def growth(self, household: Household, now: Site | None, kind: str) -> Growth:
        """Return how many more members of all households go without a seat of a kind if one goes to a site.

        Parameters
        ----------
        household
            Who goes.
        now
            From where its members are seated under the plan; None = they are not.
        kind
            One of its `kinds`.

        Returns
        -------
        Growth
            Site → the change (persons, less than 0 where more find a seat); None = it is seated nowhere.
        """
        key = kind, household.needs[kind], None if now is None else self._rows[now.id]
        found = self._growths.get(key)
        if found is None:
            found = self._growth(*key)
            if len(self._growths) >= _KEPT:
                self._growths.clear()
            self._growths[key] = found
        return found

    def _growth(self, kind: str, members: int, now: int | None) -> Growth:
        before = others = self._matchings[kind]
        if now is not None:
            others = before.copy()
            others.take_out(now, members)
        reaches, known = self._reaches[kind], dict[bytes, int]()

        def change(site: Site | None) -> int:
            if site is None:
                return others.without - before.without
            suits = reaches[self._rows[site.id]]
            key = suits.tobytes()
            if key not in known:
                known[key] = others.without + members - others.served(suits, members) - before.without
            return known[key]

        return change


class Seatings:
    """The two seatings of a plan, made when asked for: of all who are placed, and of the newly placed alone."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation

    @cached_property
    def placed(self) -> Seating:
        """Of all who are placed: what the goal counts."""
        return Seating(self._situation, self._situation.placed)

    @cached_property
    def newly_placed(self) -> Seating:
        """Of those who do not stay: what the rule counts."""
        situation = self._situation
        if len(situation.newly_placed) == len(situation.placed):
            return self.placed
        return Seating(situation, situation.newly_placed)


def _kinds_with_capacities(situation: Situation) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = defaultdict(list)
    limited = set()
    for column, service in enumerate(situation.instance.services):
        columns[service.kind].append(column)
        if service.capacity is not None:
            limited.add(service.kind)
    return {kind: columns[kind] for kind in sorted(limited)}
