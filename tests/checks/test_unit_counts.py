"""units: the units that a household takes, and those that a kind has."""

import pytest

import dezentral as dz

from .small import broken, city, household, plan_for, site


def kind(beds: int, count: int = 9, sharing: str = "household", area_m2: float | None = None) -> dz.Unit:
    return dz.Unit(id="flat", beds=beds, count=count, sharing=sharing, area_m2=area_m2)


def one(size: int, unit: dz.Unit, **more: object) -> dz.Instance:
    return city([site(units=[unit])], [household("h", size, **more)])


@pytest.mark.parametrize(
    ("size", "most", "taken", "rules"),
    [
        (4, 1, 1, []),
        (5, 1, 1, ["units"]),  # does not fit
        (5, 2, 2, []),
        (5, 2, 1, ["units"]),  # fits, but takes too few
        (4, 2, 2, ["units"]),  # fits, but takes more than the least
        (9, 2, 2, ["units"]),  # would need three
    ],
)
def test_a_household_takes_the_least_units(size, most, taken, rules):
    instance = one(size, kind(4))
    assert broken(instance, {"max_units_per_household": most}, h=("s", "flat", taken)) == rules


@pytest.mark.parametrize(("count", "rules"), [(3, []), (2, ["units"]), (0, ["units"])])
def test_units_in_use_are_there(count, rules):
    # a household of 5 takes two flats, one of 2 takes one
    instance = city([site(units=[kind(4, count)])], [household("g", 5), household("h", 2)])
    assert broken(instance, {"max_units_per_household": 2}, g=("s", "flat", 2), h="s") == rules


@pytest.mark.parametrize(
    ("area", "least", "size", "rules"),
    [
        (14.0, 7.0, 2, []),
        (13.9, 7.0, 2, ["units"]),
        (13.9, 7.0, 1, []),
        (0.3, 0.1, 3, []),  # 0.3 / 0.1 = 2.9999999999999996 means 3
        (70.0, 7.0, 5, ["units"]),  # 4 beds hold 4, however large
        (None, 7.0, 4, []),  # area not known
        (1.0, None, 4, []),  # no minimal area
    ],
)
def test_newcomers_need_floor_area(area, least, size, rules):
    assert broken(one(size, kind(4, area_m2=area)), {"min_area_per_person_m2": least}, h="s") == rules


@pytest.mark.parametrize(("taken", "rules"), [(3, []), (4, ["units"]), (2, ["units"])])
def test_area_is_joint_over_the_units_of_a_household(taken, rules):
    # 10 m² at 7 m² a person: cap(1) = 1, cap(2) = ⌊20/7⌋ = 2, cap(3) = ⌊30/7⌋ = 4
    instance = one(4, kind(2, area_m2=10.0))
    limits = {"min_area_per_person_m2": 7.0, "max_units_per_household": 5}
    assert broken(instance, limits, h=("s", "flat", taken)) == rules


@pytest.mark.parametrize(("taken", "rules"), [(3, []), (2, ["units"]), (5, ["units"])])
def test_who_stays_is_judged_by_beds_and_without_a_limit_of_units(taken, rules):
    # 5 persons with 2 beds a unit stay in 3 units, although a household may newly take one and 7 m² fit nobody
    instance = one(5, kind(2, area_m2=5.0), current_site="s")
    assert broken(instance, {"min_area_per_person_m2": 7.0}, h=("s", "flat", taken)) == rules


def test_another_kind_at_the_current_site_is_judged_like_a_new_placement():
    there = site(units=[dz.Unit(id="old", beds=1, count=9), kind(2, area_m2=14.0)])
    instance = city([there], [household("h", 3, current_site="s", current_unit="old")])
    limits = {"min_area_per_person_m2": 7.0}
    assert broken(instance, limits, h=("s", "old", 3)) == []
    assert broken(instance, limits, h=("s", "flat", 2)) == ["units"]
    assert broken(instance, limits | {"max_units_per_household": 2}, h=("s", "flat", 2)) == []


def test_unit_counts_bind_who_stays():
    living = [household(key, 1, current_site="s") for key in "gh"]
    assert broken(city([site(units=[kind(4, 1)])], living), g="s", h="s") == ["units"]
    assert broken(city([site(units=[kind(4, 1)])], living), g="s") == []


@pytest.mark.parametrize(("count", "rules"), [(6, []), (5, ["units"])])
def test_persons_living_alone_share_by_sex(count, rules):
    # two beds: ⌈3 women / 2⌉ = 2, ⌈1 man / 2⌉ = 1, one unit each for x and not known, one for the family: 6
    people = [household(f"f{i}", sex="f") for i in range(3)]
    people += [household("m", sex="m"), household("x", sex="x"), household("n"), household("k", 2, sex="f")]
    instance = city([site(units=[kind(2, count, "same_sex")])], people)
    assert broken(instance, **{each.id: "s" for each in people}) == rules


