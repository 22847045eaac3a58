"""max_distance and service_capacity."""

import pytest

import dezentral as dz
from dezentral.checks import check

from .small import FLAT, broken, city, household, plan_for, site

OTHER = dz.Unit(id="other", beds=4)


def school(key: str, x: float, **more: object) -> dz.Service:
    return dz.Service(id=key, kind="school", x=x, y=0.0, **more)


def street(people, services, **more) -> dz.Instance:
    """Sites s at 0 m, t at 1000 m on a street; metres are straight."""
    sites = [site("s", x=0.0, y=0.0, units=[FLAT, OTHER]), site("t", "b", x=1000.0, y=0.0)]
    return city(sites, people, services=services, detour=1.0, **more)


@pytest.mark.parametrize(("limit", "rules"), [(400.0, []), (399.0, ["max_distance"]), (0.0, ["max_distance"])])
def test_newcomers_have_the_service_near(limit, rules):
    instance = street([household("h", needs={"school": 1})], [school("k", 400.0, capacity=0), school("l", 9000.0)])
    assert broken(instance, {"max_distance": {"school": limit}}, h="s") == rules  # the nearest, full or not


def test_what_does_not_reach_the_site_is_not_near():
    instance = street([household("h", needs={"school": 1})], [school("k", 400.0, reach=399.0)])
    assert broken(instance, {"max_distance": {"school": 5000.0}}, h="s") == ["max_distance"]
    assert broken(instance, {"max_distance": {"kita": 0.0}}, h="s") == []  # it needs none


def test_only_newcomers_in_need_are_bound():
    services = [school("k", 400.0)]
    limits = {"max_distance": {"school": 100.0}}
    assert broken(street([household("h")], services), limits, h="s") == []
    living = household("h", needs={"school": 1}, current_site="s", current_unit="flat")
    assert broken(street([living], services), limits, h="s") == []
    assert broken(street([living], services), limits, h=("s", "other")) == ["max_distance"]


@pytest.mark.parametrize(("seats", "rules"), [(3, []), (2, ["service_capacity"])])
def test_newcomers_get_seats(seats, rules):
    instance = street([household("h", 4, needs={"school": 3})], [school("k", 400.0, capacity=seats)])
    assert broken(instance, {"service_capacity": True}, h="s") == rules
    assert broken(instance, h="s") == []


def test_a_seating_must_exist_not_the_nearest_seat():
    # l reaches t alone; both at s and t need two seats: s must take those of k, t those of l
    services = [school("k", 400.0, capacity=2), school("l", 1300.0, capacity=2, reach=500.0)]
    people = [household("g", 2, needs={"school": 2}), household("h", 2, needs={"school": 2})]
    assert broken(street(people, services), {"service_capacity": True}, g="s", h="t") == []
    assert broken(street(people, services), {"service_capacity": True}, g="s", h="s") == ["service_capacity"]


def test_siblings_may_go_to_different_services():
    services = [school("k", 400.0, capacity=1), school("l", 500.0, capacity=1)]
    instance = street([household("h", 2, needs={"school": 2})], services)
    assert broken(instance, {"service_capacity": True}, h="s") == []


def test_who_stays_takes_no_seat_from_newcomers():
    people = [
        household("g", 2, needs={"school": 2}, current_site="s", current_unit="flat"),
        household("h", 1, needs={"school": 1}),
    ]
    instance = street(people, [school("k", 0.0, capacity=1)])
    assert broken(instance, {"service_capacity": True}, g="s", h="s") == []
    # another unit kind at the current site is judged like a new placement: 2 + 1 > 1
    assert broken(instance, {"service_capacity": True}, g=("s", "other"), h="s") == ["service_capacity"]


@pytest.mark.parametrize(("second", "rules"), [({}, []), ({"reach": 10.0}, ["service_capacity"])])
def test_a_service_without_capacity_has_seats_for_all_whom_it_reaches(second, rules):
    services = [school("k", 0.0, capacity=0), school("l", 400.0, **second)]
    instance = street([household("h", 4, needs={"school": 4})], services)
    assert broken(instance, {"service_capacity": True}, h="s") == rules


def test_kinds_without_capacities_are_not_seated():
    instance = street([household("h", 4, needs={"school": 4})], [school("k", 400.0, reach=1.0)])
    assert broken(instance, {"service_capacity": True}, h="s") == []


def test_the_shortage_names_the_sites_that_cause_it():
    # k (2 seats) reaches both, l (9 seats) reaches t: only s is short
    services = [school("k", 0.0, capacity=2), school("l", 1000.0, capacity=9, reach=5.0)]
    people = [household("g", 3, needs={"school": 3}), household("h", 3, needs={"school": 3}), household("i", 1)]
    instance = street(people, services)
    policy = dz.Policy(rules=dz.Rules(service_capacity=True))
    (violation,) = check(instance, policy, plan_for(instance, g="s", h="t", i="s"))
    assert (violation.households, violation.sites, violation.districts) == (("g",), ("s",), ("a",))
    assert violation.message == (
        "Newly placed at site s and in need of a seat of kind school: 3 persons; "
        "services that reach them have 2 seats, 1 too few."
    )
