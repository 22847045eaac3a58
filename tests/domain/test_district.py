from __future__ import annotations

import json
import math

import pytest
from shapely import MultiPolygon, Point, Polygon, box

import dezentral as dz
from tests.domain.city import lines

HOLED = Polygon(box(0, 0, 10, 10).exterior, [box(2, 2, 3, 3).exterior])
SHAPES = (box(0, 0, 1, 1), HOLED, MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)]))


def test_defaults():
    district = dz.District(id="a", population=7)
    assert district.model_dump() == {
        "id": "a", "name": "", "population": 7, "housed": 0, "target_weight": None, "max_persons": None, "support": {},
        "geometry": None,
    }  # fmt: skip


def test_required_fields():
    with pytest.raises(dz.InstanceError) as caught:
        dz.District()
    assert lines(caught.value) == [
        "district, id: (missing); allowed: a value (the field is required)",
        "district, population: (missing); allowed: a value (the field is required)",
    ]


@pytest.mark.parametrize("geometry", SHAPES)
def test_a_polygon_survives_json_as_geojson(geometry):
    district = dz.District(id="a", population=1, geometry=geometry)
    data = json.loads(district.model_dump_json())
    assert data["geometry"]["type"] == geometry.geom_type
    back = dz.District.model_validate_json(json.dumps(data))
    assert back == district
    assert hash(back) == hash(district)
    assert back.geometry.equals(geometry)


def test_geometries_that_differ_make_districts_that_differ():
    one, other = (dz.District(id="a", population=1, geometry=shape) for shape in SHAPES[:2])
    assert one != other


BOWTIE = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])


@pytest.mark.parametrize(
    "bad",
    [
        Point(0, 0),
        Polygon(),
        BOWTIE,
        box(0, 0, math.inf, 1),
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [math.nan, 1], [0, 0]]]},
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": 5},
        {"type": "Polygon"},
        {"type": "Circle", "coordinates": []},
        {},
        "POLYGON ((0 0, 1 0, 1 1, 0 0))",
        5,
    ],
)
def test_what_is_no_area_is_refused(bad):
    with pytest.raises(dz.InstanceError) as caught:
        dz.District(id="a", population=1, geometry=bad)
    (fault,) = caught.value.faults
    assert (fault.record, fault.field) == ("district 'a'", "geometry")
    assert fault.allowed == "a valid Polygon or MultiPolygon that is not empty, or its GeoJSON"


def test_support_counts_persons():
    with pytest.raises(dz.InstanceError) as caught:
        dz.District(id="a", population=-1, support={"uk": -2, "ar": 1.5}, target_weight=-0.5)
    assert lines(caught.value) == [
        "district 'a', population: -1; allowed: 0 or more",
        "district 'a', target_weight: -0.5; allowed: 0 or more",
        "district 'a', support.uk: -2; allowed: 0 or more",
        "district 'a', support.ar: 1.5; allowed: a whole number",
    ]
