from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dezentral.tables.cells.guard import Comment, guarded, guarded_first, is_comment, unguarded, unguarded_first

FORMULAS = ["=1+1", "+49 711", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "-"]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_get_an_apostrophe(text):
    assert guarded(text) == "'" + text
    assert unguarded("'" + text) == text


@pytest.mark.parametrize("text", ["a=1", "'s-Hertogenbosch", "", "7", "'", "#1", "’=1"])
def test_other_text_stays(text):
    assert guarded(text) == text
    assert unguarded(text) == text


def test_what_is_guarded_already_gets_one_more():
    assert guarded("'=1") == "''=1"
    assert unguarded("''=1") == "'=1"


def test_a_comment_sign_is_guarded_in_the_first_cell_only():
    assert guarded("#1", first=True) == "'#1"
    assert unguarded("'#1", first=True) == "#1"
    assert unguarded("'#1") == "'#1"


def test_comments_are_written_as_they_are():
    assert guarded(Comment("# s1"), first=True) == "# s1"
    assert guarded_first(Comment("# s1")) == "# s1"


def test_only_text_is_guarded_and_only_text_is_a_comment():
    assert unguarded(-5) == -5
    assert guarded_first(None) is None
    assert is_comment(" # x")
    assert not is_comment("'#x")
    assert not is_comment(None)


texts = st.text(st.sampled_from("'=+-@#a \t\r\n＝"), max_size=6) | st.text()


@given(texts, st.booleans())
def test_every_text_comes_back(text, first):
    assert unguarded(guarded(text, first=first), first=first) == text
    assert unguarded_first(guarded_first(text)) == text


@given(texts)
def test_no_guarded_text_starts_like_a_formula_or_a_comment(text):
    assert not guarded(text, first=True).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "#"))
