"""Counts and names: who of equals is placed, and where."""

import datetime as dt

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.assignment import UNPLACED, Writer, assignment_of, counts_of, plan_of, spread
from dezentral.solver.columns import Columns
from tests.checks.small import city, household, plan_for, site

DAYS = [dt.date(2026, 1, day) for day in (1, 2, 3)]
ROOM = dz.Unit(id="room", beds=2, count=9, sharing="same_sex")
HALL = dz.Unit(id="hall", beds=9, sharing="dormitory")


UNITS = (dz.Unit(id="flat", beds=2, count=9), ROOM, HALL)


def compiled(people, units=UNITS, **rules):
    policy = dz.Policy(rules=dz.Rules(**rules))
    return compile_instance(city([site(units=units)], people), policy)


def test_the_earliest_come_first_then_the_smaller_ids():
    people = [household("e"), household("d", arrival=DAYS[2]), household("c", arrival=DAYS[1])]
    people += [household("b", arrival=DAYS[1]), household("a")]
    own = compiled(people)
    columns = Columns.where(own.units > 0)
    # pools by unit id: flat, hall, room; two to the first, one to the second, one to the third
    assignment = spread(own, columns, np.array([2, 1, 1]))
    assert dict(zip("edcba", assignment.tolist(), strict=True)) == {"b": 0, "c": 0, "d": 1, "a": 2, "e": UNPLACED}


def test_counts_and_names_are_inverse():
    people = [household("f", 2), household("g"), household("h"), household("i", 2)]
    own = compiled(people)
    columns = Columns.where(own.units > 0)
    assignment = np.array([1, UNPLACED, 2, 0])
    counts = counts_of(own, assignment)
    assert counts.sum() == 3
    again = spread(own, columns, counts[columns.types, columns.pools])
    assert (counts_of(own, again) == counts).all()
    assert again.tolist() == [0, 2, UNPLACED, 1]  # f before i, g before h, first pools first


def test_a_plan_names_units_only_where_a_household_is_alone_in_them():
    people = [household("f", 5), household("g", 5), household("h", sex="f"), household("i", sex="x"), household("j", 5)]
    own = compiled(people, max_units_per_household=3)
    plan = plan_of(own, np.array([0, 1, 2, 2, 2]))
    # 5 persons in units of 2: three; one in the hall; alone, shared or not, one; the family in rooms: three
    assert [(row.household, row.unit, row.units) for row in plan.placements] == [
        ("f", "flat", 3),
        ("g", "hall", 1),
        ("h", "room", 1),
        ("i", "room", 1),
        ("j", "room", 3),
    ]


def test_plans_written_one_after_another_are_what_each_is_alone():
    own = compiled([household("f", 5), household("g"), household("h", sex="f")], max_units_per_household=3)
    writer = Writer(own)
    for pools in ([0, 1, 2], [0, 1, UNPLACED], [2, UNPLACED, UNPLACED], [2, 1, 0], [UNPLACED] * 3, [0, 1, 2]):
        assignment = np.array(pools)
        assert writer.plan(assignment) == plan_of(own, assignment)
        assignment[:] = UNPLACED  # who asks may use the array again
    assert writer.plan(np.array([0, 1, 2])).placements[0].units == 3


@pytest.mark.parametrize(("unit", "pool"), [("flat", 0), ("hall", 1), ("room", 2)])
def test_a_plan_is_read_back(unit, pool):
    own = compiled([household("g"), household("h")])
    assert assignment_of(own, plan_for(own.instance, h=("s", unit))).tolist() == [UNPLACED, pool]


def test_a_plan_that_uses_what_no_plan_may_use_is_not_read():
    own = compiled([household("h", 3)], units=[dz.Unit(id="flat", beds=2), dz.Unit(id="gone", beds=9, count=0)])
    assert assignment_of(own, plan_for(own.instance, h="s")) is None  # 3 persons, one unit of 2
    assert assignment_of(own, plan_for(own.instance, h=("s", "gone"))) is None
