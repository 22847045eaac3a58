from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, Polygon, box

from dezentral.datasets import stuttgart, stuttgart_districts, with_geometry
from dezentral.errors import TableError

CITY = stuttgart(persons=10)


def _squares(**columns):
    facts = stuttgart_districts()
    centroids = zip(facts["centroid_x"], facts["centroid_y"], strict=True)
    shapes = [box(x - 50, y - 50, x + 50, y + 50) for x, y in centroids]
    return gpd.GeoDataFrame(columns or {"district": facts["district"]}, geometry=shapes, crs="EPSG:25832")


def _fields(frame, **options):
    with pytest.raises(TableError) as caught:
        with_geometry(CITY, frame, **options)
    return [(fault.record, fault.field) for fault in caught.value.faults]


def test_ones_own_polygons_replace_the_schematic_ones():
    city = with_geometry(CITY, _squares())
    assert [district.geometry.area for district in city.districts] == [10_000.0] * 23
    assert city.sites == CITY.sites


@pytest.mark.parametrize(
    "numbers",
    [list(range(1, 24)), [float(number) for number in range(1, 24)], [f"{number:02d}" for number in range(1, 24)]],
    ids=["int", "float", "text"],
)
def test_numbers_of_districts_are_read_however_written(numbers):
    city = with_geometry(CITY, _squares(STADTBEZIRKNR=numbers), column="STADTBEZIRKNR")
    assert city.districts[22].geometry.area == 10_000.0


def test_other_reference_systems_are_reprojected():
    city = with_geometry(CITY, _squares().to_crs("EPSG:4326"))
    facts = stuttgart_districts()
    assert city.districts[5].geometry.centroid.x == pytest.approx(facts["centroid_x"][5], abs=0.5)
    assert city.districts[5].geometry.area == pytest.approx(10_000.0, rel=1e-3)


def test_several_parts_of_a_district_are_merged_and_other_places_ignored():
    shapes = [box(0, 0, 1, 1), LineString([(0, 0), (1, 1)])]
    more = gpd.GeoDataFrame({"district": ["01", "Esslingen"]}, geometry=shapes, crs="EPSG:25832")
    frame = pd.concat([_squares(), more], ignore_index=True)
    city = with_geometry(CITY, frame)
    assert city.districts[0].geometry.area == 10_001.0
    assert city.districts[0].geometry.geom_type == "MultiPolygon"


def test_missing_districts_and_bad_polygons_are_named_at_once():
    frame = _squares().drop(index=[3, 4])
    frame.loc[0, "geometry"] = LineString([(0, 0), (1, 1)])
    frame.loc[1, "geometry"] = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])  # crosses itself
    frame.loc[2, "geometry"] = None
    assert _fields(frame) == [
        ("district '01'", "geometry"),
        ("district '02'", "geometry"),
        ("district '03'", "geometry"),
        ("district '04'", "district"),
        ("district '05'", "district"),
    ]


def test_frames_without_column_or_reference_system_are_refused():
    frame = _squares()
    assert _fields(frame.set_crs(None, allow_override=True), column="name") == [("frame", "column"), ("frame", "crs")]
    assert _fields(gpd.GeoDataFrame({"district": ["01"]})) == [("frame", "geometry")]
    assert _fields({"district": []}) == [("frame", "type")]
