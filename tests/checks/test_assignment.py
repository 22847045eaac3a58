"""left_over against Hall's theorem: persons without = the greatest deficit of any set of groups."""

from itertools import chain, combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dezentral.checks.assignment import left_over


@st.composite
def markets(draw):
    groups, offers = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    sought = draw(st.lists(st.integers(0, 9), min_size=groups, max_size=groups))
    offered = draw(st.lists(st.integers(0, 9), min_size=offers, max_size=offers))
    suits = draw(st.lists(st.booleans(), min_size=groups * offers, max_size=groups * offers))
    shaped = np.array(suits, dtype=bool).reshape(groups, offers)
    return np.array(sought, dtype=np.int64), np.array(offered, dtype=np.int64), shaped


def deficit(sought, offered, suits, groups):
    chosen = list(groups)
    return int(sought[chosen].sum() - offered[suits[chosen].any(axis=0)].sum())


@settings(max_examples=300)
@given(markets())
def test_persons_without_are_the_greatest_deficit(market):
    sought, offered, suits = market
    everyone = range(len(sought))
    subsets = chain.from_iterable(combinations(everyone, size) for size in range(len(sought) + 1))
    without, short = left_over(sought, offered, suits)
    assert without == max(deficit(sought, offered, suits, subset) for subset in subsets)
    assert without == deficit(sought, offered, suits, np.flatnonzero(short))


def test_what_is_given_is_not_changed():
    sought, offered = np.array([3]), np.array([2])
    left_over(sought, offered, np.array([[True]]))
    assert (sought.tolist(), offered.tolist()) == ([3], [2])


def test_who_took_the_last_place_of_another_is_shifted():
    # equally many offers each, so groups 0, 1, 2 are served in turn: 0 takes offer 0, 1 takes offer 1, and 2, whom
    # only these two suit, waits until 1 goes on to offer 2
    suits = np.array([[1, 1, 0], [0, 1, 1], [1, 1, 0]], dtype=bool)
    without, short = left_over(np.array([2, 2, 2]), np.array([2, 2, 2]), suits)
    assert (without, short.any()) == (0, False)


def test_numbers_beyond_32_bits():
    without, short = left_over(np.array([3 * 10**9, 10**9]), np.array([2 * 10**9]), np.array([[True], [False]]))
    assert (without, short.tolist()) == (2 * 10**9, [True, True])
