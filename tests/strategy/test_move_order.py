"""The moves in order: replayed step by step, and no order needs fewer temporary places."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from dezentral.strategy.moving import move_order
from dezentral.strategy.moving.rooms import Rooms, Tenancy, lives_in, share_of, target_of, unit_kinds
from tests.strategies import problems_with_plan

FLAT = dz.Unit(id="flat", beds=4)


def town(*households: dz.Household, sites: str = "stuv", **counts: int) -> dz.Instance:
    """One flat at each site unless its count is given."""
    return dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[
            dz.Site(id=key, district="a", units=[dz.Unit(id="flat", beds=4, count=counts.get(key, 1))]) for key in sites
        ],
        households=households,
    )


def lives(key: str, site: str | None, unit: str | None = "flat", size: int = 2, **more: object) -> dz.Household:
    return dz.Household(id=key, size=size, current_site=site, current_unit=unit if site else None, **more)


def to(instance: dz.Instance, **where: str) -> dz.Plan:
    return dz.Plan(
        placements=[dz.Placement(household=key, site=site, unit="flat") for key, site in where.items()],
        unplaced=[one.id for one in instance.households if one.id not in where],
    )


def steps(frame) -> list[list[object]]:
    return frame[["household", "from_site", "to_site", "temporary"]].values.tolist()


def test_a_chain_starts_at_its_end():
    # g wants h's flat, h wants i's, i wants the free one: i, then h, then g.
    city = town(lives("g", "s"), lives("h", "t"), lives("i", "u"))
    frame = move_order(city, to(city, g="t", h="u", i="v"))
    assert steps(frame) == [["i", "u", "v", False], ["h", "t", "u", False], ["g", "s", "t", False]]
    assert frame["step"].tolist() == [1, 2, 3]
    assert frame["cycle"].isna().all()
    assert frame.attrs["fewest"]


def test_a_swap_between_full_sites_needs_one_temporary_place_which_is_named():
    city = town(lives("g", "s"), lives("h", "t"), sites="stv")
    frame = move_order(city, to(city, g="t", h="s"))
    assert steps(frame) == [["g", "s", "v", True], ["h", "t", "s", False], ["g", "v", "t", False]]
    assert frame["cycle"].tolist() == [1, 1, 1]


def test_a_swap_without_any_free_place_leaves_the_temporary_one_open():
    city = town(lives("g", "s"), lives("h", "t"), sites="st")
    frame = move_order(city, to(city, g="t", h="s"))
    assert steps(frame) == [["g", "s", None, True], ["h", "t", "s", False], ["g", None, "t", False]]
    assert frame["units"].tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    "more",
    [
        {"admits": ["w"]}, {"confidential": True}, {"opening_cost": 1.0}, {"max_persons": 1}, {"housed": 1},
    ],
)  # fmt: skip
def test_no_temporary_place_is_where_the_household_may_not_be(more):
    city = town(lives("g", "s"), lives("h", "t"), sites="stv")
    last = {**city.sites[2].model_dump(exclude={"units"}), "units": city.sites[2].units, **more}
    district = city.districts[0].model_copy(update={"max_persons": 4})
    city = city.replace(sites=(*city.sites[:2], dz.Site(**last)), districts=[district])
    assert steps(move_order(city, to(city, g="t", h="s")))[0] == ["g", "s", None, True]


def test_one_free_unit_in_a_circle_is_enough():
    # s and t have 2 flats each, three households: one flat at t is free, so g moves there, and so on.
    city = town(lives("g", "s"), lives("h", "t"), lives("i", "s"), sites="st", s=2, t=2)
    frame = move_order(city, to(city, g="t", h="s", i="t"))
    assert not frame["temporary"].any()
    assert sorted(frame["household"]) == ["g", "h", "i"]


def test_who_leaves_for_good_goes_first_and_who_arrives_has_no_row():
    city = town(lives("g", "s"), lives("h", "t"), lives("i", None))
    frame = move_order(city, to(city, g="t", i="s"))
    assert steps(frame) == [["h", "t", None, False], ["g", "s", "t", False]]


def test_a_household_without_unit_may_live_in_any_kind_of_its_site():
    # h lives in "flat" or "room": g may enter neither before h is gone. A room of 1 bed cannot be i's.
    units = [FLAT, dz.Unit(id="room", beds=1)]
    city = dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[dz.Site(id="s", district="a", units=units), *town().sites[1:]],
        households=[lives("g", "t"), lives("h", "s", None, size=1)],
    )
    assert steps(move_order(city, to(city, g="s", h="u"))) == [["h", "s", "u", False], ["g", "t", "s", False]]
    larger = city.replace(households=[lives("g", "t", size=1), lives("h", "s", None)])
    plan = dz.Plan(
        placements=[
            dz.Placement(household="g", site="s", unit="room"), dz.Placement(household="h", site="t", unit="flat"),
        ]
    )  # fmt: skip
    # h (2 persons) cannot be living in the room of 1 bed, so g goes there at once.
    assert steps(move_order(larger, plan)) == [["g", "t", "s", False], ["h", "s", "t", False]]


def test_nobody_who_stays_moves_and_an_empty_plan_has_no_steps():
    city = town(lives("g", "s"), lives("h", "t", None))
    assert move_order(city, to(city, g="s", h="t")).empty
    nobody = dz.Instance(districts=(), sites=())
    assert move_order(nobody, dz.Plan()).columns.tolist()[0] == "step"


def test_a_plan_of_another_instance_is_refused():
    with pytest.raises(dz.PlanError, match="household 'x'"):
        move_order(town(lives("g", "s")), dz.Plan(unplaced=["x"]))


def test_women_and_men_do_not_meet_in_a_shared_room_on_the_way():
    # One room of 2 beds at each of two sites; 2 women and 2 men swap: nobody may enter before both are out.
    room = dz.Unit(id="flat", beds=2, sharing="same_sex")
    people = [("f1", "s", "f"), ("f2", "s", "f"), ("m1", "t", "m"), ("m2", "t", "m")]
    city = dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[dz.Site(id=key, district="a", units=[room]) for key in "st"],
        households=[lives(key, site, size=1, sex=sex) for key, site, sex in people],
    )
    frame = move_order(city, to(city, f1="t", f2="t", m1="s", m2="s"))
    assert frame["temporary"].sum() == 2
    assert frame.attrs["fewest"]


@settings(max_examples=100)
@given(problems_with_plan())
def test_no_step_uses_more_units_than_there_are(problem):
    instance, _, plan = problem
    replay(instance, plan, move_order(instance, plan))


@settings(max_examples=80)
@given(st.integers(0, 10**6))
def test_no_order_needs_fewer_temporary_places(seed):
    instance, plan = shuffle(random.Random(seed))  # noqa: S311  nothing secret
    frame = move_order(instance, plan)
    replay(instance, plan, frame)
    assert frame.attrs["fewest"]
    assert frame["temporary"].sum() == fewest(instance, plan)


def shuffle(dice: random.Random) -> tuple[dz.Instance, dz.Plan]:
    """Draw people in flats, large flats and dormitories, and let them change places among each other."""
    kinds = [
        dz.Unit(id="flat", beds=2, count=dice.randint(1, 3)),
        dz.Unit(id="room", beds=2, count=dice.randint(1, 2), sharing=dice.choice(("household", "same_sex"))),
        dz.Unit(id="hall", beds=3, count=1, sharing="dormitory"),
    ]
    sites = [dz.Site(id=key, district="a", units=dice.sample(kinds, dice.randint(1, 2))) for key in "stu"]
    units = {(site.id, unit.id): unit for site in sites for unit in site.units}
    rooms = [Rooms(units), Rooms(units)]
    households, placements = [], []
    for number in range(dice.randint(2, 6)):
        person = dz.Household(id=f"h{number}", size=dice.choice((1, 1, 2, 3, 4)), sex=dice.choice(("f", "m", None)))
        ends = []
        for moment in rooms:
            fitting = [kind for kind in units if moment.has_room_for([Tenancy(kind, share_of(person, units[kind]))])]
            if fitting:
                ends.append(dice.choice(fitting))
                moment.enter([Tenancy(ends[-1], share_of(person, units[ends[-1]]))])
        if len(ends) == 2:
            (site, unit), kind = ends
            known = dice.random() < 0.8
            person = person.model_copy(update={"current_site": site, "current_unit": unit if known else None})
            own = units[kind].sharing == "household" or (units[kind].sharing == "same_sex" and person.size > 1)
            taken = share_of(person, units[kind]).own if own else 1
            households.append(person)
            placements.append(dz.Placement(household=person.id, site=kind[0], unit=kind[1], units=taken))
        else:
            break
    instance = dz.Instance(districts=[dz.District(id="a", population=9)], sites=sites, households=households)
    return instance, dz.Plan(placements=placements)


def start_of(instance: dz.Instance, plan: dz.Plan) -> tuple[Rooms, dict[str, tuple[tuple[Tenancy, ...], Tenancy]]]:
    """Return today's rooms, what the plan uses being allowed, and where each household that moves goes."""
    units = unit_kinds(instance)
    placed = {placement.household: placement for placement in plan.placements}
    rooms, moves = Rooms(units), {}
    here = [one for one in instance.households if one.current_site is not None and one.id in placed]
    rooms.enter(target_of(one, placed[one.id], units) for one in here)
    rooms.raise_limits()
    for one in here:
        place = placed[one.id]
        if one.current_site != place.site or one.current_unit not in {None, place.unit}:
            moves[one.id] = (lives_in(one, units), target_of(one, place, units))
            rooms.leave([moves[one.id][1]])
            rooms.enter(moves[one.id][0])
    return rooms, moves


