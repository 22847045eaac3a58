from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.metrics import occupancy

COLUMNS = ["site", "district", "operator", "unit", "count", "in_use", "persons", "spare_beds"]


def kind(unit, people):
    """Return the only row of a site with one unit kind, where households (size, sex, units) live."""
    instance = dz.Instance(
        districts=[dz.District(id="d", population=1)],
        sites=[dz.Site(id="s", district="d", units=[unit])],
        households=[dz.Household(id=f"h{i}", size=size, sex=sex) for i, (size, sex, _) in enumerate(people)],
    )
    placements = [
        dz.Placement(household=f"h{i}", site="s", unit=unit.id, units=units) for i, (_, _, units) in enumerate(people)
    ]
    (row,) = occupancy(instance, dz.Plan(placements=placements)).to_dict("records")
    return row["in_use"], row["persons"], row["spare_beds"]


def test_households_alone_use_the_units_of_their_placements():
    # 5 flats of 3 beds: 2 persons in one, 5 in two: 3 in use, 15 − 7 beds without a sleeper
    flats = dz.Unit(id="flat", beds=3, count=5)
    assert kind(flats, [(2, None, 1), (5, None, 2)]) == (3, 7, 8)


def test_persons_alone_share_by_sex():
    # rooms of 2: ⌈3 f / 2⌉ + ⌈1 m / 2⌉ + one each for x and None = 2 + 1 + 2
    rooms = dz.Unit(id="room", beds=2, count=9, sharing="same_sex")
    people = [(1, sex, 1) for sex in ("f", "f", "f", "m", "x", None)]
    assert kind(rooms, people) == (5, 6, 12)


def test_families_in_rooms_that_are_shared_by_sex_use_their_own():
    rooms = dz.Unit(id="room", beds=2, count=9, sharing="same_sex")
    assert kind(rooms, [(3, "f", 2), (1, "f", 1)]) == (3, 4, 14)


@pytest.mark.parametrize(("persons", "in_use"), [(1, 1), (6, 1), (7, 2)])
def test_a_dormitory_fills_room_by_room(persons, in_use):
    dormitory = dz.Unit(id="hall", beds=6, count=2, sharing="dormitory")
    assert kind(dormitory, [(1, None, 1)] * persons) == (in_use, persons, 12 - persons)


def test_a_family_in_a_dormitory_takes_places_not_rooms():
    dormitory = dz.Unit(id="hall", beds=6, count=2, sharing="dormitory")
    assert kind(dormitory, [(4, None, 1), (3, None, 1)]) == (2, 7, 5)


def test_the_area_of_a_unit_does_not_matter_here():
    rooms = dz.Unit(id="room", beds=2, count=2, sharing="same_sex", area_m2=7.0)
    assert kind(rooms, [(1, "f", 1), (1, "f", 1)]) == (1, 2, 2)


def test_a_unit_that_is_overfull_shows_a_negative_spare():
    assert kind(dz.Unit(id="flat", beds=2), [(5, None, 1)]) == (1, 5, -3)


def test_every_kind_of_every_site_has_a_row_in_the_order_of_the_instance():
    flat = dz.Unit(id="flat", beds=3, count=0)
    room = dz.Unit(id="room", beds=2)
    instance = dz.Instance(
        districts=[dz.District(id="d", population=1), dz.District(id="e", population=1)],
        sites=[
            dz.Site(id="t", district="e", units=[room, flat], operator="city", housed=50),
            dz.Site(id="s", district="d", units=[room], opening_cost=1),
            dz.Site(id="empty", district="d", units=[]),
        ],
        households=[dz.Household(id="h", size=1)],
    )
    frame = occupancy(instance, dz.Plan(placements=[dz.Placement(household="h", site="s", unit="room")]))
    assert list(frame.columns) == COLUMNS
    assert frame.to_numpy().tolist() == [
        ["t", "e", "city", "room", 1, 0, 0, 2],
        ["t", "e", "city", "flat", 0, 0, 0, 0],
        ["s", "d", None, "room", 1, 1, 1, 1],
    ]


def test_without_units_there_are_no_rows():
    instance = dz.Instance(districts=[], sites=[])
    frame = occupancy(instance, dz.Plan())
    assert list(frame.columns) == COLUMNS
    assert frame.empty


def test_the_plan_must_belong_to_the_instance():
    with pytest.raises(dz.PlanError):
        occupancy(dz.Instance(districts=[], sites=[]), dz.Plan(unplaced=["h"]))
