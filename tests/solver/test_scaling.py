"""Whole numbers for CP-SAT: exact where that is possible, never too large, honest about the error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dezentral.solver.scaling import LARGEST, Scale, whole, whole_bound


def scaled(values, most):
    coefficients, factor, error = whole(np.array(values, dtype=float), np.array(most, dtype=float))
    assert coefficients.dtype == np.int64
    return coefficients.tolist(), factor, error


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3.0, -4.0, 0.0], ([3, -4, 0], 1.0, 0.0)),
        ([0.5, 2.0], ([1, 4], 2.0, 0.0)),
        ([0.25, 0.2], ([5, 4], 20.0, 0.0)),
        ([0.001, 1.0], ([1, 1000], 1000.0, 0.0)),
        ([], ([], 1.0, 0.0)),
        ([0.0], ([0], 1.0, 0.0)),
    ],
)
def test_the_least_factor_that_makes_them_whole(values, expected):
    assert scaled(values, [10.0] * len(values)) == expected


def test_multiples_of_an_odd_unit_are_exact_as_well():
    coefficients, factor, error = scaled([1 / 3e6, 2 / 3e6, -1 / 1e6], [5, 5, 5])
    assert (coefficients, error) == ([1, 2, -3], 0.0)
    assert factor == pytest.approx(3e6)


@given(
    st.lists(st.tuples(st.integers(-(10**6), 10**6), st.integers(0, 10**4)), min_size=1, max_size=6), st.integers(0, 4)
)
def test_decimals_are_exact(pairs, digits):
    values, most = [n / 10**digits for n, _ in pairs], [m for _, m in pairs]
    coefficients, factor, error = scaled(values, most)
    assert error == 0
    assert coefficients == pytest.approx([value * factor for value in values], rel=1e-9, abs=0)


FINITE = st.floats(-1e12, 1e12, allow_subnormal=False).filter(lambda value: value == 0 or abs(value) > 1e-9)


@given(st.lists(st.tuples(FINITE, st.integers(0, 10**9)), min_size=1, max_size=6))
def test_sums_never_overflow_and_the_error_is_a_bound(pairs):
    values, most = [value for value, _ in pairs], [most for _, most in pairs]
    coefficients, factor, error = scaled(values, most)
    reach = sum(abs(c) * m for c, m in zip(coefficients, most, strict=True))
    assert reach <= LARGEST + sum(most)  # rounding may add a half to each coefficient
    assert LARGEST + sum(most) < 2**63
    off = sum(abs(c / factor - v) * m for c, v, m in zip(coefficients, values, most, strict=True))
    assert off <= error + 1e-9 * max(1.0, sum(abs(v) * m for v, m in pairs))


def test_a_coefficient_fits_even_where_nothing_multiplies_it():
    coefficients, factor, _ = scaled([9223372037.0, 0.501953125], [0, 0])
    assert coefficients == pytest.approx([9223372037.0 * factor, 0.501953125 * factor], abs=0.5)
    assert max(coefficients) <= LARGEST


def test_a_small_part_of_a_large_coefficient_is_not_rounded_away():
    # 10^9 + 0.3: a tenth is the largest unit of both; to a whole it would be off by three parts in 10^10.
    assert scaled([1e9 + 0.3, 1.0], [1, 1]) == ([10**10 + 3, 10], 10.0, 0.0)


def test_no_finer_scale_than_asked_for():
    coefficients, factor, error = whole(np.array([1 / 7, 0.001]), np.array([1.0, 1.0]), 1e-3)
    assert (coefficients.tolist(), factor) == ([143, 1], 1000.0)
    assert error == pytest.approx(0.143 - 1 / 7)


def test_a_limit_beyond_64_bits_is_a_limit_beyond_all_that_a_row_reaches():
    assert whole_bound(1e25, 10.0, up=False) == whole_bound(1e300, 1e9, up=False)
    assert LARGEST < whole_bound(1e25, 10.0, up=False) < 2**63
    assert -(2**63) < whole_bound(-1e25, 10.0, up=True) < -LARGEST
    assert whole_bound(float("inf"), 1.0, up=False) == 2**63 - 1


def test_an_objective_is_read_with_the_part_of_its_constant_that_is_no_multiple():
    # 2000.105 in parts of 500: 1,000,052.5, of which 0.5 stays aside
    scale = Scale.of(500.0, 2000.105, 0.0)
    assert scale.read(-1_000_000) == pytest.approx(0.105, abs=1e-12)
    assert Scale.of(500.0, 2000.104, 0.25).read(-1_000_052) == pytest.approx(-0.25, abs=1e-12)


def test_large_parts_cancel_out_without_a_trace_where_floats_leave_no_doubt():
    assert Scale.of(10.0, 1e11 + 0.3, 0.0).read(-(10**12)) == 0.3
    # Beyond, what a product in floats may be off by is taken off: 3e-16 of 10^15.
    assert Scale.of(10.0, 1e15, 0.0).read(-(10**16)) == pytest.approx(-0.3)


def test_what_can_be_largest_keeps_a_whole_coefficient_when_nothing_is_exact():
    # 14.7 steps of 10^15 rounded to 15 would be off by 2 %: the scale is lowered to one at which they are 14.
    coefficients, factor, error = scaled([1e4, 1e-9 / 3, 1.1e15], [10**15, 1, 3])
    assert coefficients[0] / factor == pytest.approx(1e4, rel=1e-15)
    assert error < 1e9


def test_where_no_scale_is_fine_enough_the_largest_part_is_whole_and_nothing_overflows():
    # 0.3 x 10^12 leaves room for a factor below 2^58 / (0.3 x 10^12); 10^-9 is lost, and its loss is told.
    values, most = np.array([0.3, 1e-9]), np.array([1e12, 1.0])
    coefficients, factor, error = whole(values, most)
    assert np.abs(coefficients) @ most <= LARGEST
    assert np.abs(coefficients) @ most >= 0.99 * LARGEST
    assert 0.3 * factor == pytest.approx(coefficients[0], abs=1e-9)
    assert error >= 1e-9


@pytest.mark.parametrize(
    ("values", "most"),
    [
        ([1.000001, 1.0], [1e13, 1e13]),  # whole when times 10^6, which is too much
        ([1 / 3, 0.5**0.5], [1e9, 1e9]),  # whole by no factor
        ([0.3, 1e-9], [1e12, 1.0]),
    ],
)
def test_no_scale_lets_the_largest_sum_overflow(values, most):
    coefficients, factor, error = scaled(values, most)
    assert np.abs(coefficients) @ np.array(most) <= LARGEST
    assert error >= np.abs(np.array(coefficients) / factor - values) @ np.array(most) * (1 - 1e-6) > 0


def test_what_looks_whole_only_because_floats_are_coarse_has_an_error():
    value = 1e13 + 0.004
    assert scaled([value], [1.0]) == ([10**13], 1.0, value - 1e13)
