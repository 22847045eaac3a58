"""units: every household takes the units it needs, and no kind is used beyond its count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.rules.wording import about
from dezentral.checks.situation import Situation, persons
from dezentral.checks.unit_use import units_in_use, units_needed
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted, figure
from dezentral.wording import say


def units(situation: Situation) -> Iterator[Violation]:
    """Report who does not take exactly the least k with size ≤ cap(k), and kinds used beyond their count."""
    for placed in situation.placed:
        yield from _own_units(situation, placed)
    for group in situation.placed_in.values():
        yield from _count(situation, group)


def _own_units(situation: Situation, placed: PlacedHousehold) -> Iterator[Violation]:
    told = partial(counted, language=situation.language)
    if placed.shares:
        if placed.unit.sharing == "same_sex" and not situation.capacity(placed, 1):
            yield about(situation, placed, "units", "units.area", persons=told(1, "person"))
        needed: int | None = 1
    else:
        most = placed.size if placed.stays else situation.rules.max_units_per_household
        needed = units_needed(placed.size, partial(situation.capacity, placed), most)
        if needed is None:
            key = f"units.small.{'one' if most == 1 else 'several'}"
            hold = told(situation.capacity(placed, most), "person")
            yield about(situation, placed, "units", key, units=told(most, "unit"), persons=hold)
    if needed is not None and placed.units != needed:
        taken = told(placed.units, "unit")
        yield about(situation, placed, "units", "units.number", taken=taken, needed=told(needed, "unit"))


def _count(situation: Situation, group: Sequence[PlacedHousehold]) -> Iterator[Violation]:
    site, unit = group[0].site, group[0].unit
    places = situation.places(site, unit)
    if unit.sharing == "dormitory":
        used, there, noun = persons(group), unit.count * places, "place"
    else:
        used, there, noun = units_in_use(group, places), unit.count, "unit"
    if used > there:
        language = situation.language
        yield Violation.of(
            "units",
            say(
                "violation.units.count",
                language,
                site=site.id,
                unit=unit.id,
                there=counted(there, noun, language),
                used=figure(used, language),
            ),
            households=[placed.id for placed in group],
            sites=[site.id],
            districts=[site.district],
        )
