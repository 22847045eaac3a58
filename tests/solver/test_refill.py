"""Pools filled anew, by hand: two halls of four and three places, and a third of five."""

from __future__ import annotations

import numpy as np
import pytest

from dezentral.solver.refill import refill
from dezentral.solver.two_pools import Homes

SIZES = np.array([3, 2, 2, 1])
EVERYONE = np.ones(4, dtype=np.bool_)
NEVER = np.inf


def filled(values, pools, *, where=(2, 2, 2, 2), moving=EVERYONE, rooms=(4, 3, 5)):
    """Fill some of the halls; of all that makes a division cheap, only the rooms count."""
    nothing = np.zeros(1)
    homes = Homes(SIZES, np.zeros((4, 3)), np.array(rooms), np.zeros(3, dtype=np.int64), *[nothing] * 4)
    return refill(homes, np.array(where), np.array(values, dtype=float), pools, np.asarray(moving))


def division(values, pools, **more):
    found = filled(values, pools, **more)
    return None if found is None else found.tolist()


def test_each_hall_takes_what_gains_most_of_those_who_are_left():
    # In the first 2 + 2 gain 4.0 and 3 + 1 only 3.6; the second then takes 1, as 3 gains nothing there.
    values = [[-3.1, 0.5, 0.0], [-2.0, -9.0, 0.0], [-2.0, -9.0, 0.0], [-0.5, -0.1, 0.0]]
    assert division(values, [0, 1]) == [2, 0, 0, 1]
    assert division(values, [1, 0]) == [0, 1, 2, 1]  # 2 + 1 gain most in the second, and of the others 3 in the first


def test_who_does_not_move_stays_whatever_that_costs():
    values = [[-9.0, -9.0, 9.0]] * 4
    assert division(values, [0], moving=[True, False, False, True]) == [0, 2, 2, 0]
    assert division(values, [0], where=(2, 1, 2, 0), moving=[False, False, True, True]) == [2, 1, 0, 0]


def test_who_is_left_goes_where_it_is_cheapest_with_room_the_largest_first():
    # Nobody gains anything. 3 goes to the second hall and fills it, so that no room is left there for 2, 2 and 1.
    values = [[2.0, 1.0, 3.0], [2.0, 1.0, 3.0], [2.0, 1.0, 3.0], [2.0, 1.0, 3.0]]
    assert division(values, [0, 1]) == [1, 0, 0, 2]
    assert division(values, []) == [1, 0, 0, 2]


@pytest.mark.parametrize(("rooms", "found"), [((4, 3, 1), [1, 0, 0, 2]), ((4, 3, 0), None), ((4, 1, 9), [0, 2, 2, 1])])
def test_without_room_for_somebody_there_is_no_division(rooms, found):
    assert division([[2.0, 1.0, 3.0]] * 4, [0, 1], rooms=rooms) == found


def test_nobody_is_put_where_it_may_not_live():
    values = [[NEVER, NEVER, 1.0], [-1.0, NEVER, NEVER], [-1.0, NEVER, NEVER], [NEVER, -1.0, NEVER]]
    assert division(values, [0, 1, 2]) == [2, 0, 0, 1]
    assert division([[NEVER] * 3, *values[1:]], [0, 1, 2]) is None


def test_what_was_given_is_not_changed():
    where = np.array([0, 0, 1, 2])
    filled([[-1.0, -1.0, -1.0]] * 4, [0], where=where)
    assert where.tolist() == [0, 0, 1, 2]
