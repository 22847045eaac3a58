"""Numbers and lists as staff read them."""

import pytest

from dezentral.checks.words import counted, figure, listed


@pytest.mark.parametrize(
    ("amount", "noun", "english", "german"),
    [
        (0, "day", "0 days", "0 Tage"),
        (1, "person_alone", "1 person living alone", "1 alleinstehende Person"),
        (1200, "household", "1200 households", "1.200 Haushalte"),
    ],
)
def test_counted(amount, noun, english, german):
    assert (counted(amount, noun), counted(amount, noun, "de")) == (english, german)


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [(1250, "1250", "1.250"), (2_000_000.0, "2000000", "2.000.000"), (0.5, "0.5", "0,50"), (0, "0", "0")],
)
def test_figure(value, english, german):
    assert (figure(value), figure(value, "de")) == (english, german)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (list("abcdef"), "a, b, c, d, e and f"),
        (list("abcdefg"), "a, b, c, d, e and 2 more"),
    ],
)
def test_listed(names, text):
    assert listed(names) == text


def test_listed_with_another_joint_and_in_german():
    assert listed(["women", "minors"], joint="or") == "women or minors"
    assert listed(["women", "minors"], "de", "or") == "women oder minors"
    assert listed(list("abcdefg"), "de") == "a, b, c, d, e und 2 weitere"