def replay(instance: dz.Instance, plan: dz.Plan, frame) -> None:
    rooms, moves = start_of(instance, plan)
    units, households = unit_kinds(instance), {one.id: one for one in instance.households}
    leaving = {one.id for one in instance.households if one.current_site is not None} & set(plan.unplaced)
    where = {key: (households[key].current_site, households[key].current_unit) for key in households}
    for row in frame.itertuples():
        one = households[row.household]
        assert (row.from_site, row.from_unit) == where[one.id]
        where[one.id] = (row.to_site, row.to_unit)
        if one.id in leaving:
            assert row.to_site is None
            leaving.remove(one.id)
            continue
        assert not leaving, "who leaves for good goes first"
        sources, target = moves[one.id]
        rooms.leave(sources)
        there = target
        if row.temporary:
            stop = (row.to_site, row.to_unit)
            there = None if row.to_site is None else Tenancy(stop, share_of(one, units[stop]))
        else:
            assert (row.to_site, row.to_unit) == target.kind
            del moves[one.id]
        if there is not None:
            rooms.enter([there])
            assert rooms.in_use(there.kind) <= rooms.limit[there.kind]
        if row.temporary:
            moves[one.id] = (() if there is None else (there,), target)
    assert not moves
    assert not leaving


def fewest(instance: dz.Instance, plan: dz.Plan) -> int:
    """Try every order, breadth first by temporary places, which are outside."""
    rooms, moves = start_of(instance, plan)
    layer = {(frozenset(moves), frozenset[str]())}
    for aside_so_far in range(len(moves) + 1):
        seen, queue = set(layer), list(layer)
        while queue:
            waiting, aside = queue.pop()
            if not waiting and not aside:
                return aside_so_far
            for key in sorted(waiting | aside):
                now = rooms.copy()
                for other in moves.keys() - waiting:
                    now.leave(moves[other][0])
                now.enter(moves[other][1] for other in moves.keys() - waiting - aside)
                if key in waiting:
                    now.leave(moves[key][0])
                if now.has_room_for([moves[key][1]]):
                    following = (waiting - {key}, aside - {key})
                    if following not in seen:
                        seen.add(following)
                        queue.append(following)
        layer = {(waiting - {key}, aside | {key}) for waiting, aside in seen for key in waiting}
    raise AssertionError
