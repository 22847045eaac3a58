from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from dezentral.geo.containment import containing

WEST, EAST = box(0, 0, 10, 10), box(10, 0, 20, 10)


def located(points, polygons=(WEST, EAST), ids=("b", "a")):
    return containing(np.array(points, dtype=float).reshape(-1, 2), polygons, ids)


def test_a_point_inside_gets_the_polygon_that_holds_it():
    assert located([(5, 5), (15, 5)]) == ["b", "a"]


def test_on_a_border_the_smallest_id_wins_whatever_the_order():
    assert located([(10, 5)]) == ["a"]
    assert located([(10, 5)], (EAST, WEST), ("b", "a")) == ["a"]


def test_ids_are_compared_as_text():
    assert located([(10, 5)], ids=("9", "10")) == ["10"]


def test_corners_and_outer_edges_are_inside():
    assert located([(0, 0), (20, 10), (5, 0)]) == ["b", "a", "b"]


def test_a_point_beside_all_polygons_is_in_none():
    assert located([(20.001, 5), (5, -0.001), (500, 500)]) == [None, None, None]


def test_a_nanometre_beside_the_border_is_on_it():
    # What reprojecting does to a point on a border: 1e-9 m is far below any survey, 1e-3 m is not.
    assert located([(20 + 1e-9, 5), (20 + 1e-3, 5)]) == ["a", None]


def test_in_a_hole_is_outside_and_every_part_of_a_multipolygon_is_inside():
    ring = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
    parts = MultiPolygon([box(20, 0, 21, 1), box(30, 0, 31, 1)])
    assert located([(4, 4), (1, 1), (20.5, 0.5), (30.5, 0.5)], (ring, parts), ("ring", "parts")) == [
        None,
        "ring",
        "parts",
        "parts",
    ]


def test_overlapping_polygons_give_the_smallest_id():
    assert located([(5, 5)], (WEST, box(4, 4, 6, 6)), ("z", "y")) == ["y"]


def test_without_polygons_or_coordinates_there_is_no_answer():
    assert located([(5, 5)], (None, None)) == [None]
    assert located([(math.nan, 5), (math.inf, 5), (5, 5)]) == [None, None, "b"]
    assert located([]) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_a_grid_of_squares_is_found_by_division(points):
    # Squares of side 10 from (0, 0) to (40, 40): a point belongs to the squares that its division allows.
    ids = [f"{column}{row}" for column in range(4) for row in range(4)]
    squares = [box(10 * column, 10 * row, 10 * column + 10, 10 * row + 10) for column in range(4) for row in range(4)]

    def cells(value):
        return {
            cell for cell in (value // 10, (value - 1) // 10) if 10 * cell <= value <= 10 * cell + 10 and 0 <= cell < 4
        }

    expected = [min(f"{column}{row}" for column in cells(x) for row in cells(y)) for x, y in points]
    assert located(points, squares, ids) == expected
