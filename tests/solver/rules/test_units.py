"""open, units: what there is, and whether it takes part."""

import datetime as dt

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import left_out, solved, values

DAY = dt.date(2026, 3, 1)
FLAT = dz.Unit(id="flat", beds=4)


@pytest.mark.parametrize(
    ("dates", "left"),
    [
        ({}, 0),
        ({"open_from": DAY}, 0),  # from that day on
        ({"open_from": DAY + dt.timedelta(days=1)}, 3),
        ({"open_until": DAY}, 3),  # up to the day before
        ({"open_until": DAY + dt.timedelta(days=1)}, 0),
        ({"opening_cost": 0.0}, 3),  # a candidate is closed
    ],
)
def test_only_open_sites_take_people(dates, left):
    instance = city([site(units=[FLAT], **dates)], [household("h", 3)], date=DAY)
    assert left_out(instance) == (left, ("h",) if left else ())


def test_without_a_planning_day_dates_are_ignored():
    instance = city([site(open_until=DAY)], [household("h", 3)])
    assert left_out(instance) == (0, ())


def test_who_lives_at_a_site_that_closes_must_leave_it():
    sites = [site(units=[FLAT], open_until=DAY), site("t", "b", units=[FLAT])]
    instance = city(sites, [household("g", 3, current_site="s"), household("h", 2, current_site="s")], date=DAY)
    # one flat for two households: the larger gets it
    assert values(instance, dz.KeepHoused()) == [2]


@pytest.mark.parametrize(("size", "left"), [(4, 0), (5, 5)])
def test_a_household_fits_up_to_the_beds(size, left):
    assert left_out(city([site(units=[FLAT])], [household("h", size)]))[0] == left


def test_a_flat_is_for_one_household_alone():
    # 2 flats, sizes 1, 2, 3: the person alone stays out
    flats = dz.Unit(id="flat", beds=4, count=2)
    people = [household("f", 1), household("g", 2), household("h", 3)]
    assert left_out(city([site(units=[flats])], people)) == (1, ("f",))


def test_kinds_of_which_there_are_none_take_nobody():
    empty = dz.Unit(id="flat", beds=4, count=0)
    assert left_out(city([site(units=[empty])], [household("h", 1)])) == (1, ("h",))


@pytest.mark.parametrize(("most", "count", "left"), [(2, 2, 0), (1, 2, 7), (2, 1, 7), (3, 2, 0)])
def test_a_large_family_takes_connected_units(most, count, left):
    # 7 persons need ⌈7/4⌉ = 2 units
    flats = dz.Unit(id="flat", beds=4, count=count)
    result = solved(city([site(units=[flats])], [household("h", 7)]), dz.Placed(), max_units_per_household=most)
    assert result.levels[0].value == left
    assert [placement.units for placement in result.plan.placements] == [2] * (left == 0)


@pytest.mark.parametrize(("area", "left"), [(21.0, 0), (20.9, 3)])
def test_floor_area_limits_the_persons_in_a_flat(area, left):
    # 3 persons × 7 m² = 21 m²
    flat = dz.Unit(id="flat", beds=4, area_m2=area)
    assert left_out(city([site(units=[flat])], [household("h", 3)]), min_area_per_person_m2=7.0)[0] == left


def test_area_binds_nobody_who_stays():
    flat = dz.Unit(id="flat", beds=4, area_m2=1.0)
    instance = city([site(units=[flat])], [household("h", 4, current_site="s")])
    assert left_out(instance, min_area_per_person_m2=7.0) == (0, ())


@pytest.mark.parametrize(
    ("women", "men", "others", "left"),
    [
        (2, 1, 0, 0),  # ⌈2/2⌉ + ⌈1/2⌉ = 2 rooms
        (4, 0, 0, 0),
        (3, 1, 0, 1),  # 2 + 1 rooms: one of the three, or the man, stays out
        (2, 0, 2, 1),  # 1 + 2 rooms
        (0, 0, 2, 0),
        (0, 0, 3, 1),
    ],
)
def test_persons_living_alone_share_rooms_by_sex(women, men, others, left):
    rooms = dz.Unit(id="room", beds=2, count=2, sharing="same_sex")
    people = [household(f"f{i}", sex="f") for i in range(women)]
    people += [household(f"m{i}", sex="m") for i in range(men)]
    people += [household(f"x{i}", sex="x" if i else None) for i in range(others)]
    assert left_out(city([site(units=[rooms])], people))[0] == left


def test_single_rooms_of_a_shared_kind_are_as_many_as_there_are():
    rooms = dz.Unit(id="room", beds=1, count=2, sharing="same_sex")
    people = [household(f"f{i}", sex="f") for i in range(2)] + [household("m", sex="m")]
    assert left_out(city([site(units=[rooms])], people))[0] == 1


def test_families_have_shared_rooms_to_themselves():
    # 3 rooms of 2: the family of 3 takes two connected ones, the men share the last, the woman stays out
    rooms = dz.Unit(id="room", beds=2, count=3, sharing="same_sex")
    people = [household("fam", 3), household("m1", sex="m"), household("m2", sex="m"), household("w", sex="f")]
    assert left_out(city([site(units=[rooms])], people), max_units_per_household=2) == (1, ("w",))


@pytest.mark.parametrize(("last", "left"), [(2, 0), (3, 2)])
def test_dormitory_places_are_taken_person_by_person(last, left):
    # 2 × 3 places: 2 + 2 + 2 fit; with 2 + 2 + 3 the best is 2 + 3 or 2 + 2, so 2 are left
    hall = dz.Unit(id="hall", beds=3, count=2, sharing="dormitory")
    people = [household("f", 2), household("g", 2), household("h", last)]
    assert left_out(city([site(units=[hall])], people))[0] == left


@pytest.mark.parametrize(("lived_in", "left"), [(False, 1), (True, 0)])
def test_a_hall_lived_in_today_counts_beds_not_area(lived_in, left):
    # 3 beds, 14 m² at 7 m²: 2 places, or 3 where someone lives today
    hall = dz.Unit(id="hall", beds=3, sharing="dormitory", area_m2=14.0)
    people = [household("f", current_site="s" if lived_in else None), household("g"), household("h")]
    assert left_out(city([site(units=[hall])], people), min_area_per_person_m2=7.0)[0] == left
