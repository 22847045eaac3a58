"""The units of each kind of accommodation, built to a number of places.

A place is what one person may take at 7 m² a person (the standard of the city and of the state's law on
accommodation, FlüAG § 8), not a bed: rooms with three beds in 15 m² offer two places.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from dezentral.datasets.dealing import drawn, quota
from dezentral.domain import Unit

AREA_PER_PLACE_M2 = 7.0
STEP_FREE = "step_free"
_ON_LEVEL = frozenset({STEP_FREE})

_MODULE_BEDS, _MODULE_M2, _MODULES_PER_BUILDING = 4, 40.0, 4
_FLATS = {2: 0.14, 3: 0.18, 4: 0.22, 5: 0.21, 6: 0.15, 7: 0.06, 8: 0.04}  # beds → share of the flats
_PLACES_PER_BUILDING = 62  # of a system building: about 80 beds, as its tranches had at 4.5 m² a person
_MOST_BUILDINGS = 3
_PLACES_PER_COMPARTMENT = 5  # of a hall: 8 beds on 40 m²


def places_of(unit: Unit) -> int:
    """Return how many persons a kind of unit takes at 7 m² a person."""
    if unit.area_m2 is None:
        return unit.count * unit.beds
    return unit.count * min(unit.beds, int(unit.area_m2 / AREA_PER_PLACE_M2 + 1e-9))


def total_places(units: Iterable[Unit]) -> int:
    """Return how many persons all units of a site take at 7 m² a person."""
    return sum(places_of(unit) for unit in units)


def modules(rng: np.random.Generator, places: int) -> tuple[Unit, ...]:
    """Wohnmodule: 40 m², at most four people, four to a building, one of them on the level."""
    del rng
    buildings = max(1, round(places / (_MODULES_PER_BUILDING * _MODULE_BEDS)))
    upper = buildings * (_MODULES_PER_BUILDING - 1)
    return (
        Unit(id="module", beds=_MODULE_BEDS, count=upper, area_m2=_MODULE_M2),
        Unit(id="module_step_free", beds=_MODULE_BEDS, count=buildings, area_m2=_MODULE_M2, features=_ON_LEVEL),
    )


def flats(rng: np.random.Generator, places: int) -> tuple[Unit, ...]:
    """Wohnungen: flats of two to eight beds that add up to the places."""
    beds: list[int] = []
    left = max(2, places)
    smallest, largest = min(_FLATS), max(_FLATS)
    while left:
        size = drawn(rng, _FLATS, 1)[0]
        if left - size < smallest:  # what would be left is no flat
            size = left if left <= largest else left - smallest
        beds.append(size)
        left -= size
    return tuple(
        Unit(id=f"flat_{size}", beds=size, count=beds.count(size), area_m2=12.0 * size + 12.0)
        for size in sorted(set(beds))
    )


def system_rooms(rng: np.random.Generator, places: int) -> tuple[Unit, ...]:
    """Systembau: one to three buildings with rooms of two and three beds, some of them on the level."""
    del rng
    buildings = min(_MOST_BUILDINGS, max(1, round(places / _PLACES_PER_BUILDING)))
    threes, twos = quota([0.6, 0.4], max(1, round(places / 2)))
    level = min(threes, 2 * buildings)
    rooms = (
        Unit(id="room_2", beds=2, count=twos, sharing="same_sex", area_m2=14.2),
        Unit(id="room_3", beds=3, count=threes - level, sharing="same_sex", area_m2=14.9),
        Unit(id="room_3_step_free", beds=3, count=level, sharing="same_sex", area_m2=14.9, features=_ON_LEVEL),
    )
    return tuple(room for room in rooms if room.count)


def hostel_rooms(rng: np.random.Generator, places: int) -> tuple[Unit, ...]:
    """Wohnheim: rooms of two for people alone, larger ones for families; two connect for a large family."""
    del rng
    alone, threes, fours = quota([0.44, 0.31, 0.25], max(2, places))
    rooms = (
        Unit(id="room_2", beds=2, count=max(1, round(alone / 2)), sharing="same_sex", area_m2=14.5),
        Unit(id="family_room_3", beds=3, count=round(threes / 3), area_m2=21.5),
        Unit(id="family_room_4", beds=4, count=round(fours / 4), area_m2=28.5),
    )
    return tuple(room for room in rooms if room.count)


def hotel_rooms(rng: np.random.Generator, places: int) -> tuple[Unit, ...]:
    """Hotel: double rooms and family rooms."""
    del rng
    return _doubles_and_fours(places, doubles=0.55, double_m2=16.0, four_m2=28.0)


def containers(rng: np.random.Generator, places: int) -> tuple[Unit, ...]:
    """Container: single containers of two beds and joined ones for families."""
    del rng
    return _doubles_and_fours(places, doubles=0.7, double_m2=14.4, four_m2=28.8)


def compartments(rng: np.random.Generator, places: int) -> tuple[Unit, ...]:
    """Notunterkunft: a hall divided into compartments of eight beds, taken bed by bed."""
    del rng
    count = max(1, round(places / _PLACES_PER_COMPARTMENT))
    return (Unit(id="compartment_8", beds=8, count=count, sharing="dormitory", area_m2=40.0),)


def _doubles_and_fours(places: int, *, doubles: float, double_m2: float, four_m2: float) -> tuple[Unit, ...]:
    fours = round(places * (1 - doubles) / 4)
    twos = max(1, round((places - 4 * fours) / 2))
    rooms = (
        Unit(id="room_2", beds=2, count=twos, sharing="same_sex", area_m2=double_m2),
        Unit(id="family_room_4", beds=4, count=fours, area_m2=four_m2),
    )
    return tuple(room for room in rooms if room.count)
