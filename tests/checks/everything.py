"""A city with every rule switched on, a plan that keeps them all, and one change for each rule that breaks it alone."""

from __future__ import annotations

import datetime as dt

import dezentral as dz

from .small import Place, household, site

FLAT = {"id": "flat", "beds": 4, "area_m2": 40.0}
ROOM = dz.Unit(id="room", beds=2, count=2, sharing="same_sex", area_m2=14.0)
DORM = dz.Unit(id="dorm", beds=2, count=1, sharing="dormitory")


def _flats(count: int) -> dz.Unit:
    return dz.Unit(count=count, **FLAT)


RULES = dz.Rules(
    max_site_persons=10,
    min_area_per_person_m2=7.0,
    max_units_per_household=2,
    max_single_share=0.2,
    max_distance={"school": 2000.0},
    service_capacity=True,
    operator_capacity={"op": 18},
    max_moves=1,
    min_stay_days=30,
)
POLICY = dz.Policy(
    rules=RULES,
    levels=[
        dz.Level(dz.KeepHoused(), dz.Placed(), dz.Stability(), dz.Seats()),
        dz.Level(*(dz.Evenness(measure=measure) for measure in ("chi2", "persons_to_move", "max_ratio"))),
        dz.Level(dz.Proximity(), dz.Wishes(weight=1000.0), dz.Fit(weight=1000.0)),
        dz.Level(dz.Cost(), dz.Utility(), dz.PeerSupport(weight=0.1)),
    ],
)
CITY = dz.Instance(
    districts=[
        dz.District(id="a", population=1000, housed=3, support={"ar": 1}),
        dz.District(id="b", population=1000, max_persons=9),
        dz.District(id="c", population=0),
    ],
    sites=[
        site("home", "a", [_flats(3), ROOM], x=0.0, y=0.0, operator="op", cost=0.1),
        site("side", "a", [_flats(3)], x=500.0, y=0.0, admits={"family"}, features={"lift"}, cost=0.2),
        site("shut", "a", [_flats(1)], x=0.0, y=0.0, opening_cost=1.0),
        site("soon", "a", [_flats(1)], x=0.0, y=0.0, open_until=dt.date(2026, 3, 20)),
        site("north", "b", [_flats(6)], x=1000.0, y=0.0, operator="op", cost=0.3),
        site("far", "b", [_flats(2), DORM], x=9000.0, y=0.0),
        site("zero", "c", [_flats(1)], x=0.0, y=0.0),
    ],
    households=[
        household("mum", 3, needs={"school": 2}, requires={"lift"}, traits={"family"}, wishes=("b", "a")),
        household("big", 5, anchors=[dz.Anchor(x=10.0, y=0.0, weight=0.1)]),
        household("old", 2, current_site="home", current_unit="flat", supports=2, languages={"ar"}),
        household("solo1", sex="f", seeks_support=True, languages={"ar"}),
        household("solo2", sex="f", seeks_support=True, languages={"uk"}),
        household("kin1", 2),
        household("kin2", 2, traits={"family"}),
        household("mover", current_site="home"),
        household("pinned", fixed_site="north"),
        household("barred", 2, excluded_districts={"b"}),
        household("trio", 3),
        household("pupil", 2, needs={"school": 1}),
        household("pupils", 2, needs={"school": 2}),
        *(household(f"man{i}", sex="m") for i in range(3)),
    ],
    services=[dz.Service(id="k", kind="school", x=0.0, y=0.0, capacity=3)],
    relations=[
        dz.Relation(kind="same_district", households=("kin1", "kin2")),
        dz.Relation(kind="different_district", households=("solo1", "kin1")),
    ],
    utilities=dz.Table(rows=("mum", "big"), columns=("side", "home"), data=((0.1, None), (0.7, 0.2))),
    date=dt.date(2026, 3, 1),
)

# home 9 of 10 persons, 3 of 3 flats; north 6; district b 6 of 9; operator 15 of 18; school 2 of 3 seats; one move
PLAN: dict[str, Place] = {
    "mum": "side", "big": ("home", "flat", 2), "old": "home", "solo1": ("home", "room"), "solo2": ("home", "room"),
    "kin1": "north", "kin2": "north", "mover": "north", "pinned": "north",
}  # fmt: skip

# rule → what is placed otherwise (None: unplaced)
CORRUPTIONS: dict[str, dict[str, Place | None]] = {
    "open": {"barred": "shut"},
    "units": {"big": "home"},
    "admits": {"barred": "side"},
    "requires": {"mum": "north"},
    "excluded": {"barred": "far"},
    "fixed": {"pinned": None},
    "relation": {"kin2": "side"},
    "site_cap": {"man0": ("home", "room"), "man1": ("home", "room")},
    "district_cap": {"trio": "far", "man0": "far"},
    "district_share": {"trio": "zero"},
    "operator_cap": {"man0": ("home", "room"), "trio": "north"},
    "single_share": {"man0": "far", "man1": "far", "man2": ("far", "dorm")},
    "max_distance": {"pupil": "far"},
    "service_capacity": {"pupils": "north"},
    "max_moves": {"old": "north"},
    "min_stay": {"trio": "soon"},
}
