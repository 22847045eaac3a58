"""KeepHoused, Placed, Stability, Wishes, Cost, Utility."""

import math

import pytest

import dezentral as dz

from .small import FLAT, city, household, site, value

OTHER = dz.Unit(id="other", beds=9)
SITES = [site("s", "a", [FLAT, OTHER], cost=2.5), site("t", "b", cost=10.0)]
PEOPLE = [
    household("f", 4, current_site="s", current_unit="flat", priority=2),
    household("g", 3, current_site="s"),
    household("h", 2, priority=5),
]
CITY = city(SITES, PEOPLE)


def test_keep_housed_counts_persons_with_a_home_who_are_left_unplaced():
    assert value(CITY, dz.KeepHoused(), g="t") == 4.0  # f: 4; h had no home
    assert value(CITY, dz.KeepHoused(), f="t", g="t") == 0.0


def test_placed_counts_persons_times_priority():
    assert value(CITY, dz.Placed(), g="t") == 4 * 2 + 2 * 5
    assert value(CITY, dz.Placed(), f="s", g="t", h="t") == 0.0


def test_stability_counts_persons_placed_at_another_site():
    assert value(CITY, dz.Stability(), f="t", g="t", h="t") == 4 + 3  # h comes in
    assert value(CITY, dz.Stability(), f=("s", "other"), g="t") == 3.0  # another unit kind is no move


@pytest.mark.parametrize(
    ("wishes", "depth", "expected"),
    [
        ((), 3, 0),
        (("a",), 3, 0),
        (("b", "a"), 3, 2 * 1),
        (("c", "b"), 3, 2 * 3),  # unlisted
        (("c", "b", "a"), 1, 2 * 1),  # listed beyond the depth
        (("c", "b", "a"), 2, 2 * 2),
        (("b",), 0, 0),
    ],
)
def test_wishes_count_persons_times_ranks(wishes, depth, expected):
    instance = city(SITES, [household("h", 2, wishes=wishes), household("g", 4, wishes=("c",))])
    assert value(instance, dz.Wishes(depth=depth), h="s") == expected  # g is unplaced: nothing


def test_cost_counts_persons_times_the_cost_of_the_site():
    assert value(CITY, dz.Cost(), f="s", h="t") == 4 * 2.5 + 2 * 10.0


def test_utility_is_the_negative_sum_and_what_is_missing_is_0():
    table = dz.Table(rows=("g", "h"), columns=("t",), data=((1.5,), (None,)))
    instance = CITY.replace(utilities=table)
    assert value(instance, dz.Utility(), f="t", g="t", h="t") == -1.5
    nothing = value(instance, dz.Utility(), g="s", h="t")
    assert (nothing, math.copysign(1, nothing)) == (0.0, 1.0)  # 0, not -0
    assert value(CITY, dz.Utility(), g="t") == 0.0
