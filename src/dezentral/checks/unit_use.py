"""How many persons units hold, and how many units a household takes."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable

from dezentral.checks.placed import PlacedHousehold
from dezentral.domain import Unit

_TOLERANCE = 1e-9  # 14 m² at 7 m² a person are two persons, whatever the rounding


def persons_that_fit(unit: Unit, units: int, area_per_person: float | None) -> int:
    """Return cap(k) = min(k·beds, ⌊k·area_m2 / area_per_person + 1e-9⌋) for k = `units`.

    Parameters
    ----------
    unit
        The unit kind.
    units
        Units taken together.
    area_per_person
        Square metres that each person needs; None = only beds count. They also count alone where the unit's area
        is not known.
    """
    by_beds = units * unit.beds
    if area_per_person is None or unit.area_m2 is None:
        return by_beds
    by_area = units * unit.area_m2 / area_per_person + _TOLERANCE
    return by_beds if by_area >= by_beds else math.floor(by_area)


def units_needed(size: int, capacity: Callable[[int], int], most: int) -> int | None:
    """Return the least k in 1 … `most` with size ≤ capacity(k), or None if there is none.

    Parameters
    ----------
    size
        Persons of the household.
    capacity
        Units → persons that fit; never falls.
    most
        Units that one household may take.
    """
    fewer = bisect_left(range(1, most + 1), size, key=capacity)
    return fewer + 1 if fewer < most else None


def units_in_use(placed: Iterable[PlacedHousehold], places: int) -> int:
    """Return the units of one kind, no dormitory, that are in use.

    Women share with women and men with men, ``places`` = cap(1) to a unit; persons living alone whose sex is "x" or
    not known have a unit each; everyone else has the units that the plan gives.

    Formula: Σ units + n_x + ⌈n_f / cap(1)⌉ + ⌈n_m / cap(1)⌉
    """
    own = 0
    sharing: Counter[str | None] = Counter()
    for each in placed:
        if each.shares:
            sharing[each.household.sex] += 1
        else:
            own += each.units
    together = max(places, 1)  # where not even one person fits, that is a violation of its own
    rooms = [math.ceil(sharing[sex] / together) for sex in ("f", "m")]
    return own + sharing["x"] + sharing[None] + sum(rooms)
