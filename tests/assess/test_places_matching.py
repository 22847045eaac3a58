"""One more, one less: the matching that is kept agrees with the one that is worked out anew."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dezentral.assess.places_matching import Matching
from dezentral.checks.assignment import left_over


def _counts(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_others_shift_to_let_one_more_in() -> None:
    """Group 0 holds offer 0 but could take offer 1: a guest whom only offer 0 suits is served by shifting it."""
    suits = np.array([[True, True], [False, True]])
    matching = Matching.of(_counts(1, 0), _counts(1, 1), suits)
    only_first = np.array([True, False])
    assert matching.served(only_first, 1) == 1
    assert matching.served(only_first, 2) == 1
    assert matching.without == 0


def test_two_guests_are_let_in_by_two_shifts_of_one_each() -> None:
    """Groups 0 and 1 hold one seat each of offer 0, and could go to offers 1 and 2: one shift makes room for one."""
    suits = np.array([[True, True, False], [True, False, True]])
    matching = Matching.of(_counts(1, 1), _counts(2, 1, 1), suits)
    assert matching.widths.tolist() == [1, 1, 1]
    assert [matching.served(np.array([True, False, False]), persons) for persons in (1, 2, 3)] == [1, 2, 2]


def test_widths_tell_how_many_can_be_shifted_on_at_once() -> None:
    """Offer 0 is full of 3 persons of one group, of whom 2 could go to offer 1, which has 2 seats left."""
    matching = Matching.of(_counts(3), _counts(3, 2), np.array([[True, True]]))
    assert matching.widths.tolist() == [2, 2]
    assert [matching.served(np.array([True, False]), persons) for persons in (2, 3)] == [2, 2]


def test_who_waits_gets_what_others_leave() -> None:
    """Two groups of one and one offer: one waits; when the other goes, nobody does."""
    matching = Matching.of(_counts(1, 1), _counts(1), np.ones((2, 1), dtype=np.bool_))
    assert matching.without == 1
    served = matching.copy()
    served.take_out(0, 1)
    assert served.without == 0
    assert matching.without == 1


def test_without_offers_everyone_waits() -> None:
    matching = Matching.of(_counts(2, 3), _counts(), np.zeros((2, 0), dtype=np.bool_))
    assert matching.without == 5
    assert matching.served(np.zeros(0, dtype=np.bool_), 4) == 0


@pytest.mark.parametrize("seed", range(150))
def test_one_more_and_one_less_agree_with_a_matching_from_scratch(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  nothing secret
    groups, offers = dice.randint(1, 7), dice.randint(1, 6)
    sought = np.array([dice.randint(0, 5) for _ in range(groups)], dtype=np.int64)
    offered = np.array([dice.randint(0, 6) for _ in range(offers)], dtype=np.int64)
    density = dice.random()
    suits = np.array([[dice.random() < density for _ in range(offers)] for _ in range(groups)])
    matching = Matching.of(sought, offered, suits)
    assert matching.without == left_over(sought, offered, suits)[0]
    guest, persons = np.array([dice.random() < density for _ in range(offers)]), dice.randint(1, 5)
    more = left_over(np.append(sought, persons), offered, np.vstack([suits, guest]))[0]
    assert persons - matching.served(guest, persons) == more - matching.without
    for group in np.flatnonzero(sought):
        gone = dice.randint(1, int(sought[group]))
        less, fewer = matching.copy(), sought.copy()
        less.take_out(int(group), gone)
        fewer[group] -= gone
        assert less.without == left_over(fewer, offered, suits)[0]
        after = left_over(np.append(fewer, persons), offered, np.vstack([suits, guest]))[0]
        assert less.without + persons - less.served(guest, persons) == after
