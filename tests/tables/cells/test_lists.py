from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dezentral as dz
from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.lists import ANCHORS, COUNTS, IDS, NAMES, OPTIONAL_NAMES
from tests.tables.strategies import list_ids

A, B = dz.Anchor(x=1.0, y=2.5), dz.Anchor(x=-3.0, y=4.0, weight=0.5)


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("b;a;b", ("b", "a", "b")),
        (" b ; a ", ("b", "a")),
        ("b;;a;", ("b", "a")),
        ("-", ()),
        (" - ", ()),
        ("a, b", ("a, b",)),
        (7, ("7",)),
        (7.0, ("7",)),
        (["b", "a"], ("b", "a")),
        (("b", np.str_("a")), ("b", "a")),
        (np.array(["b", "a"], dtype=object), ("b", "a")),
        ({"b", "a"}, ("a", "b")),
        ([], ()),
    ],
)
def test_lists_of_ids_keep_their_order(cell, ids):
    assert IDS.value(cell) == ids


def test_the_empty_set_is_told_from_nothing():
    assert OPTIONAL_NAMES.value("") is None
    assert OPTIONAL_NAMES.value("-") == frozenset()
    assert OPTIONAL_NAMES.write(None) is None
    assert OPTIONAL_NAMES.write(frozenset()) == "-"
    assert NAMES.write(frozenset()) == ""


def test_sets_are_written_in_order():
    assert NAMES.write(frozenset({"c", "a", "b"})) == "a;b;c"


@pytest.mark.parametrize("kind", [IDS, NAMES, OPTIONAL_NAMES])
@pytest.mark.parametrize("key", ["a;b", "-", " a", "a\nb"])
def test_ids_that_a_list_cannot_carry_are_not_written(kind, key):
    with pytest.raises(CellError, match="an id without"):
        kind.write([key])


@pytest.mark.parametrize("cell", ["a;b", [None], [1.5], True])
def test_a_list_of_other_things_is_refused_but_text_is_not(cell):
    if cell == "a;b":
        assert NAMES.value(cell) == {"a", "b"}
    else:
        with pytest.raises(CellError):
            NAMES.value(cell)


@pytest.mark.parametrize(
    ("cell", "counts"),
    [
        ("school:2;kita:1", {"school": 2, "kita": 1}),
        (" school : 2 ; kita:1.0; ", {"school": 2, "kita": 1}),
        ("-", {}),
        ({"school": np.int64(2), "kita": None}, {"school": 2}),
        ([("school", 2)], {"school": 2}),
    ],
)
def test_maps_give_whole_numbers(cell, counts):
    assert COUNTS.value(cell) == counts


@pytest.mark.parametrize("cell", ["school", "school:", "school:x", ":2", "school:1;school:2", 5, {"": 1}, {"a": "x"}])
def test_what_is_no_map_is_refused(cell):
    with pytest.raises(CellError, match="whole number"):
        COUNTS.value(cell)


@pytest.mark.parametrize("key", ["a:b", "a;b", "-", ""])
def test_names_that_a_map_cannot_carry_are_not_written(key):
    with pytest.raises(CellError, match="an id without"):
        COUNTS.write({key: 1})


@pytest.mark.parametrize(
    ("cell", "anchors"),
    [
        ("1 2.5;-3 4 0.5", (A, B)),
        ("1,0 2,5 ; -3 4 0,5;", (A, B)),
        ("-", ()),
        ([A, B], (A, B)),
        ([(1, 2.5), [-3, 4, 0.5]], (A, B)),
        ([{"x": 1, "y": 2.5}, {"x": -3, "y": 4, "weight": 0.5}], (A, B)),
        (np.array([[1, 2.5]]), (A,)),
    ],
)
def test_anchors_are_points_with_a_weight(cell, anchors):
    assert ANCHORS.value(cell) == anchors


@pytest.mark.parametrize("cell", ["1", "1 2 3 4", "a b", "1 2 -1", "1e999 2", 5, [{"x": 1}], "513000,5402000"])
def test_what_is_no_point_is_refused(cell):
    with pytest.raises(CellError, match="points as x y or x y weight"):
        ANCHORS.value(cell)


def test_anchors_are_written_with_all_digits():
    anchors = (dz.Anchor(x=0.1 + 0.2, y=1e-7), dz.Anchor(x=-1.0, y=2.0, weight=1 / 3))
    assert ANCHORS.write(anchors) == "0.30000000000000004 1e-07;-1.0 2.0 0.3333333333333333"
    assert ANCHORS.value(ANCHORS.write(anchors)) == anchors


@given(st.lists(list_ids(), max_size=4))
def test_what_a_list_carries_is_read_back(ids):
    assert IDS.value(IDS.write(ids) or None) == (tuple(ids) or None)
    assert OPTIONAL_NAMES.value(OPTIONAL_NAMES.write(ids)) == frozenset(ids)


@given(st.dictionaries(list_ids().filter(lambda key: ":" not in key), st.integers(0, 10**7), min_size=1, max_size=4))
def test_what_a_map_carries_is_read_back(counts):
    assert COUNTS.value(COUNTS.write(counts)) == counts
