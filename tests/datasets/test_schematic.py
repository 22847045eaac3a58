from __future__ import annotations

import itertools

import numpy as np
import pytest
from shapely.geometry import Point

from dezentral.datasets.schematic import scattered, schematic_outlines, schematic_polygons
from dezentral.datasets.stuttgart_facts import DISTRICTS

# Their Voronoi cells are smaller than they are (see the module).
SMALLER = {"03": 0.87, "06": 0.90, "10": 0.82, "23": 0.86}


def test_polygons_are_valid_and_hold_their_centroid():
    polygons = schematic_polygons()
    assert len(polygons) == 23
    for facts in DISTRICTS:
        assert polygons[facts.code].is_valid
        assert polygons[facts.code].contains(Point(facts.x, facts.y))


def test_polygons_do_not_even_touch():
    assert all(first.disjoint(second) for first, second in itertools.combinations(schematic_polygons().values(), 2))


@pytest.mark.parametrize("facts", DISTRICTS, ids=lambda facts: facts.name)
def test_areas_are_right_where_the_neighbours_leave_room(facts):
    ratio = schematic_polygons()[facts.code].area / (facts.area_km2 * 1e6)
    assert ratio == pytest.approx(SMALLER.get(facts.code, 1.0), abs=0.03 if facts.code not in SMALLER else 0.01)


def test_vertices_are_whole_metres():
    for outline in schematic_outlines().values():
        assert (outline == np.floor(outline)).all()


def test_points_scattered_in_a_district_lie_in_it_all_around_its_centroid():
    outlines, polygons = schematic_outlines(), schematic_polygons()
    for facts in DISTRICTS:
        points = scattered(np.random.default_rng(3), facts.code, outlines, 60)
        assert points.shape == (60, 2)
        assert (points == np.floor(points)).all()
        assert all(polygons[facts.code].contains(Point(point)) for point in points)
        assert {(x > facts.x, y > facts.y) for x, y in points} == set(itertools.product((False, True), repeat=2))
