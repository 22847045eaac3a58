"""Where a household that must step aside can wait: a unit that is free all the while."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dezentral.domain import Household, Instance, Plan, Site, Unit
from dezentral.strategy.moving.rooms import Kind, Rooms, Share, Tenancy, share_of
from dezentral.strategy.moving.untie import Turn


@dataclass(frozen=True, slots=True)
class _Moment:
    """The shares of a unit kind that are taken from one step on."""

    step: int
    taken: Share


class Stopovers:
    """The shares taken of every unit kind over time, before anybody steps aside into them.

    Parameters
    ----------
    instance, plan
        Whose moves they are.
    rooms
        As they are before the first turn; changed.
    turns
        All turns, in order.
    """

    def __init__(self, instance: Instance, plan: Plan, rooms: Rooms, turns: Sequence[Turn]) -> None:
        self.instance, self.rooms = instance, rooms
        self.sites = {site.id: site for site in instance.sites}
        self.crowd = _crowd(instance, plan)
        self.history = {kind: [_Moment(-1, taken)] for kind, taken in rooms.taken.items()}
        gone: set[str] = set()
        for step, turn in enumerate(turns):
            changed: set[Kind] = set()
            if turn.move.household.id not in gone:
                rooms.leave(turn.move.sources)
                changed |= {source.kind for source in turn.move.sources}
                gone.add(turn.move.household.id)
            if not turn.aside:
                rooms.enter([turn.move.target])
                changed.add(turn.move.target.kind)
            for kind in sorted(changed):
                self.history[kind].append(_Moment(step, rooms.taken[kind]))

    def reserve(self, household: Household, start: int, end: int) -> Kind | None:
        """Find and take a place from one step to another; None if no open site has one that suits."""
        for kind, unit in self.rooms.units.items():
            share = share_of(household, unit)
            if self._suits(household, self.sites[kind[0]], unit) and self._is_free(kind, share, start, end):
                self._take(Tenancy(kind, share), start, end)
                self.crowd[kind[0]].add(household.id)
                return kind
        return None

    def _suits(self, household: Household, site: Site, unit: Unit) -> bool:
        return (
            _is_open(self.instance, site)
            and not site.confidential
            and (site.admits is None or bool(site.admits & household.traits))
            and household.requires <= unit.features | site.features
            and site.id not in household.excluded_sites
            and site.district not in household.excluded_districts
            and self._keeps_caps(household, site)
        )

    def _keeps_caps(self, household: Household, site: Site) -> bool:
        """Say whether the caps of site and district hold even if all who come and go were there at once."""
        district = next(one for one in self.instance.districts if one.id == site.district)
        nearby = [one for one in self.instance.sites if one.district == district.id]
        here = self._persons([site], household)
        around = district.housed + self._persons(nearby, household)
        return (site.max_persons is None or here <= site.max_persons) and (
            district.max_persons is None or around <= district.max_persons
        )

    def _persons(self, sites: Sequence[Site], newcomer: Household) -> int:
        listed = {newcomer.id}.union(*(self.crowd[site.id] for site in sites))
        sizes = sum(one.size for one in self.instance.households if one.id in listed)
        return sizes + sum(site.housed for site in sites)

    def _is_free(self, kind: Kind, share: Share, start: int, end: int) -> bool:
        before = [moment for moment in self.history[kind] if moment.step <= start]
        during = [moment for moment in self.history[kind] if start < moment.step <= end]
        return all(
            self.rooms.in_use(kind, _sum(moment.taken, share)) <= self.rooms.limit[kind]
            for moment in (*before[-1:], *during)
        )

    def _take(self, tenancy: Tenancy, start: int, end: int) -> None:
        """Add a share from step `start` up to the step before `end`."""
        history = self.history[tenancy.kind]
        for step in (start, end):
            if all(moment.step != step for moment in history):
                earlier = [moment for moment in history if moment.step < step]
                history.insert(len(earlier), _Moment(step, earlier[-1].taken))
        self.history[tenancy.kind] = [
            _Moment(moment.step, _sum(moment.taken, tenancy.share)) if start <= moment.step < end else moment
            for moment in history
        ]


def _sum(one: Share, other: Share) -> Share:
    return Share(one.own + other.own, one.women + other.women, one.men + other.men)


def _crowd(instance: Instance, plan: Plan) -> defaultdict[str, set[str]]:
    """Return who lives at each site today or will."""
    crowd: defaultdict[str, set[str]] = defaultdict(set)
    for household in instance.households:
        if household.current_site is not None:
            crowd[household.current_site].add(household.id)
    for placement in plan.placements:
        crowd[placement.site].add(placement.household)
    return crowd


def _is_open(instance: Instance, site: Site) -> bool:
    if site.opening_cost is not None:
        return False
    today = instance.date
    return today is None or (
        (site.open_from is None or site.open_from <= today) and (site.open_until is None or today < site.open_until)
    )
