"""Lines under (L − T)² / max(T, 1): exact at whole loads, never above."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dezentral.solver.curves import Curve


def curve(target, lowest=0, highest=20, grain=1e-9):
    return Curve(load=0, value=1, target=target, lowest=lowest, highest=highest, grain=grain)


def test_by_hand():
    # T = 4: at 6 (2²)/4 = 1, at 7 9/4; the line through both has slope 5/4 and height 1 − 6 · 5/4 = −6.5
    assert (curve(4.0).at(6), curve(4.0).line(6)) == (1.0, (1.25, -6.5))
    assert curve(0.5).at(2) == 2.25  # max(T, 1) = 1
    assert curve(4.0, grain=0.5).at(7) == 2.0  # 2.25 to steps of ½


@given(st.floats(0, 30), st.integers(0, 19), st.integers(0, 20))
def test_no_line_is_above_the_curve_and_each_meets_it_twice(target, at, load):
    one = curve(target)
    slope, height = one.line(at)
    assert slope * load + height <= one.at(load) + 1e-7
    if load in (at, at + 1):
        assert abs(slope * load + height - one.at(load)) <= 1e-7


def test_a_line_is_new_once_and_only_within_the_bounds():
    one = curve(4.0, lowest=2, highest=5)
    assert [one.may_take(at) for at in (1, 2, 4, 5)] == [False, True, True, False]
    one.lines[2] = 7
    assert [one.may_take(at) for at in (2, 4)] == [False, True]


def test_a_load_that_cannot_change_still_has_a_line():
    one = curve(4.0, lowest=3, highest=3)
    assert one.may_take(3)
    assert not one.may_take(2)


def test_lines_around_a_load_stay_within_the_bounds():
    # all lines from 20 − 6 to below 20 + 6, then 20 ± 8, 16, 32 within [0, 40)
    assert curve(4.0, highest=40).around(20.4, 6) == [4, 12, *range(14, 26), 28, 36]


@given(st.floats(0, 1e6), st.integers(0, 10**7 - 1), st.integers(0, 10**7), st.sampled_from((0.01, 0.5, 100.0)))
@example(50.5, 60, 0, 0.01)  # 9.5² / 50.5 = 1.787…: through 1.79, a line would be above
@example(202.92363401334705, 5351, 0, 0.01)  # of the two loads about the vertex, one is a grain nearer
@example(2.00001, 4_493_825, 0, 0.01)  # two values of 10¹³, rounded: their difference is a grain and two digits off
@example(0.5, 3, 0, 0.5)  # a target below one counts as one below the line: its curve touches at 3.5, not at 6.5
def test_a_coarse_grain_lets_no_line_above_the_curve_either(target, at, load, grain):
    # Values rounded to the grain would lie on no convex curve: a line through two of them would cut off others.
    one, least = curve(target, highest=10**7, grain=grain), max(target, 1.0)
    slope, height = one.line(at)
    assert slope / grain == pytest.approx(round(slope / grain), rel=1e-9)
    digits = 4 * math.ulp((at + 1 - target) ** 2 / least)  # values of 10¹³ have two digits behind the point
    assert abs(slope - (2 * (at - target) + 1) / least) <= grain + digits  # that of the curve there
    rounded = grain / 2 if grain * least <= 0.25 else 0.0  # there the line goes through rounded values
    nearest = min(max(int(target + slope * least / 2), 0), 10**7 - 1)  # there the curve rises as the line does
    for where in (load, at, at + 1, nearest, nearest + 1):
        exact = (where - target) ** 2 / least
        assert slope * where + height <= exact + rounded + 1e-12 * (exact + abs(height))
