"""The kinds of accommodation: how many, how large, what they cost, whom they admit, how long they last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dezentral.datasets import site_units
from dezentral.domain import Unit

Admission = frozenset[str] | None

FAMILY, WOMAN, VULNERABLE = "family", "woman", "vulnerable"

# The operators named for Stuttgart in 2013-2015; the first four looked after about 95 % of the people. How it splits
# between them is invented.
OPERATORS = {"AWO": 0.27, "AGDW": 0.24, "Caritas": 0.24, "eva": 0.2, "DRK": 0.05}

_ALL: Admission = None
_FAMILIES: Admission = frozenset({FAMILY})
_FRAIL: Admission = frozenset({FAMILY, VULNERABLE})
_WOMEN: Admission = frozenset({FAMILY, WOMAN})


@dataclass(frozen=True, slots=True)
class SiteKind:
    """One kind of accommodation.

    Attributes
    ----------
    name
        As the city calls it.
    share
        Of all sites.
    places
        Least and most places at 7 m² a person before a district's sites are stretched to what it offers.
    units
        Builds the units for a number of places.
    cost
        EUR per person and month; of a hall with a penalty on top. Invented.
    features
        That hold for the whole site.
    lift
        Share of the sites with a lift, where every unit can be reached without steps.
    temporary
        Share of the sites with a closing date.
    admissions
        Who is admitted → share of the sites.
    """

    name: str
    share: float
    places: tuple[int, int]
    units: Callable[[np.random.Generator, int], tuple[Unit, ...]]
    cost: float
    features: frozenset[str]
    lift: float
    temporary: float
    admissions: tuple[tuple[Admission, float], ...] = ((_ALL, 1.0),)


_KITCHEN = frozenset({"own_kitchen"})
_SHARED = frozenset({"shared_kitchen"})
_NONE: frozenset[str] = frozenset()
_SOME_FAMILIES = ((_ALL, 0.8), (_FAMILIES, 0.2))
_SOME_WOMEN = ((_ALL, 0.75), (_WOMEN, 0.25))
_MOSTLY_ALL = ((_ALL, 0.75), (_FAMILIES, 0.15), (_FRAIL, 0.1))

# Shares and sizes are invented so that they add up to what was published: 190 sites for 10,244 people (2024), about
# 80 beds in a system building, one to three buildings a site, modules in fours, 22 % of the people in emergency
# accommodation (2025: 2,300 of about 10,000), most of it without a kitchen of one's own.
KINDS = (
    SiteKind("Wohnungen", 0.36, (8, 40), site_units.flats, 420.0, _KITCHEN, 0.12, 0.0, _MOSTLY_ALL),
    SiteKind("Wohnmodul", 0.14, (16, 80), site_units.modules, 480.0, _KITCHEN, 0.0, 0.0, _SOME_FAMILIES),
    SiteKind("Wohnheim-Systembau", 0.16, (60, 180), site_units.system_rooms, 520.0, _SHARED, 0.0, 0.15),
    SiteKind("Wohnheim", 0.16, (30, 110), site_units.hostel_rooms, 500.0, _SHARED, 0.1, 0.05),
    SiteKind("Wohnheim-Container", 0.06, (30, 90), site_units.containers, 640.0, _SHARED, 0.0, 0.6),
    SiteKind("Hotel", 0.09, (20, 80), site_units.hotel_rooms, 1_100.0, _NONE, 0.3, 0.7, _SOME_WOMEN),
    SiteKind("Notunterkunft", 0.03, (100, 200), site_units.compartments, 2_500.0, _NONE, 1.0, 1.0),
)
FLATS, HOSTEL = KINDS[0], KINDS[3]
