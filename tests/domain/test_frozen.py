from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dezentral.domain.frozen import FrozenDict


@given(st.dictionaries(st.text(), st.integers()))
def test_it_equals_the_mapping_it_was_made_from_and_is_sorted(items):
    frozen = FrozenDict(items)
    assert frozen == items
    assert list(frozen) == sorted(items)
    assert repr(frozen) == repr(dict(sorted(items.items())))


@given(st.dictionaries(st.text(), st.integers()))
def test_equal_ones_have_one_hash_in_whatever_order_they_were_filled(items):
    backwards = FrozenDict(dict(reversed(items.items())))
    assert FrozenDict(items) == backwards
    assert hash(FrozenDict(items)) == hash(backwards)


def test_it_cannot_be_changed():
    frozen = FrozenDict({"a": 1})
    with pytest.raises(TypeError):
        frozen["a"] = 2


def test_the_source_may_change_afterwards():
    source = {"a": 1}
    frozen = FrozenDict(source)
    source["a"] = 2
    assert frozen["a"] == 1


@pytest.mark.parametrize("travel", [copy.deepcopy, lambda frozen: pickle.loads(pickle.dumps(frozen))])  # noqa: S301
def test_it_travels(travel):
    back = travel(FrozenDict({"b": 1, "a": 2}))
    assert type(back) is FrozenDict
    assert back == {"a": 2, "b": 1}


def test_without_items_it_is_empty():
    assert len(FrozenDict()) == 0
