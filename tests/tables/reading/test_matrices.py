from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import dezentral as dz

DISTRICTS = pd.DataFrame({"id": ["a"], "population": [1]})
SITES = pd.DataFrame({"id": ["s", "7"], "district": ["a", "a"]})
SERVICES = pd.DataFrame({"id": ["k", "8"], "kind": ["kita", "kita"]})
TABLE = dz.Table(rows=("s", "7"), columns=("8", "k"), data=((1.5, None), (2, 0)))


def read(frame):
    return dz.Instance.from_frames(districts=DISTRICTS, sites=SITES, services=SERVICES, distances=frame).distances


def faults(frame):
    with pytest.raises(dz.TableError) as caught:
        read(frame)
    return [(fault.where, fault.field, fault.value) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"8": [1.5, 2], "k": [np.nan, 0]}, index=["s", "7"]),
        pd.DataFrame({8: [1.5, 2], "k": [None, 0]}, index=pd.Index(["s", 7.0], name="somewhere")),
        pd.DataFrame({8.0: ["1,5", "2"], " k ": ["", "0"]}, index=[" s", "7"]),
        pd.DataFrame({"site": ["s", "7"], "8": [1.5, 2], "k": [None, 0]}),
        pd.DataFrame({"site": ["s", "s", "7", "7"], "service": ["8", "k", "8", "k"], "metres": [1.5, None, 2, 0]}),
        pd.DataFrame({"service": [8, "k", 8], "site": ["s", 7, 7], "metres": ["1.5", 0, 2]}, index=[3, 4, 5]),
    ],
    ids=["index", "numbers as ids", "text", "first column", "pairs", "pairs in any order"],
)
def test_a_matrix_and_a_list_of_pairs_say_the_same(frame):
    assert read(frame) == TABLE


def test_a_plain_count_is_no_id_of_a_site():
    assert faults(pd.DataFrame({"k": [1.0, 2.0]})) == [
        ("distances, row 2", "site", "0"),
        ("distances, row 3", "site", "1"),
    ]


def test_pairs_need_both_ids_once():
    frame = pd.DataFrame({"site": ["s", "s", None, "7"], "service": ["k", "k", "8", None], "metres": [1, 2, 3, 4]})
    assert faults(frame) == [
        ("distances, row 3", "site, service", ("s", "k")),
        ("distances, row 4", "site", "(missing)"),
        ("distances, row 5", "service", "(missing)"),
    ]


def test_ids_alone_are_rows_and_columns_without_numbers():
    frame = pd.DataFrame({"site": ["7", None], "service": [None, "k"], "metres": [None, None]})
    assert read(frame) == dz.Table(rows=("7",), columns=("k",), data=((None,),))


def test_an_empty_list_of_pairs_is_no_table():
    assert read(pd.DataFrame({"site": [], "service": [], "metres": []})) is None


def test_ids_that_repeat_are_faults_on_both_axes():
    frame = pd.DataFrame([[1, 2], [3, 4]], index=["s", "s"], columns=["k", "k"])
    assert faults(frame) == [("distances, row 1", "k", "k"), ("distances, row 3", "site", "s")]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(-1.0, -1.0), (np.inf, np.inf), (1e13, 1e13), ("far", "far"), (True, True), ("1e400", np.inf)],
)
def test_what_is_no_distance_is_found_in_its_cell(value, shown):
    frame = pd.DataFrame({"8": [0.0, 0.0], "k": [0.0, value]}, index=["s", "7"], dtype=object)
    assert faults(frame) == [("distances, row 3", "k", shown)]
    pairs = pd.DataFrame({"site": ["s", "7"], "service": ["k", "k"], "metres": pd.Series([0.0, value], dtype=object)})
    assert faults(pairs) == [("distances, row 3", "metres", shown)]


def test_unknown_ids_are_found_in_the_header_or_their_rows():
    frame = pd.DataFrame({"k": [1.0, 2.0], "zz": [1.0, 2.0]}, index=["s", "yy"])
    assert faults(frame) == [("distances, row 1", "zz", "zz"), ("distances, row 3", "site", "yy")]
    pairs = pd.DataFrame({"site": ["s", "yy"], "service": ["zz", "zz"], "metres": [1, 2]})
    assert faults(pairs) == [("distances, rows 2, 3", "service", "zz"), ("distances, row 3", "site", "yy")]


def test_ids_like_the_headers_of_pairs_come_back():
    # a matrix with these columns would read as a list of pairs
    services = [dz.Service(id=key, kind="kita") for key in ("service", "metres")]
    table = dz.Table(rows=("s",), columns=("service", "metres"), data=((1, 2),))
    instance = dz.Instance(
        districts=[dz.District(id="a", population=1)],
        sites=[dz.Site(id="s", district="a", units=())],
        services=services,
        distances=table,
    )
    assert dz.Instance.from_frames(**instance.to_frames()) == instance


def test_utilities_may_be_negative():
    households = pd.DataFrame({"id": ["h"], "size": [1]})
    frame = pd.DataFrame({"s": [-0.5], "7": [None]}, index=["h"])
    instance = dz.Instance.from_frames(districts=DISTRICTS, sites=SITES, households=households, utilities=frame)
    assert instance.utilities == dz.Table(rows=("h",), columns=("s", "7"), data=((-0.5, None),))
