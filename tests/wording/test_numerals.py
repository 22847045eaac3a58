"""Numbers in both languages."""

from __future__ import annotations

import math

import pytest

from dezentral.wording import counted, metres, number, percent, tenths


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [(0, "0 m", "0 m"), (1250, "1,250 m", "1.250 m"), (1249.5, "1,250 m", "1.250 m"), (9999.4, "9,999 m", "9.999 m"),
     (10_000, "10.0 km", "10,0 km"), (1_234_567, "1,234.6 km", "1.234,6 km"), (math.nan, "–", "–")],
)  # fmt: skip
def test_metres(value: float, english: str, german: str) -> None:
    assert (metres(value, "en"), metres(value, "de")) == (english, german)


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [(1234, "1,234", "1.234"), (0.5, "0.50", "0,50"), (-3, "-3", "-3"), (math.inf, "–", "–"),
     (999.994, "999.99", "999,99")],
)  # fmt: skip
def test_number(value: float, english: str, german: str) -> None:
    assert (number(value, "en"), number(value, "de")) == (english, german)


def test_tenths_and_percent() -> None:
    assert (tenths(-1234.56, "de", signed=True), tenths(0.04, "de")) == ("-1.234,6", "0,0")
    assert (percent(0.5, "de"), percent(0.0301, "de"), percent(0.00001, "de")) == ("50 %", "3,01 %", "< 0,01 %")
    assert percent(math.nan) == "–"


def test_counted() -> None:
    assert (counted(1, "person"), counted(0, "person"), counted(1234, "person", "de")) == (
        "1 person", "0 persons", "1.234 Personen",
    )  # fmt: skip
