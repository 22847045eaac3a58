"""Ten households of three persons that are alike in everything are one type: each goal must count all of them."""

import datetime as dt

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import left_out, solved, values

TEN = range(10)
FLATS = [dz.Unit(id="flat", beds=4, count=12)]
DAY = dt.date(2026, 3, 1)


def alike(**fields):
    return [household(f"h{i}", 3, **fields) for i in TEN]


@pytest.mark.parametrize(
    ("goal", "fields", "value"),
    [
        (dz.Fit(), {}, 10),  # one bed each
        (dz.Cost(), {}, 75),  # 30 persons × 2.5
        (dz.Wishes(), {"wishes": ["c", "b"]}, 90),  # a is not listed: depth 3 × 30 persons
        (dz.Wishes(), {"wishes": ["c", "a"]}, 30),
        (dz.Stability(), {"current_site": "t"}, 30),
        (dz.KeepHoused(), {"current_site": "t"}, 0),
        (dz.Proximity(), {"anchors": [dz.Anchor(x=1000.0, y=0.0)]}, 13_000),  # 10 × 1000 m × 1.3
    ],
)
def test_what_all_of_them_come_to_where_they_must_live(goal, fields, value):
    closed = site("t", "b", open_until=DAY, x=0.0, y=0.0)
    instance = city([site(units=FLATS, cost=2.5, x=0.0, y=0.0), closed], alike(**fields), date=DAY)
    assert values(instance, dz.Placed(), goal) == [0, value]


def test_nobody_can_be_kept_where_all_of_them_lived():
    instance = city([site(open_until=DAY)], alike(current_site="s"), date=DAY)
    assert values(instance, dz.KeepHoused(), dz.Placed()) == [30, 30]


def test_benefits_add_up():
    utilities = dz.Table(rows=[f"h{i}" for i in TEN], columns=["s"], data=[[0.5]] * 10)
    assert values(city([site(units=FLATS)], alike(), utilities=utilities), dz.Utility()) == [-5]


def test_empty_beds_of_many_who_stay_and_of_those_who_fill_more_than_counts():
    # Ten persons alone stay in flats of 4 beds, 3 empty ones each. By area a flat is for one, two for three newcomers:
    # each of two such households fills one place more than counts.
    flats = [dz.Unit(id="flat", beds=4, count=14, area_m2=11.0)]
    staying = [household(f"h{i}", 1, current_site="s", current_unit="flat") for i in TEN]
    instance = city([site(units=flats)], [*staying, household("m", 3), household("n", 3)])
    rules = {"min_area_per_person_m2": 7.0, "max_units_per_household": 2}
    assert values(instance, dz.Placed(), dz.Fit(), **rules) == [0, 10 * 3 - 2]


def test_many_seek_peer_support():
    # 30 persons seek it; one household gives it to 4 of them and the circle of the district to 5.
    districts = [dz.District(id="a", population=1000, support={"uk": 5})]
    people = [*alike(languages={"uk"}, seeks_support=True), household("x", 1, languages={"uk"}, supports=4)]
    instance = city([site(units=FLATS)], people, districts=districts)
    assert values(instance, dz.Placed(), dz.PeerSupport()) == [0, 21]


def test_as_many_of_them_move_as_may():
    # All live at s, which costs more than t; four may move.
    units = [dz.Unit(id="flat", beds=4, count=10)]
    sites = [site(units=units, cost=1.0), site("t", "b", units=units)]
    result = solved(city(sites, alike(current_site="s")), dz.Placed(), dz.Cost(), max_moves=4)
    assert [level.value for level in result.levels] == [0, 18]


@pytest.mark.parametrize(("rules", "left"), [({"max_single_share": 0.5}, 6), ({}, 0), ({"max_site_persons": 7}, 5)])
def test_twelve_women_share_rooms(rules, left):
    # 3 rooms of 4 beds; half of their 12 places, all of them, or 7 persons at the site
    rooms = [dz.Unit(id="room", beds=4, count=3, sharing="same_sex")]
    women = [household(f"w{i:02}", 1, sex="f") for i in range(12)]
    assert left_out(city([site(units=rooms)], women), **rules)[0] == left
