"""site_cap, district_cap, operator_cap, single_share: judged on today."""

import pytest

import dezentral as dz
from dezentral.checks import check

from .small import FLAT, broken, city, household, plan_for, site

OTHER = dz.Unit(id="other", beds=4)


@pytest.mark.parametrize(("own", "of_all"), [(6, None), (None, 6), (6, 9), (9, 6)])
def test_the_smaller_site_cap_counts_with_housed(own, of_all):
    # housed 1 + 3 + 2 = 6 is allowed, one person more is not
    for extra, rules in ((2, []), (3, ["site_cap"])):
        instance = city([site(housed=1, max_persons=own)], [household("g", 3), household("h", extra)])
        assert broken(instance, {"max_site_persons": of_all}, g="s", h="s") == rules


def test_where_the_cap_is_exceeded_today_those_who_live_there_may_stay_but_nobody_enters():
    # housed 2 + 3 + 2 = 7 > 6 today
    people = [household("f", 3, current_site="s"), household("g", 2, current_site="s"), household("h", 1)]
    instance = city([site(housed=2, max_persons=6)], people)
    assert broken(instance, f="s", g="s") == []
    assert broken(instance, f="s", h="s") == ["site_cap"]  # 2 + 3 + 1 = 6, yet today is what counts


def test_up_to_the_cap_of_today_who_leaves_makes_room():
    # today 3 + 3 = 6, not more than 6
    people = [household("f", 3, current_site="s"), household("g", 3, current_site="s"), household("h", 3)]
    instance = city([site(max_persons=6)], people)
    assert broken(instance, f="s", h="s") == []
    assert broken(instance, f="s", g="s", h="s") == ["site_cap"]


def test_another_unit_kind_at_the_current_site_adds_nobody():
    living = household("h", 3, current_site="s", current_unit="flat")
    instance = city([site(units=[FLAT, OTHER], max_persons=2)], [living])  # 3 > 2 today
    assert broken(instance, h=("s", "other")) == []


def test_a_cap_names_the_newcomers():
    people = [household("g", 3, current_site="s"), household("h", 3)]
    instance = city([site(max_persons=5)], people)
    (violation,) = check(instance, dz.Policy.default(), plan_for(instance, g="s", h="s"))
    assert (violation.rule, violation.households, violation.sites) == ("site_cap", ("h",), ("s",))
    assert violation.message == "Site s would have 6 persons; the limit is 5."


def test_a_district_cap_counts_its_whole_load():
    districts = [dz.District(id="a", population=1, housed=2, max_persons=8), dz.District(id="b", population=1)]
    for size, rules in ((3, []), (4, ["district_cap"])):
        # 2 + 1 housed, 2 placed at s, `size` at t
        people = [household("g", 2), household("h", size)]
        instance = city([site("s", housed=1), site("t"), site("r", "b")], people, districts=districts)
        assert broken(instance, g="s", h="t") == rules
        assert broken(instance, g="s", h="r") == []


def test_where_a_district_is_over_its_cap_people_may_move_within_it():
    districts = [dz.District(id="a", population=1, max_persons=2), dz.District(id="b", population=1)]
    people = [household("g", 3, current_site="s"), household("h", 1, current_site="r")]
    instance = city([site("s"), site("t"), site("r", "b")], people, districts=districts)
    assert broken(instance, g="t") == []
    assert broken(instance, h="t") == ["district_cap"]


def test_an_operator_cap_counts_over_its_sites():
    sites = [site("s", operator="o", housed=1), site("t", "b", operator="o"), site("r", operator="p"), site("q")]
    for limit, rules in ((6, []), (5, ["operator_cap"])):
        instance = city(sites, [household("g", 2), household("h", 3)])
        # 1 + 2 + 3 at the sites of o
        assert broken(instance, {"operator_capacity": {"o": limit, "nobody": 0}}, g="s", h="t") == rules
        assert broken(instance, {"operator_capacity": {"o": limit}}, g="r", h="q") == []


def test_where_an_operator_is_over_its_cap_people_may_move_between_its_sites():
    sites = [site("s", operator="o"), site("t", "b", operator="o"), site("r", operator="p")]
    instance = city(sites, [household("g", 3, current_site="s"), household("h", 1, current_site="r")])
    assert broken(instance, {"operator_capacity": {"o": 2}}, g="t") == []
    assert broken(instance, {"operator_capacity": {"o": 2}}, h="s") == ["operator_cap"]


@pytest.mark.parametrize(
    ("beds", "share", "allowed"),
    [
        (10, 0.0, 0),
        (10, 0.3, 3),
        (10, 0.31, 4),  # ⌈3.1⌉
        (10, 1.0, 10),
        (25, 0.28, 7),  # 0.28 × 25 = 7.000000000000001 means 7
    ],
)
def test_persons_living_alone_have_a_share_of_the_places(beds, share, allowed):
    singles = [household(f"h{i}") for i in range(allowed + 1)]
    dorm = dz.Unit(id="dorm", beds=beds, sharing="dormitory")
    flats = dz.Unit(id="flat", beds=3, count=0)  # units that are not there have no places
    instance = city([site(units=[dorm, flats], housed=7)], singles)
    where = {each.id: ("s", "dorm") for each in singles[:allowed]}
    assert broken(instance, {"max_single_share": share}, **where) == []
    where[singles[-1].id] = ("s", "dorm")
    # with share 1 every place may go to somebody alone: then the eleventh has no place
    assert broken(instance, {"max_single_share": share}, **where) == [*["units"] * (allowed == 10), "single_share"]


def test_families_do_not_count_as_living_alone():
    instance = city([site()], [household("h", 2)])
    assert broken(instance, {"max_single_share": 0.0}, h="s") == []


def test_places_are_counted_by_area_but_by_beds_where_people_share_today():
    # 2 rooms of 3 beds, 14 m²: 4 places by area, 6 by beds; half of them: 2 or 3
    room = dz.Unit(id="room", beds=3, count=2, sharing="same_sex", area_m2=14.0)
    limits = {"max_single_share": 0.5, "min_area_per_person_m2": 7.0}
    women = [household(f"w{i}", sex="f") for i in range(3)]
    everyone = {f"w{i}": ("s", "room") for i in range(3)}
    assert broken(city([site(units=[room])], women), limits, **everyone) == ["single_share"]
    lived_in = [*women, household("k", 2, current_site="s")]
    assert broken(city([site(units=[room])], lived_in), limits, **everyone) == []


def test_where_too_many_live_alone_today_families_may_enter_and_singles_may_stay():
    people = [household("f", current_site="s"), household("g"), household("h", 2)]
    instance = city([site()], people)
    assert broken(instance, {"max_single_share": 0.0}, f="s", h="s") == []
    assert broken(instance, {"max_single_share": 0.0}, g="s", h="s") == ["single_share"]
