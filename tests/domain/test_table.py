from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dezentral as dz
from tests.domain.city import lines

TABLE = dz.Table(rows=["s", "t"], columns=["k", "l", "m"], data=[[1, None, 2.5], [None, 0.0, -3]])
_IDS = st.lists(st.text(alphabet="abc", min_size=1, max_size=3), unique=True, max_size=4).map(tuple)


@st.composite
def tables(draw):
    rows, columns = draw(_IDS), draw(_IDS)
    cell = st.none() | st.floats(-1e12, 1e12)
    row = st.tuples(*[cell] * len(columns))
    return dz.Table(rows=rows, columns=columns, data=draw(st.tuples(*[row] * len(rows))))


@given(tables())
def test_a_table_survives_its_frame_and_json(table):
    assert dz.Table.from_frame(table.frame) == table
    assert dz.Table.model_validate_json(table.model_dump_json()) == table
    assert table.array.shape == (len(table.rows), len(table.columns))


def test_json_has_null_where_a_cell_is_missing():
    assert TABLE.model_dump_json() == (
        '{"rows":["s","t"],"columns":["k","l","m"],"data":[[1.0,null,2.5],[null,0.0,-3.0]]}'
    )


def test_the_frame_is_a_copy():
    frame = TABLE.frame
    frame.loc["s", "k"] = 99.0
    assert TABLE.frame.loc["s", "k"] == 1.0
    assert math.isnan(TABLE.frame.loc["t", "k"])
    assert list(frame.index) == ["s", "t"]
    assert list(frame.columns) == ["k", "l", "m"]


def test_the_array_is_a_copy():
    TABLE.array[0, 0] = 99.0
    assert TABLE.array[0, 0] == 1.0


@pytest.mark.parametrize("dtype", ["int64", "float64", "Int64", "Float64", "object", "float32"])
def test_frames_of_any_number_type_are_read(dtype):
    frame = pd.DataFrame({"k": [1, 2]}, index=["s", "t"]).astype(dtype)
    assert dz.Table.from_frame(frame).data == ((1.0,), (2.0,))


@pytest.mark.parametrize("hole", [None, np.nan, pd.NA, pd.NaT])
def test_any_hole_is_a_missing_cell(hole):
    frame = pd.DataFrame({"k": [np.int64(7), hole]}, index=["s", "t"], dtype=object)
    assert dz.Table.from_frame(frame).data == ((7.0,), (None,))


def test_the_frame_given_is_not_touched():
    frame = pd.DataFrame({"k": [np.nan]}, index=["s"], dtype=object)
    dz.Table.from_frame(frame)
    assert math.isnan(frame.loc["s", "k"])


def test_cells_and_ids_of_a_frame_are_checked():
    frame = pd.DataFrame({"k": [math.inf, "far"], 7: [True, 1.0]}, index=["s", 3])
    with pytest.raises(dz.InstanceError) as caught:
        dz.Table.from_frame(frame)
    assert lines(caught.value) == [
        "table, rows[1]: 3; allowed: a string",
        "table, columns[1]: 7; allowed: a string",
        "table, data[0][0]: inf; allowed: a finite number",
        "table, data[0][1]: True; allowed: a number",
        "table, data[1][0]: 'far'; allowed: a number",
    ]


def test_what_is_no_frame_is_refused():
    with pytest.raises(dz.InstanceError, match="a pandas DataFrame"):
        dz.Table.from_frame({"k": [1.0]})


def test_ids_stand_once_and_the_shape_fits():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Table(rows=["s", "s", "t"], columns=["k", "k"], data=[[1, 2], [1, 2, 3]])
    assert lines(caught.value) == [
        "table, rows: 's'; allowed: each id once (it stands 2 times)",
        "table, columns: 'k'; allowed: each id once (it stands 2 times)",
        "table, data: '2 rows of 2 or 3 numbers'; allowed: 3 rows of 2 numbers",
    ]


def test_a_bad_cell_does_not_hide_a_repeated_id_nor_spoil_the_shape():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Table(rows=["s", "s"], columns=["k"], data=[["far"], [1]])
    assert lines(caught.value) == [
        "table, data[0][0]: 'far'; allowed: a number",
        "table, rows: 's'; allowed: each id once (it stands 2 times)",
    ]
