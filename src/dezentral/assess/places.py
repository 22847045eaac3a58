"""One household at every place, all others staying put."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from dezentral.assess.places_goals import Change, Standing, change_of
from dezentral.assess.places_rules import Obstacle, Rulebook
from dezentral.assess.places_seats import Seatings
from dezentral.assess.places_units import Ledger
from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.domain import Household, Instance, Plan, Site, Unit, require_match
from dezentral.domain.arguments import require_policy
from dezentral.domain.policy import Policy
from dezentral.errors import Fault, InstanceError

_KEPT = 4


@dataclass(frozen=True, slots=True)
class Place:
    """One kind of unit at one site, as a place for one household.

    Attributes
    ----------
    site, unit
        The records.
    units
        Units that the household takes there, 1 when sharing; None where it does not fit.
    obstacles
        Everything that keeps it from there; empty where it can go.
    """

    site: Site
    unit: Unit
    units: int | None
    obstacles: tuple[Obstacle, ...]


class Outlook:
    """One household at every place.

    Attributes
    ----------
    household
        The record.
    now
        Where the plan has it; None = nowhere.
    places
        Every kind of unit at every site, by site id and unit id, the one where it is included.
    """

    def __init__(self, places: Places, household: Household, now: PlacedHousehold | None) -> None:
        self.household, self.now = household, now
        self._places = places
        self._changes: list[list[tuple[float, Change]]] | None = None
        self.places = tuple(places.judged(household, now))

    @property
    def others(self) -> tuple[Place, ...]:
        """All places but the one where the household is."""
        here = None if self.now is None else self.now.kind
        return tuple(place for place in self.places if (place.site.id, place.unit.id) != here)

    def changes(self, place: Place) -> tuple[float, ...]:
        """Return how each level of the policy changes against the plan if the household goes to a place that it fits.

        Exactly ``score`` of the changed plan less ``score`` of the plan, whether a rule stands against it or not.
        """
        if self._changes is None:
            standing, levels = self._places.standing, self._places.policy.levels
            self._changes = [
                [(goal.weight, change_of(goal, standing, self.household, self.now)) for goal in level.goals]
                for level in levels
            ]
        if place.units is None:
            msg = f"household {self.household.id} does not fit there"
            raise ValueError(msg)
        there_ = PlacedHousehold(self.household, place.site, place.unit, place.units)
        return tuple(math.fsum(weight * change(there_) for weight, change in goals) for goals in self._changes)


class Places:
    """An instance, a policy and a plan, joined once for any number of outlooks.

    Parameters
    ----------
    instance, policy, plan
        The records.
    seatings
        Those of the plan, where they are known.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    """

    def __init__(self, instance: Instance, policy: Policy, plan: Plan, *, seatings: Seatings | None = None) -> None:
        require_match(instance, plan)
        require_policy(policy)
        self.instance, self.policy, self.plan = instance, policy, plan
        self.situation = Situation(instance, policy.rules, plan)
        self.ledger = Ledger(self.situation)
        self.seatings = Seatings(self.situation) if seatings is None else seatings
        self.rules = Rulebook(self.situation, self.seatings)
        self.standing = Standing(self.situation, self.ledger, self.seatings)
        self._placed = {placed.id: placed for placed in self.situation.placed}

    def outlook(self, household: str) -> Outlook:
        """Return one household at every place.

        Raises
        ------
        InstanceError
            If the instance has no household of this id.
        """
        known = self.situation.households.get(household) if isinstance(household, str) else None
        if known is None:
            allowed = "the id of a household of the instance"
            raise InstanceError.of([Fault("arguments", "household", household, allowed)])
        return Outlook(self, known, self._placed.get(household))

    def outlook_of_newcomer(self, household: Household) -> Outlook:
        """Return a household that the instance does not list at every place, as if it were listed and unplaced.

        Raises
        ------
        InstanceError
            If the instance lists its id, or does not know what it refers to.
        """
        if household.id in self.situation.households:
            allowed = "an id that no household of the instance has, or that id alone"
            raise InstanceError.of([Fault(f"household {household.id!r}", "id", household.id, allowed)])
        # Alone, it is checked like any other household, in no time.
        self.instance.replace(households=(household,), relations=(), utilities=None)
        if household.current_site is None:
            return Outlook(self, household, None)
        # Who lives somewhere today changes what caps and shared units count today: these are joined anew. Who sits
        # where stays as it is, and so does what is checked already.
        listed = self.instance.model_copy(update={"households": (*self.instance.households, household)})
        plan = Plan(placements=self.plan.placements, unplaced=(*self.plan.unplaced, household.id))
        return Places(listed, self.policy, plan, seatings=self.seatings).outlook(household.id)

    def judged(self, household: Household, now: PlacedHousehold | None) -> Iterator[Place]:
        """Judge every place for a household."""
        view = self.rules.view(household, now)
        for site, unit, stays, units in self.ledger.kinds(household):
            obstacles = view.at(site, stays=stays)
            if units is None:
                obstacles = (_too_small(household.size, unit.beds), *obstacles)
            elif short := self.ledger.shortage(PlacedHousehold(household, site, unit, units), now):
                obstacles = (_full(household.size, short), *obstacles)
            if household.requires and not stays:
                missing = household.requires - unit.features - site.features
                if missing:
                    obstacles = (*obstacles, Obstacle("requires", "requires", {"missing": tuple(sorted(missing))}))
            yield Place(site, unit, units, obstacles)


# A city has hundreds of full kinds of units for every household: they share what is said of them.
@lru_cache(maxsize=1024)
def _full(size: int, short: int) -> Obstacle:
    return Obstacle("units", "units.full", {"size": size, "short": short})


@lru_cache(maxsize=1024)
def _too_small(size: int, beds: int) -> Obstacle:
    return Obstacle("units", "units.small", {"size": size, "beds": beds})


class _Recent:
    """The places of the last few plans asked about: questions about one plan come in rows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[int, int, int], Places] = OrderedDict()

    def get(self, key: tuple[int, int, int], make: Callable[[], Places]) -> Places:
        """Return what is kept, or make and keep it. What is kept holds its records: their ids stay theirs."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


_RECENT = _Recent()


def places_of(instance: Instance, policy: Policy, plan: Plan) -> Places:
    """Return the places under a plan; at once when the same three records were asked about just before.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    """
    return _RECENT.get((id(instance), id(policy), id(plan)), lambda: Places(instance, policy, plan))
