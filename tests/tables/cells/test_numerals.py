from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.numerals import read_number, read_whole


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12.0),
        ("-0.5", -0.5),
        ("+3", 3.0),
        ("1e3", 1000.0),
        ("1.5E-3", 0.0015),
        (".5", 0.5),
        ("5.", 5.0),
        ("0,5", 0.5),
        (",5", 0.5),
        ("-12,75", -12.75),
        ("12,345", 12.345),  # a comma is a decimal comma
        ("12.345", 12.345),  # a point is a decimal point
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("1.234.567,25", 1234567.25),
        ("−7", -7.0),  # the minus sign of word processors
        (" 8 ", 8.0),
        (7, 7.0),
        (7.25, 7.25),
        (Decimal("7.25"), 7.25),
        (Fraction(1, 4), 0.25),
    ],
)
def test_numbers_are_read_as_they_are_written(cell, number):
    assert read_number(cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "abc",
        "1 2",
        "1.2.3",
        "12.34,5",
        "1,23.4",
        "--1",
        "0x10",
        "nan",
        "inf",
        "1_000",
        "١",
        "5 m",
        True,
        b"5",
        None,
        10**400,
        Decimal("sNaN"),
        "9" * 41,
    ],
)
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(CellError, match="a number"):
        read_number(cell)


@pytest.mark.parametrize(
    ("cell", "whole"),
    [
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("7.0", 7),
        ("7,0", 7),
        ("007", 7),
        ("1e3", 1000),
        ("1.234.567", 1234567),
        (7.0, 7),
        (Decimal(7), 7),
        (12, 12),
    ],
)
def test_whole_numbers_are_read_as_they_are_written(cell, whole):
    read = read_whole(cell)
    assert (read, type(read)) == (whole, int)


@pytest.mark.parametrize(
    "cell", ["12.345", "12,345", "1.000", "7.5", "7,5", 7.5, "", "x", True, math.inf, 1e300, "1e300"]
)
def test_what_may_be_a_thousands_separator_is_refused(cell):
    with pytest.raises(CellError, match="a whole number without a thousands separator"):
        read_whole(cell)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_read_back_from_its_digits(number):
    assert read_number(repr(number)) == number


@given(st.integers(-(10**30), 10**30))
def test_every_whole_number_is_read_back_from_its_digits(number):
    assert read_whole(str(number)) == number


@given(st.floats(-1e9, 1e9).map(lambda number: round(number, 2)))
def test_german_and_english_thousands_mean_the_same(number):
    english = f"{number:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_number(english) == read_number(german) == number
