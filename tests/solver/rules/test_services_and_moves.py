"""max_distance, service_capacity, max_moves."""

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import left_out, solved, values, where

FLAT = dz.Unit(id="flat", beds=4)


def near(metres, **more):
    """One site at the origin, a school at a distance (detour 1)."""
    school = dz.Service(id="k", kind="school", x=float(metres), y=0.0, **more)
    return {"sites": [site(units=[FLAT], x=0.0, y=0.0)], "services": [school], "detour": 1.0}


@pytest.mark.parametrize(
    ("metres", "reach", "left"), [(1500, None, 0), (1501, None, 2), (1500, 1500.0, 0), (1500, 1499.0, 2)]
)
def test_a_needed_kind_must_be_near(metres, reach, left):
    instance = city(households=[household("h", 2, needs={"school": 1})], **near(metres, reach=reach))
    assert left_out(instance, max_distance={"school": 1500.0})[0] == left


def test_distance_binds_neither_who_stays_nor_who_needs_nothing():
    rules = {"max_distance": {"school": 10.0}}
    stays = household("h", 2, needs={"school": 1}, current_site="s")
    assert left_out(city(households=[stays], **near(1500)), **rules) == (0, ())
    assert left_out(city(households=[household("h", 2)], **near(1500)), **rules) == (0, ())


@pytest.mark.parametrize(("capacity", "left"), [(3, 0), (2, 2), (1, 3), (0, 5), (None, 0)])
def test_every_newly_placed_member_gets_a_seat(capacity, left):
    # g (2 persons) needs 1 seat, h (3 persons) needs 2: with 2 seats h, with 1 seat g
    people = [household("g", 2, needs={"school": 1}), household("h", 3, needs={"school": 2})]
    place = near(0, capacity=capacity) | {"sites": [site(x=0.0, y=0.0)]}
    assert left_out(city(households=people, **place), service_capacity=True)[0] == left
    assert left_out(city(households=people, **place)) == (0, ())


def test_members_of_one_household_may_sit_at_different_services():
    # 1 seat at each of two schools, both reach s; t reaches only k2
    services = [dz.Service(id=key, kind="school", capacity=1) for key in ("k1", "k2")]
    reached = dz.Table(rows=("s", "t"), columns=("k1", "k2"), data=((100.0, 200.0), (None, 100.0)))
    people = [household("g", 2, needs={"school": 2})]
    sites = [site("s", units=[FLAT]), site("t", "b", units=[FLAT])]
    instance = city(sites, people, services=services, distances=reached)
    assert where(solved(instance, dz.Placed(), service_capacity=True)) == {"g": "s"}
    # with h in need of one seat somewhere, three seats would be needed where there are two
    crowded = instance.replace(households=[*people, household("h", 1, needs={"school": 1})])
    assert left_out(crowded, service_capacity=True) == (1, ("h",))


def test_unlimited_services_have_seats_for_all_and_who_stays_needs_none():
    services = [dz.Service(id="k1", kind="school", capacity=0), dz.Service(id="k2", kind="school")]
    reached = dz.Table(rows=("s", "t"), columns=("k1", "k2"), data=((1.0, None), (1.0, 1.0)))
    sites = [site("s", units=[FLAT]), site("t", "b", units=[FLAT])]
    people = [household("g", 2, needs={"school": 2}), household("h", 3, needs={"school": 1}, current_site="s")]
    result = solved(
        city(sites, people, services=services, distances=reached), dz.Placed(), dz.Stability(), service_capacity=True
    )
    assert where(result) == {"g": "t", "h": "s"}
    assert [level.value for level in result.levels] == [0, 0]


@pytest.mark.parametrize(("most", "ranks"), [(2, 0), (1, 2), (0, 5), (None, 0)])
def test_a_limit_on_moves_counts_households(most, ranks):
    # both live in a and wish for b: each that stays costs its size (rank of "unlisted" 1)
    people = [household(key, size, current_site="s", wishes=["b"]) for key, size in (("g", 2), ("h", 3))]
    instance = city([site(), site("t", "b")], people)
    assert values(instance, dz.Placed(), dz.Wishes(depth=1), max_moves=most) == [0, ranks]


@pytest.mark.parametrize(
    "must",
    [{"excluded_sites": ["s"]}, {"excluded_districts": ["a"]}, {"fixed_site": "t"}, {"current_site": "closed"}],
)
def test_who_must_leave_is_no_move(must):
    leaving = household("g", 2, **({"current_site": "s"} | must))
    sites = [site(), site("t", "b"), site("closed", "c", opening_cost=1.0)]
    assert left_out(city(sites, [leaving, household("h", 1)]), max_moves=0) == (0, ())


def test_another_kind_at_the_current_site_is_no_move():
    units = [dz.Unit(id="big", beds=4), dz.Unit(id="small", beds=2)]
    living = household("h", 2, current_site="s", current_unit="big")
    result = solved(city([site(units=units)], [living]), dz.Placed(), dz.Fit(), max_moves=0)
    assert [level.value for level in result.levels] == [0, 0]
    assert result.plan.placements[0].unit == "small"
