"""Single changes after which a household can be placed with all others staying put."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dezentral.assess.places import Outlook, Place, Places
from dezentral.assess.places_caps import FilledCap, single_limit
from dezentral.assess.places_rules import Obstacle
from dezentral.assess.places_units import Use, there
from dezentral.checks.placed import PlacedHousehold
from dezentral.domain import Unit

RepairKind = Literal["units", "cap", "waiver"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One change, and the place that it opens.

    Attributes
    ----------
    place
        Where the household can then go.
    kind
        ``"units"``, ``"cap"`` or ``"waiver"``; None where nothing has to change.
    target
        What changes: the id of the unit kind at the place's site; whose limit it is, ``""`` = of every site; the rule.
    rule
        The rule concerned.
    amount
        Units or persons more; 1 for a waiver.
    cost
        Beds or persons added; nothing (NaN) for a waiver.
    """

    place: Place
    kind: RepairKind | None
    target: str
    rule: str
    amount: int
    cost: float

    @property
    def rank(self) -> tuple[bool, float, bool, str, str, str, str]:
        """What is cheapest comes first: waivers last; what may be named before protected addresses; then ids."""
        waiver = self.kind == "waiver"
        site = self.place.site
        cost = 0.0 if waiver else self.cost
        return waiver, cost, site.confidential, site.id, self.place.unit.id, self.rule, self.target


def cheapest_repair(places: Places, outlook: Outlook) -> Repair | None:
    """Return the smallest single change after which an unplaced household can be placed; None if there is none."""
    found = (repair for place in outlook.places for repair in _repairs(places, outlook, place))
    return min(found, key=lambda repair: repair.rank, default=None)


def _repairs(places: Places, outlook: Outlook, place: Place) -> Iterator[Repair]:
    rules = sorted({obstacle.rule for obstacle in place.obstacles})
    if not rules:
        yield Repair(place, None, place.unit.id, "", 0, 0.0)
        return
    yield from _more_units(places, outlook, place)
    if len(rules) > 1:
        return
    rule = rules[0]
    if rule == "units":
        if _fits_by_beds(places, outlook, place):
            yield Repair(place, "waiver", rule, rule, 1, math.nan)
    elif rule in {"site_cap", "district_cap", "operator_cap"}:
        yield from _more_room(outlook, place, place.obstacles)
    else:
        yield Repair(place, "waiver", rule, rule, 1, math.nan)


def _more_room(outlook: Outlook, place: Place, obstacles: tuple[Obstacle, ...]) -> Iterator[Repair]:
    """Yield a limit to raise; where several stand in the way, only an exception from their rule is a single change."""
    caps: list[FilledCap] = [obstacle.cap for obstacle in obstacles if obstacle.cap is not None]
    short = [
        (cap, whose, cap.needed(outlook.household) - limit)
        for cap in caps
        for whose, limit in cap.raising
        if limit < cap.needed(outlook.household)
    ]
    rule = caps[0].rule
    if len(short) == 1:
        _, whose, amount = short[0]
        yield Repair(place, "cap", whose, rule, amount, float(amount))
    else:
        yield Repair(place, "waiver", rule, rule, 1, math.nan)


def _more_units(places: Places, outlook: Outlook, place: Place) -> Iterator[Repair]:
    """Yield more units of a kind at the site, where only units or the share of persons living alone are lacking."""
    full = [obstacle for obstacle in place.obstacles if obstacle.cause == "units.full"]
    alone = [obstacle.cap for obstacle in place.obstacles if obstacle.rule == "single_share"]
    if place.units is None or len(full) + len(alone) < len(place.obstacles):
        return
    for unit in place.site.units:
        if full and unit.id != place.unit.id:
            continue
        needed = [_lacking(places, outlook, place, unit)] if full else []
        needed += [_for_share(places, outlook, place, unit, cap) for cap in alone if cap is not None]
        if None not in needed:
            amount = max(each for each in needed if each is not None)
            yield Repair(place, "units", unit.id, "units", amount, float(amount * unit.beds))


def _lacking(places: Places, outlook: Outlook, place: Place, unit: Unit) -> int | None:
    """Return how many units more a household needs of the kind that it goes to; None if no number helps."""
    use = _use_after(places, outlook, place, place.units or 1)
    short = use.taken - there(use, unit)
    if use.sharing != "dormitory":
        return short
    return -(-short // use.places) if use.places else None


def _for_share(places: Places, outlook: Outlook, place: Place, unit: Unit, cap: FilledCap) -> int | None:
    """Return how many units more lift the number of persons living alone far enough; None if no number does."""
    share, situation = places.policy.rules.max_single_share, places.situation
    more = situation.places(place.site, unit)
    if not share or not more:
        return None
    now = sum(each.count * situation.places(place.site, each) for each in place.site.units)
    needed = cap.needed(outlook.household)
    amount = max(0, math.floor(((needed - 1) / share - now) / more) - 1)  # just below; rounding is left to the rule
    while single_limit(share, now + amount * more) < needed:
        amount += 1
    return amount


def _fits_by_beds(places: Places, outlook: Outlook, place: Place) -> bool:
    """Say whether there are beds enough, and only floor area or the units that one household may take forbid it."""
    unit = place.unit
    if unit.sharing == "dormitory":
        use = places.ledger.now((place.site.id, unit.id))
        return use.persons + outlook.household.size <= unit.count * unit.beds
    if place.units is not None:
        return False
    use = _use_after(places, outlook, place, -(-outlook.household.size // unit.beds))
    return use.taken <= unit.count


def _use_after(places: Places, outlook: Outlook, place: Place, units: int) -> Use:
    return places.ledger.after(PlacedHousehold(outlook.household, place.site, place.unit, units), outlook.now)
