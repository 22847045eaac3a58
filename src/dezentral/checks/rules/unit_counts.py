"""units: every household takes the units it needs, and no kind is used beyond its count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.rules.wording import about, who
from dezentral.checks.situation import Situation, persons
from dezentral.checks.unit_use import units_in_use, units_needed
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted
from dezentral.domain import Site, Unit


def units(situation: Situation) -> Iterator[Violation]:
    """Report who does not take exactly the least k with size ≤ cap(k), and kinds used beyond their count."""
    for placed in situation.placed:
        yield from _own_units(situation, placed)
    for group in situation.placed_in.values():
        yield from _count(situation, group)


def _own_units(situation: Situation, placed: PlacedHousehold) -> Iterator[Violation]:
    where = f"of kind {placed.unit.id} at site {placed.site.id}"
    if placed.shares:
        if placed.unit.sharing == "same_sex" and not situation.capacity(placed, 1):
            text = f"{who(placed)} does not fit into a unit {where}: its floor area is too small for 1 person."
            yield about(placed, "units", text)
        needed: int | None = 1
    else:
        most = placed.size if placed.stays else situation.rules.max_units_per_household
        needed = units_needed(placed.size, partial(situation.capacity, placed), most)
        if needed is None:
            hold = counted(situation.capacity(placed, most), "person")
            limit = "1 unit holds" if most == 1 else f"{most} units, the most that a household may take, hold"
            yield about(placed, "units", f"{who(placed)} does not fit into units {where}: {limit} {hold}.")
    if needed is not None and placed.units != needed:
        taken = counted(placed.units, "unit")
        yield about(placed, "units", f"{who(placed)} takes {taken} {where}; it must be {counted(needed, 'unit')}.")


def _count(situation: Situation, group: Sequence[PlacedHousehold]) -> Iterator[Violation]:
    site, unit = group[0].site, group[0].unit
    places = situation.places(site, unit)
    if unit.sharing == "dormitory":
        used, there, noun = persons(group), unit.count * places, "place"
    else:
        used, there, noun = units_in_use(group, places), unit.count, "unit"
    if used > there:
        yield Violation.of(
            "units",
            _too_many(site, unit, used=used, there=there, noun=noun),
            households=[placed.id for placed in group],
            sites=[site.id],
            districts=[site.district],
        )


def _too_many(site: Site, unit: Unit, *, used: int, there: int, noun: str) -> str:
    return f"Site {site.id} has {counted(there, noun)} of kind {unit.id}; the plan uses {used}."
