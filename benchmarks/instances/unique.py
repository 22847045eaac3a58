"""Households of which no two are alike: each has its own workplace, and every site is one pool of beds."""

from __future__ import annotations

import numpy as np

from dezentral import Anchor, District, Household, Instance, Site, Unit

_SIDE = 15_000.0  # metres
_SIZES = (1, 2, 3, 4, 5, 6, 7)
_SHARES = (0.38, 0.14, 0.16, 0.16, 0.1, 0.045, 0.015)
_SPARE = 1.12  # beds per person


def unique_households(households: int = 1_000, sites: int = 100, districts: int = 20, seed: int = 0) -> Instance:
    """Scatter sites and workplaces over a square; beds exceed persons by 12 %, unevenly over the districts."""
    rng = np.random.default_rng(seed)
    sizes = rng.choice(_SIZES, size=households, p=_SHARES)
    works = np.round(rng.uniform(0.0, _SIDE, (households, 2)))
    points = np.round(rng.uniform(0.0, _SIDE, (sites, 2)))
    populations = rng.integers(4_000, 40_000, districts)
    beds = rng.dirichlet(np.full(sites, 4.0)) * sizes.sum() * _SPARE
    return Instance(
        districts=tuple(District(id=f"d{d:02d}", population=int(number)) for d, number in enumerate(populations)),
        sites=tuple(
            Site(
                id=f"s{s:03d}",
                district=f"d{s % districts:02d}",
                units=(Unit(id="bed", beds=1, count=int(np.ceil(beds[s])), sharing="dormitory"),),
                x=float(points[s, 0]),
                y=float(points[s, 1]),
            )
            for s in range(sites)
        ),
        households=tuple(
            Household(
                id=f"h{h:05d}", size=int(sizes[h]), anchors=(Anchor(x=float(works[h, 0]), y=float(works[h, 1])),)
            )
            for h in range(households)
        ),
        name=f"{households} unique households, {sites} sites, seed {seed}",
    )
