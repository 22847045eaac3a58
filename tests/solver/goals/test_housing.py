"""Wishes, Fit, Cost, Utility: optima derived by hand."""

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import values

FLAT = dz.Unit(id="flat", beds=4)


@pytest.mark.parametrize(
    ("wishes", "depth", "value"),
    [
        (["a"], 3, 0),
        (["b", "a"], 3, 2),
        (["b", "c", "a"], 3, 4),
        (["b", "c", "a"], 1, 2),  # no rank counts more than the depth
        (["b"], 3, 6),  # not listed: the depth
        (["b"], 0, 0),
        ([], 3, 0),
    ],
)
def test_wishes_count_ranks_times_persons(wishes, depth, value):
    instance = city([site()], [household("h", 2, wishes=wishes)])
    assert values(instance, dz.Placed(), dz.Wishes(depth=depth)) == [0, value]


def test_wishes_of_larger_households_weigh_more():
    # both wish for a, which has one flat: the 3 get it, the 2 take rank 1
    people = [household(key, size, wishes=["a", "b"]) for key, size in (("g", 2), ("h", 3))]
    assert values(city([site(units=[FLAT]), site("t", "b")], people), dz.Placed(), dz.Wishes()) == [0, 2]


def test_fit_counts_empty_beds_in_units_in_use():
    # flats of 4 and 3 for 3 and 2: 3 in 4 and 2 in 3, or 3 in 3 and 2 in 4: 2 beds; with a flat of 2: none
    units = [dz.Unit(id="four", beds=4), dz.Unit(id="three", beds=3)]
    people = [household("g", 2), household("h", 3)]
    assert values(city([site(units=units)], people), dz.Placed(), dz.Fit()) == [0, 2]
    assert values(city([site(units=[*units, dz.Unit(id="two", beds=2)])], people), dz.Placed(), dz.Fit()) == [0, 0]


def test_fit_counts_places_by_area_but_beds_where_somebody_stays():
    # 4 beds, 21 m²: 3 places at 7 m²: 1 is empty; who stays is judged by beds: 2 are empty
    flat = dz.Unit(id="flat", beds=4, area_m2=21.0)
    for current, value in ((None, 1), ("s", 2)):
        instance = city([site(units=[flat])], [household("h", 2, current_site=current)])
        assert values(instance, dz.Placed(), dz.Fit(), min_area_per_person_m2=7.0) == [0, value]


def test_fit_counts_shared_rooms_but_no_dormitory():
    # 2 women and 1 man in rooms of 2: 2 rooms, 1 bed empty; in a hall: none
    people = [household("m", sex="m"), household("v", sex="f"), household("w", sex="f")]
    room = dz.Unit(id="room", beds=2, count=2, sharing="same_sex")
    assert values(city([site(units=[room])], people), dz.Placed(), dz.Fit()) == [0, 1]
    hall = dz.Unit(id="hall", beds=9, sharing="dormitory")
    assert values(city([site(units=[hall])], people), dz.Placed(), dz.Fit()) == [0, 0]


def test_a_household_in_connected_units_fills_more_than_their_beds_count():
    # 20 m² at 7 m²: cap(1) = 2, cap(2) = ⌊5.7⌋ = 5. Five in two units leave max(0, 2 · 2 − 5) = 0 beds of four empty;
    # beside them, one alone leaves 1 of 2: −1 and 1 together are 0.
    flats = site(units=[dz.Unit(id="flat", beds=4, count=3, area_m2=20.0)])
    rules = {"min_area_per_person_m2": 7.0, "max_units_per_household": 2}
    assert values(city([flats], [household("g", 5)]), dz.Placed(), dz.Fit(), **rules) == [0, 0]
    assert values(city([flats], [household("g", 5), household("h")]), dz.Placed(), dz.Fit(), **rules) == [0, 0]
    # A flat of five beds fits as well, and costs half a unit more.
    dearer = site("t", units=[dz.Unit(id="flat", beds=5)], cost=0.1)
    both = dz.Level(dz.Fit(), dz.Cost())
    assert values(city([flats, dearer], [household("g", 5)]), dz.Placed(), both, **rules) == [0, 0]


def test_cost_is_per_person():
    # one cheap flat: the 3 take it for 1.25 each, the 2 pay 2.5 each
    people = [household("g", 2), household("h", 3)]
    sites = [site(units=[FLAT], cost=1.25), site("t", "b", cost=2.5)]
    assert values(city(sites, people), dz.Placed(), dz.Cost()) == [0, 3 * 1.25 + 2 * 2.5]


def test_utility_is_the_negative_sum_of_what_placements_promise():
    # one flat each at s and t: g at s, h at t bring 0.5 + 0 (missing); h at s, g at t bring 0.25 + 0.125
    benefit = dz.Table(rows=("g", "h"), columns=("s", "t"), data=((0.5, 0.125), (0.25, None)))
    sites = [site(units=[FLAT]), site("t", "b", units=[FLAT])]
    instance = city(sites, [household("g", 2), household("h", 2)], utilities=benefit)
    assert values(instance, dz.Placed(), dz.Utility()) == [0, -0.5]


def test_a_negative_utility_is_avoided_by_placing_nobody():
    benefit = dz.Table(rows=("g",), columns=("s",), data=((-0.5,),))
    instance = city([site()], [household("g", 2)], utilities=benefit)
    assert values(instance, dz.Utility()) == [0]
    assert values(instance, dz.Placed(), dz.Utility()) == [0, 0.5]
