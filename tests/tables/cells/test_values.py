from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.values import BOOLEAN, CHOICE, DATE, ID, NUMBER, TEXT, WHOLE, is_blank, native

DAY = dt.date(2026, 1, 31)
MIDNIGHT = dt.datetime.fromisoformat("2026-01-31")


@pytest.mark.parametrize(
    "cell", [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT, np.datetime64("NaT", "ns"), "", np.str_("")]
)
def test_whatever_means_empty_is_empty(cell):
    assert native(cell) is None
    assert is_blank(cell)
    assert ID.value(cell) is None


def test_spaces_are_empty_but_for_free_text():
    assert is_blank(" \t\u00a0")
    assert WHOLE.value("  ") is None
    assert TEXT.value("  ") == "  "


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        (np.int64(7), 7),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.datetime64("2026-01-31"), MIDNIGHT),
        (np.datetime64("2026-01-31", "ns"), MIDNIGHT),
    ],
)
def test_numpy_scalars_become_python_values(cell, plain):
    read = native(cell)
    assert (read, type(read)) == (plain, type(plain))


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("007", "007"),
        ("NA", "NA"),
        ("nan", "nan"),
        ("None", "None"),
        ("1e5", "1e5"),
        ("7.0", "7.0"),
        ("TRUE", "TRUE"),
        (" s1\t", "s1"),
        ("two words", "two words"),
        ("-", "-"),
        (7, "7"),
        (7.0, "7"),
        (np.float64(7), "7"),
        (2**60, str(2**60)),
    ],
)
def test_ids_stay_as_written_and_a_spreadsheets_numbers_become_whole(cell, key):
    assert ID.value(cell) == key


@pytest.mark.parametrize("cell", [True, 7.5, float(2**60), DAY, pd.Timestamp(DAY), ["a"], b"a"])
def test_what_may_have_been_another_id_is_refused(cell):
    with pytest.raises(CellError, match="an id as text"):
        ID.value(cell)


@pytest.mark.parametrize("key", ["", " a", "a ", "\u00a0a", "a\nb", "a\tb", "\ra", "a\x00", "a\x85b", "a\ud800"])
def test_ids_that_no_cell_carries_are_not_written(key):
    with pytest.raises(CellError, match="an id without spaces at its ends"):
        ID.write(key)


@pytest.mark.parametrize("key", ["007", "a;b", "=1", "-", "#1", "'x", "ä b", "a\u00a0b", "😀"])
def test_other_ids_are_written_as_they_are(key):
    assert ID.write(key) == key
    assert ID.value(key) == key


@pytest.mark.parametrize(
    ("cell", "text"),
    [(" a ", " a "), (42, "42"), (42.0, "42"), (42.5, "42.5"), (True, "True"), (DAY, "2026-01-31"), ("NA", "NA")],
)
def test_free_text_keeps_its_spaces(cell, text):
    assert TEXT.value(cell) == text


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_no_file_carries_is_not_written(text):
    with pytest.raises(CellError, match="text without NUL"):
        TEXT.write(text)


def test_text_must_be_something_readable():
    with pytest.raises(CellError, match="text"):
        TEXT.value(b"bytes")


@pytest.mark.parametrize(
    "cell",
    ["true", "TRUE", " True ", "ja", "Ja", "j", "wahr", "WAHR", "yes", "y", "x", "X", "1", 1, 1.0, True, np.True_],
)
def test_yes_in_two_languages(cell):
    assert BOOLEAN.value(cell) is True


@pytest.mark.parametrize("cell", ["false", "FALSCH", "nein", "n", "no", "0", 0, 0.0, False, np.False_])
def test_no_in_two_languages(cell):
    assert BOOLEAN.value(cell) is False


@pytest.mark.parametrize("cell", ["maybe", "2", 2, "-", "oui", 0.5])
def test_other_answers_are_refused(cell):
    with pytest.raises(CellError, match="true or false"):
        BOOLEAN.value(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-01-31",
        "2026-1-31",
        "31.01.2026",
        "31.1.2026",
        " 31.01.2026 ",
        "2026-01-31 00:00:00",
        "2026-01-31T00:00:00",
        "31.01.2026 00:00",
        DAY,
        MIDNIGHT,
        pd.Timestamp("2026-01-31"),
        pd.Timestamp("2026-01-31", tz="Europe/Berlin"),
        np.datetime64("2026-01-31"),
    ],
)
def test_dates_of_office_programs(cell):
    read = DATE.value(cell)
    assert (read, type(read)) == (DAY, dt.date)


@pytest.mark.parametrize(
    "cell",
    [
        "31.02.2026",
        "2026-13-01",
        "31.01.26",
        "01/31/2026",
        "soon",
        "20260131",
        "2026-W05-6",
        46053,
        dt.datetime.fromisoformat("2026-01-31T08:00"),
        True,
    ],
)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(CellError, match="a date"):
        DATE.value(cell)


def test_choices_ignore_case_and_spaces():
    assert CHOICE.value(" Same_Sex ") == "same_sex"


def test_numbers_of_frames_are_read_through_their_missing_values():
    assert [NUMBER.value(cell) for cell in pd.Series([1.5, None])] == [1.5, None]
    assert [WHOLE.value(cell) for cell in pd.Series([3, None], dtype="Int64")] == [3, None]