def test_a_family_takes_units_alone_where_singles_share():
    instance = one(5, kind(2, 3, "same_sex"))
    assert broken(instance, {"max_units_per_household": 3}, h=("s", "flat", 3)) == []
    assert broken(instance, {"max_units_per_household": 3}, h=("s", "flat", 2)) == ["units"]
    assert broken(instance, {"max_units_per_household": 2}, h=("s", "flat", 3)) == ["units"]


@pytest.mark.parametrize(("last", "rules"), [(2, []), (3, ["units"])])
def test_dormitory_places_are_taken_person_by_person(last, rules):
    # 2 halls of 3 beds = 6 places: 4 persons, more than a hall has beds, and 2 fit
    instance = city([site(units=[kind(3, 2, "dormitory")])], [household("g", 4), household("h", last)])
    assert broken(instance, g="s", h="s") == rules


@pytest.mark.parametrize("sharing", ["same_sex", "dormitory"])
def test_who_shares_is_written_with_one_unit(sharing):
    instance = one(1, kind(3, 9, sharing))
    assert broken(instance, h=("s", "flat", 1)) == []
    assert broken(instance, h=("s", "flat", 2)) == ["units"]


@pytest.mark.parametrize("sharing", ["same_sex", "dormitory"])
@pytest.mark.parametrize(
    ("lives", "rules"),
    [
        ({}, ["units"]),  # 14 m² at 7 m²: two women, not three
        ({"current_site": "s"}, []),  # lives in every shared kind: 3 beds count
        ({"current_site": "s", "current_unit": "flat"}, []),
        ({"current_site": "s", "current_unit": "other"}, ["units"]),
        ({"current_site": "t"}, ["units"]),
    ],
)
def test_a_shared_kind_lived_in_today_counts_with_beds_for_all(sharing, lives, rules):
    women = [household(f"w{i}", sex="f") for i in range(3)]
    sites = [site(units=[kind(3, 1, sharing, 14.0), dz.Unit(id="other", beds=1)]), site("t")]
    instance = city(sites, [*women, household("h", 2, **lives)])  # h itself is left unplaced
    assert broken(instance, {"min_area_per_person_m2": 7.0}, w0="s", w1="s", w2="s") == rules


@pytest.mark.parametrize(("home", "rules"), [("s", []), (None, ["units"])])
def test_a_family_too_is_judged_by_beds_in_a_shared_kind_lived_in_today(home, rules):
    people = [household("g", 3), household("h", current_site=home)]
    instance = city([site(units=[kind(3, 9, "same_sex", 14.0)])], people)
    assert broken(instance, {"min_area_per_person_m2": 7.0}, g="s") == rules


def test_a_shared_unit_that_holds_nobody_is_not_joined_to_another():
    # 5 m² at 7 m²: cap(1) = 0, cap(2) = 1. A household of one may take two units for itself, a place among others not.
    limits = {"min_area_per_person_m2": 7.0, "max_units_per_household": 2}
    assert broken(one(1, kind(2, area_m2=5.0)), limits, h=("s", "flat", 2)) == []
    assert broken(one(1, kind(2, sharing="same_sex", area_m2=5.0)), limits, h="s") == ["units"]


def test_a_household_kind_lived_in_today_keeps_its_area_for_newcomers():
    instance = city([site(units=[kind(3, 9, area_m2=14.0)])], [household("g", 3, current_site="s"), household("h", 3)])
    assert broken(instance, {"min_area_per_person_m2": 7.0}, g="s") == []
    assert broken(instance, {"min_area_per_person_m2": 7.0}, h="s") == ["units"]


@pytest.mark.parametrize("sharing", ["same_sex", "dormitory", "household"])
def test_nobody_new_fits_where_one_person_has_too_little_area(sharing):
    assert broken(one(1, kind(2, 9, sharing, 6.0)), {"min_area_per_person_m2": 7.0}, h="s") == ["units"]


def test_a_person_living_alone_may_take_two_small_units_alone():
    # cap(1) = ⌊6/7⌋ = 0, cap(2) = ⌊12/7⌋ = 1
    limits = {"min_area_per_person_m2": 7.0, "max_units_per_household": 2}
    assert broken(one(1, kind(2, area_m2=6.0)), limits, h=("s", "flat", 2)) == []


def test_two_persons_alone_do_not_share_a_bed():
    room = dz.Unit(id="room", beds=1, count=1, sharing="same_sex")
    alone = [household(key, sex="f") for key in ("h", "g")]
    instance = city([site(units=[room])], alone)
    assert broken(instance, h=("s", "room")) == []
    assert broken(instance, h=("s", "room"), g=("s", "room")) == ["units"]


@pytest.mark.parametrize(
    ("most", "limit"),
    [(1, "1 unit holds 4 persons."), (2, "2 units, the most that a household may take, hold 8 persons.")],
)
def test_who_does_not_fit_reads_what_the_most_units_hold(most, limit):
    instance = city([site()], [household("h", 9)])
    policy = dz.Policy(rules=dz.Rules(max_units_per_household=most))
    (violation,) = dz.check(instance, policy, plan_for(instance, h="s"))
    assert limit in violation.message
