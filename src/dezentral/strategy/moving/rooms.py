"""Who occupies what at one moment, by the contract's unit use, with beds alone: no policy is at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from dezentral.domain import Household, Instance, Placement, Unit

Kind = tuple[str, str]  # site id, unit id


class Share(NamedTuple):
    """What a household takes of a unit kind: whole units (places in a dormitory), or a bed among women or men."""

    own: int = 0
    women: int = 0
    men: int = 0


class Tenancy(NamedTuple):
    """A share of one unit kind."""

    kind: Kind
    share: Share


def share_of(household: Household, unit: Unit, units: int | None = None) -> Share:
    """Return what a household takes of a unit kind; `units` as a plan says, else as few as its beds allow."""
    if unit.sharing == "dormitory":
        return Share(own=household.size)
    if unit.sharing == "same_sex" and household.size == 1:
        return Share(own=int(household.sex not in {"f", "m"}), women=household.sex == "f", men=household.sex == "m")
    return Share(own=-(-household.size // unit.beds) if units is None else units)


def limit_of(unit: Unit) -> int:
    """Return the units of a kind; of a dormitory, its places."""
    return unit.count * unit.beds if unit.sharing == "dormitory" else unit.count


@dataclass(frozen=True, slots=True)
class Move:
    """A household that changes its place.

    Attributes
    ----------
    household
        Who moves.
    sources
        What it occupies today; if its unit kind is not known, a share of every kind that it may be living in.
    target
        What it will occupy.
    """

    household: Household
    sources: tuple[Tenancy, ...]
    target: Tenancy


class Rooms:
    """What is taken of every unit kind; changes as people come and go."""

    def __init__(self, units: dict[Kind, Unit]) -> None:
        self.units = units
        self.limit = {kind: limit_of(unit) for kind, unit in units.items()}
        self.taken: dict[Kind, Share] = dict.fromkeys(units, Share())

    def copy(self) -> Rooms:
        """Return the same state, to change independently."""
        copied = Rooms({})
        copied.units, copied.limit, copied.taken = self.units, self.limit, dict(self.taken)
        return copied

    def enter(self, tenancies: Iterable[Tenancy]) -> None:
        """Take."""
        for kind, share in tenancies:
            own, women, men = self.taken[kind]
            self.taken[kind] = Share(own + share.own, women + share.women, men + share.men)

    def leave(self, tenancies: Iterable[Tenancy]) -> None:
        """Give back."""
        self.enter(Tenancy(kind, Share(-share.own, -share.women, -share.men)) for kind, share in tenancies)

    def in_use(self, kind: Kind, taken: Share | None = None) -> int:
        """Return units (in a dormitory places) in use: Σ own + ⌈women/beds⌉ + ⌈men/beds⌉."""
        own, women, men = self.taken[kind] if taken is None else taken
        beds = self.units[kind].beds
        return own - (-women // beds) - (-men // beds)

    def has_room_for(self, targets: Iterable[Tenancy]) -> bool:
        """Say whether all of some shares fit at once."""
        wanted: dict[Kind, Share] = {}
        for kind, share in targets:
            own, women, men = wanted.get(kind, self.taken[kind])
            wanted[kind] = Share(own + share.own, women + share.women, men + share.men)
        return all(self.in_use(kind, taken) <= self.limit[kind] for kind, taken in wanted.items())

    def raise_limits(self) -> None:
        """Take what is in use now for allowed: where a plan overfills a kind, no order can mend that."""
        for kind, limit in self.limit.items():
            self.limit[kind] = max(limit, self.in_use(kind))


def unit_kinds(instance: Instance) -> dict[Kind, Unit]:
    """Return all unit kinds, sorted."""
    kinds = {(site.id, unit.id): unit for site in instance.sites for unit in site.units}
    return dict(sorted(kinds.items()))


def lives_in(household: Household, units: dict[Kind, Unit]) -> tuple[Tenancy, ...]:
    """Return what a household occupies today.

    Without a `current_unit`, every kind of its site that could be it: whatever is true, its place is then kept free.
    """
    site, unit = household.current_site, household.current_unit
    if site is None:
        return ()
    if unit is not None:
        return (Tenancy((site, unit), share_of(household, units[site, unit])),)
    here = [(kind, one, share_of(household, one)) for kind, one in units.items() if kind[0] == site]
    fitting = [Tenancy(kind, share) for kind, one, share in here if 0 < sum(share) <= limit_of(one)]
    return tuple(fitting)


def target_of(household: Household, placement: Placement, units: dict[Kind, Unit]) -> Tenancy:
    """Return what a household occupies once it is placed."""
    kind = placement.site, placement.unit
    return Tenancy(kind, share_of(household, units[kind], placement.units))
