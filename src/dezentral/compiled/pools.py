"""Pools: the open kinds of units, each at its site."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints, frozen, ints
from dezentral.compiled.places import Places
from dezentral.domain import Instance, Site, Unit
from dezentral.domain.policy import Policy

HOUSEHOLD, SAME_SEX, DORMITORY = range(3)
_SHARING = {"household": HOUSEHOLD, "same_sex": SAME_SEX, "dormitory": DORMITORY}


@dataclass(frozen=True)
class Pools:
    """Kinds of units at open sites, by site id and unit id.

    All arrays have shape (n_pools,).

    Attributes
    ----------
    site, district
        Indices.
    sharing
        ``HOUSEHOLD``, ``SAME_SEX`` or ``DORMITORY``.
    beds, count
        Beds of one unit; units.
    persons_by_area
        Persons per unit that the floor area allows, ``inf`` where it does not limit.
    cap1
        Persons in one unit: beds, limited by area unless the kind is shared and lived in today.
    lived_in
        Whether listed households live today in this shared kind.
    """

    sites: tuple[Site, ...]
    units: tuple[Unit, ...]
    site: Ints
    district: Ints
    sharing: Ints
    beds: Ints
    count: Ints
    persons_by_area: Floats
    cap1: Ints
    lived_in: Bools

    def __len__(self) -> int:
        return len(self.units)


def pools_of(instance: Instance, policy: Policy, places: Places) -> Pools:
    """Compile the kinds of units that a plan may use."""
    found = [
        (s, site, unit)
        for s, site in enumerate(places.sites)
        if places.is_open[s]
        for unit in sorted(site.units, key=lambda unit: unit.id)
        if unit.count > 0
    ]
    lived = {(household.current_site, household.current_unit) for household in instance.households}
    site = ints(s for s, _, _ in found)
    sharing = ints(_SHARING[unit.sharing] for _, _, unit in found)
    lived_in = np.array(
        [
            unit.sharing != "household" and ((where.id, unit.id) in lived or (where.id, None) in lived)
            for _, where, unit in found
        ],
        dtype=np.bool_,
    )
    by_area = np.array(
        [
            np.inf if inside else _persons_by_area(unit, policy)
            for (_, _, unit), inside in zip(found, lived_in, strict=True)
        ]
    )
    beds = ints(unit.beds for _, _, unit in found)
    return Pools(
        sites=tuple(where for _, where, _ in found),
        units=tuple(unit for _, _, unit in found),
        site=site,
        district=frozen(places.site_district[site]) if found else site,
        sharing=sharing,
        beds=beds,
        count=ints(unit.count for _, _, unit in found),
        persons_by_area=frozen(by_area),
        cap1=frozen(np.array([places_in(1, b, a) for b, a in zip(beds, by_area, strict=True)], dtype=np.int64)),
        lived_in=frozen(lived_in),
    )


def _persons_by_area(unit: Unit, policy: Policy) -> float:
    needed = policy.rules.min_area_per_person_m2
    return math.inf if needed is None or unit.area_m2 is None else unit.area_m2 / needed


def places_in(units: int, beds: int, persons_by_area: float) -> int:
    """Return cap(k): the persons that k connected units hold."""
    by_beds = units * int(beds)
    return by_beds if math.isinf(persons_by_area) else min(by_beds, math.floor(units * persons_by_area + 1e-9))


def units_for(size: int, beds: int, persons_by_area: float) -> int:
    """Return the least k with size ≤ cap(k)."""
    k = -(-size // int(beds))
    if not math.isinf(persons_by_area):
        k = max(k, math.ceil((size - 1e-9) / persons_by_area) - 1, 1)
        while places_in(k, beds, persons_by_area) < size:
            k += 1
    return k
