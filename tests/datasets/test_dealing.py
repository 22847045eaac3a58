from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dezentral.datasets.dealing import dealt, drawn, quota


def test_the_largest_remainders_get_what_is_left():
    # shares 1.5, 0.9, 0.6: floors 1, 0, 0; the two that are left go to 0.9 and 0.6
    assert quota([5.0, 3.0, 2.0], 3) == [1, 1, 1]
    # shares 2/3 each: a tie, the first ones win
    assert quota([1.0, 1.0, 1.0], 2) == [1, 1, 0]


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30), st.integers(0, 10_000))
def test_parts_add_up_and_are_off_by_less_than_one(weights, total):
    parts = quota(weights, total)
    assert sum(parts) == total
    shares = [total * weight / sum(weights) for weight in weights]
    assert all(abs(part - share) < 1 + 1e-6 for part, share in zip(parts, shares, strict=True))


def test_dealt_options_have_exactly_their_shares_in_an_order_of_the_seed():
    first = dealt(np.random.default_rng(1), {"a": 0.75, "b": 0.25}, 100)
    again = dealt(np.random.default_rng(1), {"a": 0.75, "b": 0.25}, 100)
    other = dealt(np.random.default_rng(2), {"a": 0.75, "b": 0.25}, 100)
    assert Counter(first) == Counter(other) == {"a": 75, "b": 25}
    assert first == again != other


def test_drawn_options_have_roughly_their_shares():
    draws = Counter(drawn(np.random.default_rng(0), {"a": 3.0, "b": 1.0, "never": 0.0}, 4_000))
    assert draws["never"] == 0
    assert 2_850 < draws["a"] < 3_150  # 3,000 expected, standard deviation 27
