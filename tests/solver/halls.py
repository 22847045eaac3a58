"""Cities of dormitories in which every household works somewhere else."""

from __future__ import annotations

import random

import dezentral as dz

PLACED = dz.Level(dz.Placed())
NEAR_AND_EVEN = dz.Level(dz.Evenness(weight=10_000.0), dz.Proximity())


def halls(households: int, sites: int, districts: int, seed: int, spare: float = 1.15) -> dz.Instance:
    """Draw sites of few beds each, a little more beds than persons in all."""
    dice = random.Random(seed)  # noqa: S311  nothing secret
    sizes = [dice.choice((1, 1, 2, 3, 4)) for _ in range(households)]
    beds = max(4, round(spare * sum(sizes) / sites))
    return dz.Instance(
        districts=[dz.District(id=f"d{d}", population=dice.randint(500, 2000), housed=d) for d in range(districts)],
        sites=[
            dz.Site(
                id=f"s{s:02}",
                district=f"d{s % districts}",
                units=[dz.Unit(id="bed", beds=1, count=dice.randint(max(1, beds - 2), beds + 2), sharing="dormitory")],
                x=float(dice.randrange(5000)),
                y=float(dice.randrange(5000)),
            )
            for s in range(sites)
        ],
        households=[
            dz.Household(
                id=f"h{h:03}",
                size=size,
                anchors=[dz.Anchor(x=float(dice.randrange(5000)), y=float(dice.randrange(5000)))],
            )
            for h, size in enumerate(sizes)
        ],
    )
