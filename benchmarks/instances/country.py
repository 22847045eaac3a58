"""A country: hundreds of districts in regions, thousands of sites, a hundred thousand people."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dezentral import District, Household, Instance, Service, Site, Unit

Numbers = NDArray[Any]

_SIDE = 400_000.0  # metres
_SIZES, _SHARES = (1, 2, 3, 4, 5, 6, 7, 8), (0.56, 0.13, 0.12, 0.1, 0.05, 0.025, 0.01, 0.005)
_KINDS: tuple[dict[str, Any], ...] = (
    {"id": "flat", "beds": 4, "sharing": "household", "area_m2": 60.0},
    {"id": "large", "beds": 6, "sharing": "household", "area_m2": 84.0},
    {"id": "hall", "beds": 8, "sharing": "household", "area_m2": 112.0},
    {"id": "room", "beds": 2, "sharing": "same_sex", "area_m2": 18.0},
)
_BEDS_BY_KIND = (0.3, 0.18, 0.04, 0.48)  # of a site's places
_SPARE = 1.4


def country(
    persons: int = 100_000, sites: int = 2_000, districts: int = 400, regions: int = 20, seed: int = 0
) -> Instance:
    """Draw a country on a square; district ids begin with their region's: ``"r03-d07"``."""
    rng = np.random.default_rng(seed)
    keys = [f"r{d % regions:02d}-d{d // regions:02d}" for d in range(districts)]
    centres = np.column_stack([rng.uniform(0, _SIDE, districts), rng.uniform(0, _SIDE, districts)])
    populations = rng.integers(20_000, 300_000, districts)
    home = np.concatenate([np.arange(districts), rng.choice(districts, size=sites - districts)])
    places = _places(rng, populations, home) * persons * _SPARE
    points = np.round(centres[home] + rng.normal(0.0, 3_000.0, (sites, 2)))
    return Instance(
        districts=tuple(District(id=key, population=int(p)) for key, p in zip(keys, populations, strict=True)),
        sites=_sites(keys, home, points, places),
        households=_households(rng, persons),
        services=_services(rng, keys, centres, persons),
        name=f"country of {persons} persons, seed {seed}",
    )


def regions_of(instance: Instance) -> dict[str, str]:
    """Return the region of each district."""
    return {district.id: district.id.split("-")[0] for district in instance.districts}


def _places(rng: np.random.Generator, populations: Numbers, home: Numbers) -> Numbers:
    """Share places out to the sites: districts get from far too few to far too many for their population."""
    pull = populations * rng.uniform(0.4, 1.6, len(populations))
    within = rng.uniform(0.5, 1.5, len(home))
    totals = np.bincount(home, weights=within, minlength=len(populations))
    shares: Numbers = (pull / pull.sum())[home] * within / totals[home]
    return shares


def _sites(keys: list[str], home: Numbers, points: Numbers, places: Numbers) -> tuple[Site, ...]:
    return tuple(
        Site(id=f"s{s:05d}", district=keys[d], units=_units(room), x=x, y=y)
        for s, (d, (x, y), room) in enumerate(zip(home.tolist(), points.tolist(), places.tolist(), strict=True))
    )


def _units(places: float) -> tuple[Unit, ...]:
    counts = [round(places * share / kind["beds"]) for kind, share in zip(_KINDS, _BEDS_BY_KIND, strict=True)]
    return tuple(Unit(count=count, **kind) for kind, count in zip(_KINDS, counts, strict=True) if count)


def _households(rng: np.random.Generator, persons: int) -> tuple[Household, ...]:
    drawn = rng.choice(_SIZES, size=persons, p=_SHARES)
    most = int(np.searchsorted(np.cumsum(drawn), persons, side="right"))
    sizes = drawn[:most].tolist()
    sizes += [1] * (persons - sum(sizes))
    sexes = rng.choice(["f", "m"], size=len(sizes), p=[0.35, 0.65]).tolist()
    schools = rng.binomial(np.maximum(np.array(sizes) - 2, 0), 0.6).tolist()
    kitas = rng.binomial(np.maximum(np.array(sizes) - 2, 0), 0.2).tolist()
    return tuple(
        Household(
            id=f"h{h:06d}",
            size=size,
            sex=sexes[h] if size == 1 else None,
            needs={
                kind: members
                for kind, members in (("school", schools[h]), ("kita", min(kitas[h], size - schools[h])))
                if members
            },
        )
        for h, size in enumerate(sizes)
    )


def _services(rng: np.random.Generator, keys: list[str], centres: Numbers, persons: int) -> tuple[Service, ...]:
    """Put a school and a kita into every district, with seats for a tenth more than can be expected to come."""
    found: list[Service] = []
    for kind, per_person, reach in (("school", 0.2, 15_000.0), ("kita", 0.07, 10_000.0)):
        points = np.round(centres + rng.normal(0.0, 2_000.0, centres.shape))
        seats = int(np.ceil(per_person * persons / len(keys)))
        found += [
            Service(id=f"{kind}-{key}", kind=kind, x=float(x), y=float(y), capacity=seats, reach=reach)
            for key, (x, y) in zip(keys, points.tolist(), strict=True)
        ]
    return tuple(found)
