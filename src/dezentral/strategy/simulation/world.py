"""Who comes and goes when, and what the city is like on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dezentral.domain import Household, Instance, Plan, Table
from dezentral.domain.relation import Relation
from dezentral.errors import Fault, InstanceError, written


@dataclass(frozen=True)
class World:
    """Everything that will happen.

    Attributes
    ----------
    instance
        At the beginning.
    arrivals
        By date, then id.
    departures
        Household id → first day on which it is gone.
    """

    instance: Instance
    arrivals: tuple[Household, ...]
    departures: Mapping[str, dt.date]

    @classmethod
    def of(cls, instance: Instance, arrivals: Any, departures: Any) -> World:
        """Check the arguments.

        Raises
        ------
        InstanceError
            With every fault.
        """
        given = tuple(arrivals) if isinstance(arrivals, Sequence) else (arrivals,)
        leaving = departures if isinstance(departures, Mapping) else {"": departures}
        faults = [*_arrival_faults(given), *_departure_faults(instance, given, leaving)]
        people = [one for one in given if isinstance(one, Household)]
        try:
            instance.replace(households=(*instance.households, *people))
        except InstanceError as error:  # double ids and dangling references
            faults += error.faults
        if faults:
            raise InstanceError.of(faults)
        dated = sorted(given, key=lambda one: (one.arrival or dt.date.min, one.id))
        return cls(instance, tuple(dated), dict(sorted(leaving.items())))

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """The days of the steps: arrivals, departures, and between them sites that open or close."""
        events = {self.begins(one) for one in self.arrivals}
        events |= {self._not_before(day) for day in self.departures.values()}
        if not events:
            return () if self.instance.date is None else (self.instance.date,)
        first, last = min(events), max(events)
        doors = [day for site in self.instance.sites for day in (site.open_from, site.open_until) if day is not None]
        return tuple(sorted(events | {day for day in doors if first < day < last}))

    def begins(self, household: Household) -> dt.date:
        """Return the day from which on a household is there: its arrival, or the planning day if that is later."""
        return self._not_before(household.arrival or dt.date.min)

    def present(self, day: dt.date | None) -> tuple[Household, ...]:
        """Return who is there on a day, before anybody was placed."""
        come = [one for one in self.arrivals if day is not None and self.begins(one) <= day]
        return tuple(
            one
            for one in (*self.instance.households, *come)
            if day is None or one.id not in self.departures or day < self.departures[one.id]
        )

    def on(self, day: dt.date | None, before: Plan | None) -> Instance:
        """Return the city on a day, people living where the plan before it placed them."""
        people = self.present(day) if before is None else tuple(_settled(self.present(day), before))
        return with_people(self.instance, people, date=day)

    def _not_before(self, day: dt.date) -> dt.date:
        return day if self.instance.date is None else max(day, self.instance.date)


def with_people(instance: Instance, people: Sequence[Household], **more: Any) -> Instance:
    """Return the instance with other households; relations and utilities of those who are gone go with them."""
    ids = {one.id for one in people}
    return instance.replace(
        households=tuple(people),
        relations=tuple(_relations(instance.relations, ids)),
        utilities=None if instance.utilities is None else _rows(instance.utilities, ids),
        **more,
    )


def _settled(people: Sequence[Household], before: Plan) -> Iterator[Household]:
    """Let people live where they were placed; who was not in the plan lives where they say."""
    placed = {placement.household: placement for placement in before.placements}
    known = {*placed, *before.unplaced}
    for one in people:
        place = placed.get(one.id)
        here = {"current_site": place and place.site, "current_unit": place and place.unit}
        yield one.model_copy(update=here) if one.id in known else one


def _relations(relations: Sequence[Relation], ids: set[str]) -> Iterator[Relation]:
    for relation in relations:
        members = tuple(key for key in relation.households if key in ids)
        if len(members) > 1:
            yield relation.model_copy(update={"households": members})


def _rows(table: Table, ids: set[str]) -> Table:
    kept = [i for i, row in enumerate(table.rows) if row in ids]
    rows, data = (tuple(part[i] for i in kept) for part in (table.rows, table.data))
    return table.model_copy(update={"rows": rows, "data": data})


def _arrival_faults(arrivals: Sequence[Any]) -> Iterator[Fault]:
    for one in arrivals:
        if not isinstance(one, Household):
            yield Fault("simulate", "arrivals", one, "households")
        elif one.arrival is None:
            yield Fault(f"household {one.id!r}", "arrival", None, "a date: it is among the arrivals")


def _departure_faults(instance: Instance, arrivals: Sequence[Any], departures: Mapping[Any, Any]) -> Iterator[Fault]:
    known: dict[str, dt.date | None] = {one.id: None for one in instance.households}
    known |= {one.id: one.arrival for one in arrivals if isinstance(one, Household)}
    for key, day in departures.items():
        if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
            yield Fault(f"household {written(key)}", "departures", day, "a date")
        elif key not in known:
            yield Fault("simulate", "departures", key, "the id of a household of the instance or of the arrivals")
        elif (came := known[key]) is not None and day <= came:
            yield Fault(f"household {written(key)}", "departures", day, f"a date after its arrival on {came}")
