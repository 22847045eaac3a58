"""Instances for tests of files, with everything in them."""

from __future__ import annotations

import datetime as dt

from shapely.geometry import MultiPolygon, box

import dezentral as dz

WEST, EAST = box(500_000, 5_400_000, 500_100.1, 5_400_100), box(500_100.1, 5_400_000, 500_200, 5_400_100)


def city(**changes):
    """Build a city with every field in use."""
    full = dz.Instance(
        districts=[
            dz.District(
                id="01",
                name="Süd",
                population=100,
                housed=3,
                target_weight=0.1,
                max_persons=9,
                support={"ar": 2},
                geometry=WEST,
            ),
            dz.District(id="NA", population=50, target_weight=0.2, geometry=MultiPolygon([EAST])),
        ],
        sites=[
            dz.Site(
                id="s1",
                district="01",
                name="=HYPERLINK(1)",
                kind="hall",
                operator="AWO",
                x=500_050.1,
                y=5_400_050.2,
                features={"quiet", "step_free"},
                admits={"family"},
                housed=2,
                max_persons=20,
                open_from=dt.date(2026, 1, 31),
                open_until=dt.date(2030, 1, 31),
                cost=-0.1,
                opening_cost=5.5,
                confidential=True,
                units=[dz.Unit(id="flat", beds=4, count=3, sharing="same_sex", features={"kitchen"}, area_m2=40.5)],
            ),
            dz.Site(id="007", district="NA", x=500_150.0, y=5_400_050.0, admits=(), units=[dz.Unit(id="flat", beds=2)]),
        ],
        households=[
            dz.Household(
                id="1",
                size=3,
                sex="f",
                traits={"family"},
                requires={"quiet"},
                needs={"kita": 1},
                languages={"ar", "de"},
                supports=2,
                anchors=[dz.Anchor(x=-0.1, y=0.3, weight=0.5), dz.Anchor(x=1.0, y=2.0)],
                wishes=("NA", "01"),
                current_site="s1",
                current_unit="flat",
                fixed_site="s1",
                excluded_sites={"007"},
                excluded_districts={"NA"},
                priority=2,
                arrival=dt.date(2025, 12, 24),
            ),
            dz.Household(id="2", size=1, seeks_support=True),
        ],
        services=[
            dz.Service(id="k1", kind="kita", x=500_000.5, y=5_400_000.5, capacity=4, reach=1500.5, name="@kita"),
            dz.Service(id="k2", kind="school"),
        ],
        relations=[dz.Relation(kind="different_site", households=("2", "1"))],
        detour=1.25,
        date=dt.date(2026, 2, 1),
        name="Stadt",
        distances=dz.Table(rows=("007", "s1"), columns=("k2", "k1"), data=((420, None), (0.1, 7))),
        utilities=dz.Table(rows=("2",), columns=("s1", "007"), data=((-0.5, None),)),
    )
    return full.replace(**changes)


def small(**changes):
    """Build the smallest city with one of each."""
    fields = {
        "districts": [dz.District(id="a", population=10)],
        "sites": [dz.Site(id="s", district="a", units=[dz.Unit(id="u", beds=2)])],
        "households": [dz.Household(id="g", size=2), dz.Household(id="h", size=1, current_site="s")],
    }
    return dz.Instance(**{**fields, **changes})
