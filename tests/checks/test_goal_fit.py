"""Fit: empty beds in units in use."""

import pytest

import dezentral as dz

from .small import city, household, site, value

AREA = {"min_area_per_person_m2": 7.0}


def kind(beds: int, sharing: str = "household", area_m2: float | None = None) -> dz.Unit:
    return dz.Unit(id="flat", beds=beds, count=9, sharing=sharing, area_m2=area_m2)


def test_empty_beds_of_households_alone():
    instance = city([site(units=[kind(4)])], [household("g", 3), household("h", 5), household("i", 1)])
    assert value(instance, dz.Fit(), g="s", h=("s", "flat", 2)) == 1 + 3
    assert value(instance, dz.Fit()) == 0.0


def test_with_a_minimal_area_places_count_but_beds_for_who_stays():
    # 14 m²: two places of three beds
    instance = city([site(units=[kind(3, area_m2=14.0)])], [household("g", 1), household("h", 1, current_site="s")])
    assert value(instance, dz.Fit(), AREA, g="s") == 2 - 1
    assert value(instance, dz.Fit(), AREA, h="s") == 3 - 1
    assert value(instance, dz.Fit(), g="s") == 3 - 1


def test_a_kind_as_a_whole_has_no_fewer_than_0_empty_places():
    # 10 m²: cap(1) = 1, cap(3) = ⌊30/7⌋ = 4: a household of 4 takes 3 units with one place each, 3 − 4 < 0
    people = [household("g", 4), household("h", 1, current_site="s")]
    instance = city([site(units=[kind(2, area_m2=10.0)])], people)
    assert value(instance, dz.Fit(), AREA, g=("s", "flat", 3)) == 0.0
    # h stays in 2 beds: 3·1 + 2 − 5 = 0 for the kind, not 0 + 1
    assert value(instance, dz.Fit(), AREA, g=("s", "flat", 3), h="s") == 0.0


def test_kinds_do_not_make_up_for_each_other():
    units = [kind(2, area_m2=10.0), dz.Unit(id="big", beds=4)]
    instance = city([site(units=units)], [household("g", 4), household("h", 1)])
    assert value(instance, dz.Fit(), AREA, g=("s", "flat", 3), h=("s", "big")) == 3.0


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({"a": "f", "b": "f", "c": "f", "d": "m"}, (2 + 1) * 2 - 4),
        ({"a": "x", "b": "x", "c": None}, 3 * 2 - 3),  # one unit each
        ({"a": "f", "b": "f"}, 0),
    ],
)
def test_persons_who_share_fill_units_by_sex(people, expected):
    households = [household(key, sex=sex) for key, sex in people.items()]
    instance = city([site(units=[kind(2, "same_sex")])], households)
    assert value(instance, dz.Fit(), **dict.fromkeys(people, "s")) == expected


def test_families_and_singles_of_one_shared_kind_count_together():
    instance = city([site(units=[kind(2, "same_sex")])], [household("g", 3), household("h", sex="m")])
    assert value(instance, dz.Fit(), g=("s", "flat", 2), h="s") == (2 + 1) * 2 - 4


@pytest.mark.parametrize(("current_site", "expected"), [(None, 2 - 1), ("s", 3 - 1)])
def test_a_shared_kind_lived_in_today_counts_with_beds_for_all(current_site, expected):
    people = [household("g", sex="f"), household("h", current_site=current_site)]  # h is left unplaced
    instance = city([site(units=[kind(3, "same_sex", 14.0)])], people)
    assert value(instance, dz.Fit(), AREA, g="s") == expected


def test_dormitories_do_not_count():
    assert value(city([site(units=[kind(30, "dormitory")])], [household("h")]), dz.Fit(), h="s") == 0.0
