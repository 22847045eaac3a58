"""Numbers and lists as staff read them."""

import pytest

from dezentral.checks.words import counted, listed


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [(0, "day", "0 days"), (1, "person living alone", "1 person living alone"), (2, "household", "2 households")],
)
def test_counted(number, noun, text):
    assert counted(number, noun) == text


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


def test_listed_with_another_joint():
    assert listed(["women", "minors"], "or") == "women or minors"
