"""The exchange as a problem of its own: only who may move can, and only to where it may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dezentral.checks import Violation
from dezentral.domain import District, Household, Instance, Placement, Plan, Site, Table, Unit
from dezentral.domain.policy import Evenness, Level, Placed, Policy, Rules, Utility
from dezentral.strategy.exchanging.seals import Seals, seals_of
from dezentral.strategy.exchanging.stand_ins import StandIns, stand_ins_of
from dezentral.strategy.exchanging.staying_moves import counted_moves

_WIDE = 10**7  # persons: no cap at all
_MARK = "\u241f"  # a separator that stands in no id that people write
_LEFT = Unit(id=_MARK, beds=1, count=0)  # where those live today who are to be placed in another kind


@dataclass(frozen=True, slots=True)
class Residual:
    """What is solved instead.

    Attributes
    ----------
    instance, policy, start
        Of the changed problem: levels are Placed, every Evenness goal, and the ranks gained.
    kept
        Households that keep their place, with their placements in the original plan.
    sealed
        Households at sealed sites, which they may leave, likewise.
    stand_ins
        Of closed sites.
    """

    instance: Instance
    policy: Policy
    start: Plan
    kept: dict[str, Placement]
    sealed: dict[str, Placement]
    stand_ins: StandIns

    def original(self, placement: Placement) -> Placement:
        """Return a placement as it is in the instance itself."""
        before = self.sealed.get(placement.household)
        if before is not None and self.stand_ins.now_at(before.site) == placement.site:
            return before
        return self.kept.get(placement.household, placement)


def residual_of(instance: Instance, policy: Policy, plan: Plan, violations: Sequence[Violation]) -> Residual:
    """Build the problem whose plans are the allowed exchanges, each as good as the ranks that it gains.

    Who keeps its place requires a feature that only its unit kind has, and every other site is excluded for it. A
    shared kind lived in today loses its area, which does not count there: who lives in which kind may then be said
    where it is not known. Sealed sites have a unit for each who is there and no rules of their own;
    who breaks a rule alone is admitted where it is. Where moves are limited, a closed site stays closed, and a stand-in
    is sealed.
    """
    seals = seals_of(instance, policy, violations)
    placed = {placement.household: placement for placement in plan.placements}
    kept = {
        one.id: placed[one.id] for one in instance.households if one.id in placed and _keeps(one, seals)
    }
    stand_ins = stand_ins_of(instance, policy, plan, seals, _MARK)
    builder = _Builder(instance, policy, seals, stand_ins, placed, kept)
    changed_instance = instance.replace(
        districts=tuple(builder.district(one) for one in instance.districts),
        sites=tuple(builder.site(one) for one in (*instance.sites, *stand_ins.sites())),
        households=tuple(builder.household(one) for one in instance.households),
        relations=tuple(one for i, one in enumerate(instance.relations) if i not in seals.relations),
        distances=stand_ins.distances(instance.distances),
        utilities=_ranks_gained(instance, placed, kept),
    )
    start = Plan(placements=tuple(builder.placement(one) for one in plan.placements), unplaced=plan.unplaced)
    goals = [goal for level in policy.levels for goal in level.goals if isinstance(goal, Evenness)]
    return Residual(
        instance=changed_instance,
        policy=Policy(
            rules=builder.rules(plan, changed_instance, start),
            levels=(Level(Placed()), *(Level(goal) for goal in goals), Level(Utility())),
        ),
        start=start,
        kept=kept,
        sealed={key: placement for key, placement in placed.items() if placement.site in seals.sites},
        stand_ins=stand_ins,
    )


def rank(household: Household, district: str) -> int:
    """Return the position of a district in the wishes; their number if it is not listed."""
    return household.wishes.index(district) if district in household.wishes else len(household.wishes)


def _keeps(household: Household, seals: Seals) -> bool:
    return (
        not household.wishes
        or household.id in seals.households
        or (seals.needs and bool(household.needs))
        or (seals.singles and household.size == 1)
    )


def _ranks_gained(instance: Instance, placed: dict[str, Placement], kept: dict[str, Placement]) -> Table:
    """Return size × ranks gained of every household that may move, at every site; what is not allowed is excluded."""
    district_of = {site.id: site.district for site in instance.sites}
    movers = [one for one in instance.households if one.id in placed and one.id not in kept]
    data = []
    for one in movers:
        now = rank(one, district_of[placed[one.id].site])
        data.append(tuple(float(one.size * max(0, now - rank(one, site.district))) for site in instance.sites))
    return Table(rows=tuple(one.id for one in movers), columns=tuple(district_of), data=tuple(data))


@dataclass(frozen=True, slots=True)
class _Builder:
    """Changes one record at a time."""

    instance: Instance
    policy: Policy
    seals: Seals
    stand_ins: StandIns
    placed: dict[str, Placement]
    kept: dict[str, Placement]

    def district(self, district: District) -> District:
        widened = district.id in self.seals.districts
        return district.model_copy(update={"max_persons": _WIDE}) if widened else district

    def site(self, site: Site) -> Site:
        if site.id in self.stand_ins.ids:
            return site
        if site.id in self._sealed:
            units = tuple(self._private_unit(one) for one in self._tenants(site))
            if site.units:
                units += (_LEFT,)
            opened: dict[str, Any] = {"open_from": None, "open_until": None, "opening_cost": None, "max_persons": None}
            return site.model_copy(update={"units": units, "admits": None, **opened})
        admits = None if site.admits is None else site.admits | {_MARK + one.id for one in self._tenants(site)}
        limits = [cap for cap in (site.max_persons, self.policy.rules.max_site_persons) if cap is not None]
        marked = tuple(self._unit(site, unit) for unit in site.units)
        marked += (_LEFT,) if site.units else ()
        most = min(limits, default=None)
        return site.model_copy(update={"units": marked, "admits": admits, "max_persons": most})

    def household(self, household: Household) -> Household:
        sites, fields = self._sites, dict[str, Any]()
        if household.id not in self.placed:
            fields = {"excluded_sites": sites, "fixed_site": None, "current_unit": self._known(household)}
        elif household.id in self.kept:
            place = self.kept[household.id]
            fields = {
                "traits": household.traits | {_MARK + household.id},
                "requires": {_MARK + self._unit_of(place)},
                "excluded_sites": sites - {self.stand_ins.now_at(place.site)},
                "excluded_districts": frozenset(),
                "fixed_site": None,
                "current_unit": self._current(household, place),
                "needs": self._needs(household),
            }
        else:
            place = self.placed[household.id]
            leaves, now = place.site in self.seals.sites, self.stand_ins.now_at(place.site)
            fields = {
                "excluded_sites": household.excluded_sites | (self._sealed - {now}),
                "excluded_districts": household.excluded_districts | self._worse(household),
                "current_unit": self._current(household, place) if leaves else self._known(household),
            }
            if now != place.site == household.current_site:  # it stays there, but is new at the stand-in
                fields["excluded_sites"] |= self.stand_ins.too_far(household)
                fields["needs"] = {}
        return household.model_copy(update=fields)

    def placement(self, placement: Placement) -> Placement:
        if placement.site in self.seals.sites:
            site = self.stand_ins.now_at(placement.site)
            return Placement(household=placement.household, site=site, unit=_private(placement.household))
        return placement

    def rules(self, plan: Plan, after: Instance, start: Plan) -> Rules:
        """Return the rules for the changed instance: caps are those of its sites, settled moves do not count."""
        rules = self.policy.rules
        most = rules.max_moves
        if most is not None:
            now = counted_moves(self.instance, plan)
            most = max(most, now) - now + counted_moves(after, start)
        caps = {key: cap for key, cap in rules.operator_capacity.items() if key not in self.seals.operators}
        return rules.model_copy(
            update={
                "max_site_persons": None,
                "max_moves": most,
                "max_single_share": None if self.seals.singles else rules.max_single_share,
                "service_capacity": rules.service_capacity and not self.seals.needs,
                "operator_capacity": caps,
            }
        )

    def _tenants(self, site: Site) -> list[Household]:
        here = {one.household for one in self.placed.values() if self.stand_ins.now_at(one.site) == site.id}
        return [one for one in self.instance.households if one.id in here]

    @property
    def _sealed(self) -> frozenset[str]:
        return self.seals.sites | frozenset(self.stand_ins.ids.values())

    @property
    def _sites(self) -> frozenset[str]:
        return self._sealed | {site.id for site in self.instance.sites}

    @staticmethod
    def _private_unit(household: Household) -> Unit:
        key = _private(household.id)
        return Unit(id=key, beds=household.size, features=household.requires | {_MARK + key})

    def _unit(self, site: Site, unit: Unit) -> Unit:
        lived_in = unit.sharing != "household" and any(
            one.current_site == site.id and one.current_unit in {None, unit.id} for one in self.instance.households
        )
        area = None if lived_in else unit.area_m2
        return unit.model_copy(update={"features": unit.features | {_MARK + unit.id}, "area_m2": area})

    def _unit_of(self, place: Placement) -> str:
        """Return the unit kind that stands for the one of a placement."""
        return _private(place.household) if place.site in self.seals.sites else place.unit

    def _current(self, household: Household, place: Placement) -> str | None:
        """Return its unit kind today; one that nobody can stay in if it leaves that for another kind of its site."""
        if household.current_site != place.site or place.site in self.stand_ins.ids:
            return self._known(household)
        return self._unit_of(place) if household.current_unit in {None, place.unit} else _LEFT.id

    def _known(self, household: Household) -> str | None:
        """Return its unit kind today, or what stands for it where the site is sealed."""
        sealed = household.current_site in self.seals.sites - self.stand_ins.ids.keys()
        return _LEFT.id if sealed and household.current_unit is not None else household.current_unit

    def _needs(self, household: Household) -> dict[str, int]:
        """Return the needs that still say something: near enough or not, who keeps its place has what it has."""
        seated = self.policy.rules.service_capacity and not self.seals.needs
        return dict(household.needs) if seated else {}

    def _worse(self, household: Household) -> frozenset[str]:
        district_of = {site.id: site.district for site in self.instance.sites}
        now = rank(household, district_of[self.placed[household.id].site])
        return frozenset(one.id for one in self.instance.districts if rank(household, one.id) > now)


def _private(household: str) -> str:
    return _MARK + household
