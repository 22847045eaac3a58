"""site_cap, district_cap, district_share, operator_cap, single_share: persons, judged on today."""

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import left_out

PAIR = [household("g", 2), household("h", 3)]


@pytest.mark.parametrize(
    ("own", "of_all", "left"),
    [(6, None, 0), (None, 6, 0), (9, 6, 0), (6, 9, 0), (5, None, 2), (None, 5, 2), (3, None, 3), (2, 9, 5)],
)
def test_a_site_cap_counts_housed_and_placed(own, of_all, left):
    # 1 housed + 2 + 3 = 6; 5 leaves room for 4: h; 3 for 2: g; 2 for 1: nobody
    assert left_out(city([site(housed=1, max_persons=own)], PAIR), max_site_persons=of_all)[0] == left


def test_where_the_cap_is_exceeded_today_all_may_stay_and_nobody_enters():
    # today 2 + 3 + 2 = 7 > 6; even when nobody leaves, both stay
    people = [household("f", 3, current_site="s"), household("g", 2, current_site="s"), household("h", 1)]
    instance = city([site(housed=2, max_persons=6)], people)
    assert left_out(instance) == (1, ("h",))


def test_at_exactly_the_cap_today_who_leaves_makes_room():
    # today 3 + 3 = 6 = cap; f must leave (excluded), so the two of g can enter
    people = [
        household("e", 3, current_site="s"),
        household("f", 3, current_site="s", excluded_sites=["s"]),
        household("g", 3),
    ]
    assert left_out(city([site(max_persons=6)], people)) == (3, ("f",))


@pytest.mark.parametrize(("cap", "left"), [(8, 0), (7, 2), (5, 3), (3, 5)])
def test_a_district_cap_counts_its_whole_load(cap, left):
    # 2 + 1 housed, then 2 at one and 3 at the other of its two sites
    districts = [dz.District(id="a", population=1, housed=2, max_persons=cap)]
    flat = dz.Unit(id="flat", beds=4)
    instance = city([site(units=[flat], housed=1), site("t", units=[flat])], PAIR, districts=districts)
    assert left_out(instance)[0] == left


def test_people_may_move_within_a_district_that_is_over_its_cap():
    districts = [dz.District(id="a", population=1, max_persons=2)]
    people = [household("g", 3, current_site="s"), household("h", 1)]
    instance = city([site(opening_cost=1.0), site("t")], people, districts=districts)
    assert left_out(instance) == (1, ("h",))


@pytest.mark.parametrize(("cap", "left"), [(None, 5), (5, 0), (4, 2)])
def test_a_district_without_target_share_takes_somebody_only_up_to_an_explicit_cap(cap, left):
    districts = [dz.District(id="a", population=0, max_persons=cap), dz.District(id="b", population=10)]
    assert left_out(city([site()], PAIR, districts=districts))[0] == left


def test_who_lives_in_a_district_without_target_share_may_stay_and_move_within_it():
    districts = [dz.District(id="a", population=0), dz.District(id="b", population=10)]
    people = [household("g", 2, current_site="s"), household("h", 3, current_site="t")]
    instance = city([site(), site("t", opening_cost=1.0)], people, districts=districts)
    assert left_out(instance) == (0, ())


@pytest.mark.parametrize(("cap", "left"), [(6, 0), (5, 2), (0, 5)])
def test_an_operator_cap_counts_over_its_sites(cap, left):
    flat = dz.Unit(id="flat", beds=4)
    sites = [site(units=[flat], operator="o", housed=1), site("t", "b", units=[flat], operator="o")]
    assert left_out(city(sites, PAIR), operator_capacity={"o": cap})[0] == left


def test_an_operator_cap_binds_no_other_operator():
    assert left_out(city([site(operator="p")], PAIR), operator_capacity={"o": 0}) == (0, ())


@pytest.mark.parametrize(
    ("share", "left"),
    [
        (0.3, 0),  # ⌈0.3 × 10⌉ = 3
        (0.21, 0),  # ⌈2.1⌉ = 3
        (0.2, 1),  # 2
        (0.0, 3),
        (1.0, 0),
    ],
)
def test_persons_living_alone_take_a_share_of_the_places(share, left):
    hall = dz.Unit(id="hall", beds=10, sharing="dormitory")
    people = [*(household(f"h{i}") for i in range(3)), household("family", 2)]
    assert left_out(city([site(units=[hall])], people), max_single_share=share)[0] == left


def test_where_too_many_live_alone_today_they_may_stay_but_no_single_enters():
    # share 0.25 of 4 places = 1 < 2 today
    hall = dz.Unit(id="hall", beds=4, sharing="dormitory")
    people = [household("e", current_site="s"), household("f", current_site="s"), household("g"), household("h", 2)]
    assert left_out(city([site(units=[hall])], people), max_single_share=0.25) == (1, ("g",))
