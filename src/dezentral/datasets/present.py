"""Who lives where today: a feasible present, as uneven as the stock."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral.datasets.rooms import Rooms
from dezentral.domain import Household, Site

_MOST_PERSONS = 250  # at a site
_HALL_TIER = 1.5  # a family lives in a hall rather than leave two beds empty elsewhere

# (size, sex where rooms are shared, traits, required features): where two households of one key can live is the same
_Key = tuple[int, str | None, frozenset[str], frozenset[str]]


def with_present(
    rng: np.random.Generator,
    households: Sequence[Household],
    sites: Sequence[Site],
    occupied: float,
) -> list[Household]:
    """Let the first to arrive, `occupied` of all persons, live at sites that fit them; fewer if no more fit.

    Families choose first, large ones before small ones, everyone the unit that wastes least, sites in proportion to
    their units. Unit counts, sharing by sex, admission, required features, 7 m² a person, two units a household and
    250 persons a site are respected. Who of the first finds nothing is replaced by those who came later.
    """
    left = round(occupied * sum(household.size for household in households))
    rooms = [Rooms(site, unit) for site in sites for unit in site.units]
    load = dict.fromkeys((site.id for site in sites), 0)
    order = _Order(rng, rooms)
    lives: dict[str, Rooms] = {}
    waiting = sorted(households, key=lambda household: (household.arrival is None, household.arrival, household.id))
    while waiting and left:
        first, waiting = _first(waiting, left)
        if not first:
            break
        for household in sorted(first, key=lambda household: (not household.requires, -household.size, household.id)):
            home = order.home(household, load)
            if home is not None:
                home.take(household)
                load[home.site.id] += household.size
                lives[household.id] = home
                left -= household.size
    return [_settled(household, lives.get(household.id)) for household in households]


def _first(waiting: list[Household], persons: int) -> tuple[list[Household], list[Household]]:
    """Split off the first households that together are no more than `persons`."""
    first, later = [], []
    for household in waiting:
        if household.size <= persons:
            first.append(household)
            persons -= household.size
        else:
            later.append(household)
    return first, later


def _settled(household: Household, home: Rooms | None) -> Household:
    if home is None:
        return household
    return household.model_copy(update={"current_site": home.site.id, "current_unit": home.unit.id})


class _Order:
    """For each kind of household the rooms that suit it, least waste first."""

    def __init__(self, rng: np.random.Generator, rooms: Sequence[Rooms]) -> None:
        self._rng, self._rooms = rng, rooms
        self._queues: dict[_Key, list[Rooms]] = {}

    def home(self, household: Household, load: dict[str, int]) -> Rooms | None:
        """Return rooms where the household can live now; None if there are none."""
        key = (household.size, household.sex, household.traits, household.requires)
        if key not in self._queues:
            self._queues[key] = self._queue(household)
        queue = self._queues[key]
        while queue:
            # A ticket is used once: rooms that are full for such a household stay full for the next.
            rooms = queue.pop()
            if rooms.has_room(household) and load[rooms.site.id] + household.size <= _MOST_PERSONS:
                return rooms
        return None

    def _queue(self, household: Household) -> list[Rooms]:
        """Return each kind of rooms once per such household that fits, best last: large sites come up more often."""
        suitable = [rooms for rooms in self._rooms if rooms.suits(household)]
        tickets = [rooms for rooms in suitable for _ in range(rooms.most(household))]
        shuffled = [tickets[position] for position in self._rng.permutation(len(tickets))]
        return sorted(shuffled, key=lambda rooms: -_tier(rooms, household))


def _tier(rooms: Rooms, household: Household) -> float:
    in_hall = rooms.unit.sharing == "dormitory" and household.size > 1
    return _HALL_TIER if in_hall else rooms.waste(household)
