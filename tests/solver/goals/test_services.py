"""Seats, Proximity, PeerSupport: optima derived by hand."""

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import values

FLAT = dz.Unit(id="flat", beds=4)


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [(2, 2, 0), (1, 2, 1), (0, 2, 2), (2, 1, 1), (2, 0, 2), (0, 0, 4), (4, 0, 2), (None, 2, 0), (1, None, 0)],
)
def test_seats_by_a_best_seating(first, second, value):
    # g at s and h at t need 2 seats each; k1 reaches s alone, k2 both: t's 2 can only sit at k2
    services = [
        dz.Service(id="k1", kind="school", capacity=first),
        dz.Service(id="k2", kind="school", capacity=second),
    ]
    metres = dz.Table(rows=("s", "t"), columns=("k1", "k2"), data=((100.0, 200.0), (None, 100.0)))
    people = [
        household("g", 2, needs={"school": 2}, fixed_site="s"),
        household("h", 2, needs={"school": 2}, fixed_site="t"),
    ]
    instance = city([site(), site("t", "b")], people, services=services, distances=metres)
    assert values(instance, dz.Seats()) == [value]


def test_seats_are_where_households_are_placed():
    # 1 seat near s, 1 near t, none at r; three children: one goes without wherever they live
    services = [dz.Service(id=f"k{key}", kind="kita", capacity=1) for key in "st"]
    metres = dz.Table(rows=("s", "t", "r"), columns=("ks", "kt"), data=((5.0, None), (None, 5.0), (None, None)))
    people = [household(f"h{i}", 2, needs={"kita": 1}) for i in range(3)]
    sites = [site(units=[FLAT]), site("t", "b", units=[FLAT]), site("r", "c", units=[FLAT])]
    instance = city(sites, people, services=services, distances=metres)
    assert values(instance, dz.Placed(), dz.Seats()) == [0, 1]
    assert values(instance, dz.Seats(), dz.Placed()) == [0, 2]  # a household of two stays out


@pytest.mark.parametrize("capacity", [0, 1])
def test_who_needs_no_seat_takes_none(capacity):
    # one pupil, and others who go to no school
    school = dz.Service(id="k", kind="school", x=0.0, y=0.0, capacity=capacity)
    people = [household("g", 2, needs={"school": 1}), household("h", 2), household("i", 1, needs={"kita": 1})]
    kita = dz.Service(id="l", kind="kita", x=0.0, y=0.0)
    instance = city([site(x=0.0, y=0.0)], people, services=[school, kita])
    assert values(instance, dz.Placed(), dz.Seats()) == [0, 1 - capacity]


@pytest.mark.parametrize(("seats", "missing"), [(25, 5), (0, 30), (30, 0)])
def test_many_alike_households_need_as_many_seats_as_they_have_members_in_need(seats, missing):
    services = [dz.Service(id="k", kind="school", x=0.0, y=0.0, capacity=seats)]
    people = [household(f"h{i}", 4, needs={"school": 3}) for i in range(10)]
    instance = city([site(units=[dz.Unit(id="flat", beds=4, count=10)], x=0.0, y=0.0)], people, services=services)
    assert values(instance, dz.Placed(), dz.Seats()) == [0, missing]


@pytest.mark.parametrize(
    ("weights", "members", "value"),
    [({}, 1, 6500), ({}, 2, 13000), ({"school": 2.0}, 2, 26000), ({"school": 0.0}, 2, 0)],
)
def test_proximity_counts_metres_times_members_times_weight(weights, members, value):
    # (3000, 4000): 5000 m in a straight line, × 1.3 = 6500 m
    school = dz.Service(id="k", kind="school", x=3000.0, y=4000.0)
    far = dz.Service(id="l", kind="school", x=30000.0, y=4000.0)
    person = household("h", 3, needs={"school": members})
    instance = city([site(x=0.0, y=0.0)], [person], services=[far, school])
    assert values(instance, dz.Placed(), dz.Proximity(weights=weights)) == [0, value]


@pytest.mark.parametrize(("more", "value"), [({}, 20_000), ({"out_of_reach": 7.0}, 7)])
def test_out_of_reach_counts_fixed_metres(more, value):
    school = dz.Service(id="k", kind="school", x=3000.0, y=4000.0, reach=6499.0)
    instance = city([site(x=0.0, y=0.0)], [household("h", 3, needs={"school": 1})], services=[school])
    assert values(instance, dz.Placed(), dz.Proximity(**more)) == [0, value]


def test_anchors_draw_households_to_them():
    # anchors at both sites (10 km apart): weights 1 and 0.5, so the household lives at s and half of 10 km remains
    anchors = [dz.Anchor(x=0.0, y=0.0), dz.Anchor(x=6000.0, y=8000.0, weight=0.5)]
    sites = [site(x=0.0, y=0.0), site("t", "b", x=6000.0, y=8000.0)]
    instance = city(sites, [household("h", 3, anchors=anchors)], detour=1.0)
    assert values(instance, dz.Placed(), dz.Proximity()) == [0, 5000]


def test_two_who_want_the_same_flat_are_told_apart_by_what_it_is_worth():
    # s is 0 m, t 1000 m from school; g has 1 member in need, h has 3: h lives at s, g walks 1000
    metres = dz.Table(rows=("s", "t"), columns=("k",), data=((0.0,), (1000.0,)))
    people = [household("g", 4, needs={"school": 1}), household("h", 4, needs={"school": 3})]
    instance = city(
        [site(units=[FLAT]), site("t", "b", units=[FLAT])],
        people,
        services=[dz.Service(id="k", kind="school")],
        distances=metres,
    )
    assert values(instance, dz.Placed(), dz.Proximity()) == [0, 1000]


@pytest.mark.parametrize(
    ("supports", "languages", "circle", "value"),
    [
        (3, ["ar"], {}, 0),
        (2, ["ar", "uk"], {}, 1),
        (3, ["uk"], {}, 3),  # no shared language
        (3, [], {}, 3),
        (2, ["ar"], {"ar": 1}, 0),
        (0, ["ar"], {"ar": 2, "uk": 2}, 1),
    ],
)
def test_peer_support_in_a_shared_language(supports, languages, circle, value):
    districts = [dz.District(id="a", population=1, support=circle)]
    people = [
        household("g", 1, supports=supports, languages=languages),
        household("h", 3, seeks_support=True, languages=["ar"]),
    ]
    instance = city([site()], people, districts=districts)
    assert values(instance, dz.Placed(), dz.PeerSupport()) == [0, value]


def test_peer_support_is_found_within_the_district():
    # s in a has one flat; g (supports 1) can go to b as well, where both seekers can be supported one each
    people = [
        household("f", 1, seeks_support=True, languages=["ar"], fixed_site="s"),
        household("g", 1, supports=1, languages=["ar"]),
        household("h", 1, seeks_support=True, languages=["ar"], fixed_site="t"),
    ]
    instance = city([site(units=[FLAT]), site("t", "b")], people)
    assert values(instance, dz.Placed(), dz.PeerSupport()) == [0, 1]  # g is with h; f finds nobody
