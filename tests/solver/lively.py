"""A city in which every table has rows, large enough that there is something to decide."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import dezentral as dz

DAY = dt.date(2026, 3, 1)
_KINDS = ("kita", "school")
POLICY = dz.Policy(
    rules=dz.Rules(max_site_persons=12, min_area_per_person_m2=7.0, max_units_per_household=2, max_single_share=0.6),
    levels=[
        dz.Level(dz.KeepHoused()),
        dz.Level(dz.Placed()),
        dz.Level(dz.Stability()),
        dz.Level(dz.Evenness()),
        dz.Level(dz.Seats(), dz.PeerSupport()),
        dz.Level(dz.Proximity(), dz.Wishes(weight=1000.0), dz.Fit(weight=1000.0), dz.Utility(weight=100.0)),
    ],
)


def lively_city(seed: int = 0) -> dz.Instance:
    """Draw 4 districts, 6 sites, 16 households, 4 services, relations, distances and utilities."""
    dice = random.Random(seed)  # noqa: S311  nothing secret
    districts = [dz.District(id=f"d{i}", population=dice.randint(300, 900), support={"ar": i % 2}) for i in range(4)]
    sites = [_site(dice, f"s{i}", f"d{i % 4}") for i in range(6)]
    services = [dz.Service(id=f"k{i}", kind=_KINDS[i % 2], capacity=dice.choice((1, 2, None))) for i in range(4)]
    households = [_household(dice, f"h{i:02}") for i in range(16)]
    return dz.Instance(
        districts=districts,
        sites=sites,
        households=households,
        services=services,
        relations=[
            dz.Relation(kind="same_district", households=("h00", "h01")),
            dz.Relation(kind="different_site", households=("h02", "h03", "h04")),
        ],
        date=DAY,
        distances=_table(dice, sites, services, 200, 4000),
        utilities=_table(dice, households, sites, 0, 9),
    )


def _site(dice: random.Random, key: str, district: str) -> dz.Site:
    units = [
        dz.Unit(id="flat", beds=4, count=dice.randint(1, 2), area_m2=dice.choice((25.0, 40.0))),
        dz.Unit(id="room", beds=2, count=dice.randint(1, 2), sharing=dice.choice(("same_sex", "dormitory"))),
    ]
    return dz.Site(id=key, district=district, units=units)


def _household(dice: random.Random, key: str) -> dz.Household:
    size = dice.choice((1, 1, 2, 3, 5))
    more: dict[str, Any] = dice.choice(({}, {"seeks_support": True}, {"supports": 1}))
    if dice.random() < 0.25:
        more = more | {"current_site": f"s{dice.randrange(6)}"}
    return dz.Household(
        id=key,
        size=size,
        sex=dice.choice(("f", "m")),
        languages=["ar"],
        needs={dice.choice(_KINDS): dice.randint(1, size)},
        wishes=dice.sample([f"d{i}" for i in range(4)], 2),
        arrival=DAY - dt.timedelta(days=dice.randrange(3)),
        **more,
    )


def _table(dice: random.Random, rows: list[Any], columns: list[Any], least: int, most: int) -> dz.Table:
    data = [[None if dice.random() < 0.1 else float(dice.randint(least, most)) for _ in columns] for _ in rows]
    return dz.Table(rows=[row.id for row in rows], columns=[column.id for column in columns], data=data)
