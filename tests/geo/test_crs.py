from __future__ import annotations

import math

import numpy as np
import pytest
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry import Point, Polygon, box

from dezentral.geo.crs import WGS84, projected_points, reprojected

UTM32 = "EPSG:25832"
# The meridian arc of GRS80 from the equator to 48.78° is 5 405 161.959 m (numerical integration of the radius of
# curvature a(1 - e²) / (1 - e² sin²φ)^1.5); on the central meridian, UTM shortens it by 0.9996.
NORTH = 5_402_999.894


def test_degrees_on_the_central_meridian_are_the_shortened_meridian_arc():
    east, north = projected_points(np.array([9.0]), np.array([48.78]), UTM32)[0]
    assert east == pytest.approx(500_000, abs=1e-6)
    assert north == pytest.approx(NORTH, abs=0.001)


def test_east_comes_first_whatever_the_reference_system_says():
    # EPSG:31467 names its northing first; points here are always (east, north).
    point = reprojected([Point(9.0, 48.78)], WGS84, "EPSG:31467")[0]
    assert 3_400_000 < point.x < 3_600_000
    assert 5_300_000 < point.y < 5_500_000


def test_nothing_moves_within_one_reference_system():
    shapes = [box(0.1, 0.2, 0.7, 0.9), None]
    assert reprojected(shapes, UTM32, UTM32) == shapes
    assert reprojected(shapes, CRS(UTM32), CRS.from_epsg(25832)) == shapes


def test_missing_geometries_stay_missing():
    moved = reprojected([None, Point(9.0, 48.78)], WGS84, UTM32)
    assert moved[0] is None
    assert moved[1].y == pytest.approx(NORTH, abs=0.001)


def test_there_and_back_is_below_a_micrometre():
    shape = Polygon([(513_000.1, 5_402_000.2), (513_500.3, 5_402_100.4), (513_200.5, 5_402_700.6)])
    back = reprojected(reprojected([shape], UTM32, WGS84), WGS84, UTM32)[0]
    assert back.hausdorff_distance(shape) < 1e-6


def test_points_off_the_map_are_infinite():
    assert math.isinf(projected_points(np.array([9.0]), np.array([500.0]), UTM32)[0][0])


def test_an_unknown_reference_system_is_named_by_proj():
    with pytest.raises(CRSError):
        reprojected([Point(0, 0)], WGS84, "EPSG:1")
