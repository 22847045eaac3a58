from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.shapes import GEOMETRY, geometry_text

SQUARE = box(0, 0, 1, 1)


@pytest.mark.parametrize(
    "cell",
    [SQUARE, SQUARE.wkt, SQUARE.wkb, bytearray(SQUARE.wkb), SQUARE.wkb_hex, shapely.geometry.mapping(SQUARE)],
    ids=["shapely", "wkt", "wkb", "bytearray", "hex", "geojson"],
)
def test_geometries_are_read_in_every_notation(cell):
    assert GEOMETRY.value(cell) == SQUARE


@pytest.mark.parametrize("cell", ["POLYGON ((", "abc", "AB", b"\x00", {"type": "Polygon"}, 5, {"type": "x"}])
def test_what_is_no_geometry_is_refused(cell):
    with pytest.raises(CellError, match="a geometry"):
        GEOMETRY.value(cell)


def test_projected_metres_are_written_as_readable_text():
    assert geometry_text(Point(513000.25, 5402000.5)) == "POINT (513000.25 5402000.5)"


@given(st.lists(st.tuples(*[st.floats(-1e8, 1e8)] * 2), min_size=3, max_size=5))
def test_text_keeps_every_digit(corners):
    shape = Polygon(corners)
    assert GEOMETRY.value(geometry_text(shape)) == shape


def test_heights_are_kept():
    shape = Polygon([(0, 0, 0.1), (1, 0, 0.2), (1, 1, 1 / 3)])
    assert list(GEOMETRY.value(geometry_text(shape)).exterior.coords) == list(shape.exterior.coords)
