"""Seats and Proximity."""

import pytest

import dezentral as dz

from .small import city, household, site, value


def service(key: str, kind: str, x: float, **more: object) -> dz.Service:
    return dz.Service(id=key, kind=kind, x=x, y=0.0, **more)


def street(people, services, **more) -> dz.Instance:
    """Sites s at 0 m, t at 1000 m on a street; metres are straight unless a detour is given."""
    sites = [site("s", x=0.0, y=0.0), site("t", "b", x=1000.0, y=0.0)]
    return city(sites, people, services=services, **{"detour": 1.0, **more})


def test_seats_count_members_without_a_seat_in_a_best_seating():
    # l (1 seat) reaches t alone, k (2 seats) both: of 2 at s and 2 at t one is left over
    services = [service("k", "school", 400.0, capacity=2), service("l", "school", 1300.0, capacity=1, reach=500.0)]
    people = [household("g", 3, needs={"school": 2}), household("h", 2, needs={"school": 2}), household("i", 4)]
    instance = street(people, services)
    assert value(instance, dz.Seats(), g="s", h="t", i="s") == 1.0
    assert value(instance, dz.Seats(), g="s", h="s") == 2.0
    assert value(instance, dz.Seats(), g="s", i="t") == 0.0


def test_seats_are_also_for_those_who_stay():
    people = [household("g", 2, needs={"school": 2}, current_site="s"), household("h", needs={"school": 1})]
    instance = street(people, [service("k", "school", 0.0, capacity=1)])
    assert value(instance, dz.Seats(), g="s", h="s") == 2.0


def test_kinds_are_seated_apart():
    services = [service("k", "school", 0.0, capacity=9), service("l", "kita", 0.0, capacity=1)]
    instance = street([household("h", 4, needs={"school": 2, "kita": 3})], services)
    assert value(instance, dz.Seats(), h="s") == 2.0  # three for kita, one seat


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service("k", "school", 0.0, capacity=0), service("l", "school", 400.0)], 0.0),  # seats for all
        ([service("k", "school", 0.0, capacity=0), service("l", "school", 400.0, reach=399.0)], 3.0),
        ([service("l", "school", 400.0, reach=399.0)], 0.0),  # a kind without capacities has no seats to count
    ],
)
def test_services_without_capacity_have_seats_for_all_whom_they_reach(services, expected):
    assert value(street([household("h", 3, needs={"school": 3})], services), dz.Seats(), h="s") == expected


def test_proximity_counts_metres_of_members_to_the_nearest_service_and_of_anchors():
    services = [service("k", "school", 400.0, capacity=0), service("l", "school", 900.0), service("m", "kita", 700.0)]
    anchors = [dz.Anchor(x=0.0, y=10.0, weight=2.5), dz.Anchor(x=1000.0, y=0.0)]
    people = [household("h", 4, needs={"school": 2, "kita": 1}, anchors=anchors), household("g", needs={"kita": 1})]
    # detour 1.5: school 600 m (full or not), kita 1050 m; anchors 15 m and 1500 m
    instance = street(people, services, detour=1.5)
    by_hand = 2 * 600 + 1050 + 2.5 * 15 + 1500
    assert value(instance, dz.Proximity(), h="s") == by_hand
    assert value(instance, dz.Proximity(weights={"school": 0.5, "kita": 0.0}), h="s") == 600 + 2.5 * 15 + 1500
    # from t: school 150 m, kita 450 m twice (g lives at t too); anchors ⌊1.5·√(1000² + 10²) + ½⌋ = 1500 m and 0 m
    assert value(instance, dz.Proximity(), h="t", g="t") == 2 * 150 + 2 * 450 + 2.5 * 1500


def test_out_of_reach_counts_where_nothing_is_reachable_and_only_there():
    services = [service("k", "school", 400.0, reach=300.0), service("l", "kita", 30_000.0)]
    instance = street([household("h", 3, needs={"school": 2, "kita": 1})], services)
    assert value(instance, dz.Proximity(), h="s") == 2 * 20_000 + 30_000
    assert value(instance, dz.Proximity(out_of_reach=500.5), h="s") == 2 * 500.5 + 30_000


def test_given_distances_stand_before_straight_lines():
    table = dz.Table(rows=("s",), columns=("k",), data=((123.0,),))
    instance = street([household("h", 2, needs={"school": 2})], [service("k", "school", 400.0)], distances=table)
    assert value(instance, dz.Proximity(), h="s") == 2 * 123
    assert value(instance, dz.Proximity(), h="t") == 2 * 600
