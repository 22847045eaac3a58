"""Types: households that are equal in everything that is read are one."""

import datetime as dt

import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from tests.checks.small import city, household, site

ROOM = dz.Unit(id="room", beds=2, sharing="same_sex")
FLAT = dz.Unit(id="flat", beds=4)
SCHOOL = dz.Service(id="k", kind="school", x=0.0, y=0.0, capacity=1)


def groups(people, *goals, units=(FLAT,), rules=None, **more):
    """Return the ids of each type's members, in their order."""
    policy = dz.Policy(rules=dz.Rules(**(rules or {})), levels=[dz.Level(goal) for goal in goals or [dz.Stability()]])
    where = {"admits": more.pop("admits", None), "x": 0.0, "y": 0.0}
    instance = city([site(units=units, **where)], people, **more)
    types = compile_instance(instance, policy).types
    return [[instance.households[h].id for h in members] for members in types.members]


@pytest.mark.parametrize(
    "unread",
    [
        {"languages": ["ar"], "seeks_support": True},  # no PeerSupport
        {"supports": 3},
        {"wishes": ["a"]},  # no Wishes
        {"anchors": [dz.Anchor(x=1.0, y=1.0)]},  # no Proximity
        {"priority": 5},  # no Placed
        {"traits": ["women"]},  # no site admits by it
        {"sex": "f"},  # nobody shares by sex
        {"needs": {"school": 1}},  # no goal or rule about services
        {"arrival": dt.date(2026, 1, 1)},
    ],
)
def test_what_is_not_read_does_not_tell_apart(unread):
    people = [household("g"), household("h", **unread)]
    assert len(groups(people, services=[SCHOOL])) == 1


@pytest.mark.parametrize(
    ("read", "goal", "more"),
    [
        ({"languages": ["ar"], "seeks_support": True}, dz.PeerSupport(), {}),
        ({"supports": 3}, dz.PeerSupport(), {}),
        ({"wishes": ["a"]}, dz.Wishes(), {}),
        ({"anchors": [dz.Anchor(x=1.0, y=1.0)]}, dz.Proximity(), {}),
        ({"priority": 5}, dz.Placed(), {}),
        ({"traits": ["women"]}, dz.Cost(), {"admits": ["women"]}),
        ({"sex": "f"}, dz.Cost(), {"units": [ROOM]}),
        ({"needs": {"school": 1}}, dz.Seats(), {"services": [SCHOOL]}),
        ({"needs": {"school": 1}}, dz.Proximity(), {"services": [SCHOOL]}),
        ({"needs": {"school": 1}}, dz.Cost(), {"services": [SCHOOL], "rules": {"service_capacity": True}}),
        ({"needs": {"school": 1}}, dz.Cost(), {"services": [SCHOOL], "rules": {"max_distance": {"school": 9.0}}}),
        ({"current_site": "s"}, dz.Cost(), {}),
        ({"fixed_site": "s"}, dz.Cost(), {}),
        ({"excluded_sites": ["s"]}, dz.Cost(), {}),
        ({"excluded_districts": ["a"]}, dz.Cost(), {}),
        ({"requires": ["quiet"]}, dz.Cost(), {}),
        ({"size": 2}, dz.Cost(), {}),
        ({}, dz.Cost(), {"relations": [dz.Relation(kind="same_site", households=("g", "h"))]}),
        ({}, dz.Utility(), {"utilities": dz.Table(rows=("h",), columns=("s",), data=((1.0,),))}),
    ],
)
def test_what_is_read_tells_apart(read, goal, more):
    people = [household("g"), household("h", **{"size": 1} | read)]
    assert groups(people, goal, **more) == [["g"], ["h"]]


@pytest.mark.parametrize(
    ("first", "second", "goal"),
    [
        ({"languages": ["ar"]}, {"languages": ["uk"]}, dz.PeerSupport()),  # neither gives nor seeks
        ({"wishes": ["a", "b"]}, {"wishes": ["a", "c"]}, dz.Wishes(depth=1)),  # beyond the depth
        ({"wishes": ["a", "a"]}, {"wishes": ["a"]}, dz.Wishes()),
        ({"sex": "x"}, {"sex": None}, dz.Cost()),
        ({"sex": "f", "size": 2}, {"sex": "m", "size": 2}, dz.Cost()),  # two have a room for themselves
        ({"needs": {"kita": 1}}, {}, dz.Proximity(weights={"kita": 0.0})),
        (
            {"anchors": [dz.Anchor(x=1.0, y=1.0), dz.Anchor(x=2.0, y=1.0)]},
            {"anchors": [dz.Anchor(x=2.0, y=1.0), dz.Anchor(x=1.0, y=1.0)]},
            dz.Proximity(),
        ),
    ],
)
def test_what_comes_to_the_same_is_merged(first, second, goal):
    kita = dz.Service(id="l", kind="kita", x=0.0, y=0.0)
    people = [household("g", **{"size": 1} | first), household("h", **{"size": 1} | second)]
    assert groups(people, goal, units=[ROOM], services=[kita]) == [["g", "h"]]


def test_wishes_are_read_as_deep_as_the_deepest_goal():
    people = [household("g", wishes=["a", "b"]), household("h", wishes=["a", "c"])]
    assert groups(people, dz.Wishes(depth=1), dz.Wishes(depth=2)) == [["g"], ["h"]]


def test_members_come_by_arrival_then_id_and_types_by_their_first_id():
    days = [dt.date(2026, 1, day) for day in (1, 2)]
    people = [household("e", 2), household("d"), household("c", arrival=days[1]), household("b", arrival=days[1])]
    people += [household("f", arrival=days[0]), household("a", 3)]
    assert groups(people) == [["a"], ["f", "b", "c", "d"], ["e"]]
