from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, Point, Polygon, box

import dezentral as dz

WEST, EAST = box(500_000, 5_400_000, 500_100, 5_400_100), box(500_100, 5_400_000, 500_200, 5_400_100)
# On the central meridian of EPSG:25832, 48.78° N is 5 402 999.894 m from the equator, see tests/geo/test_crs.py.
LAT, LON, EAST_M, NORTH_M = 48.78, 9.0, 500_000.0, 5_402_999.894


def read(sites, shapes=(WEST, EAST), ids=("a", "b"), **options):
    districts = gpd.GeoDataFrame({"id": ids, "population": [1] * len(ids)}, geometry=list(shapes), crs=25832)
    return dz.Instance.from_frames(districts=districts, sites=sites, **options)


def faults(*args, **options):
    with pytest.raises(dz.TableError) as caught:
        read(*args, **options)
    return [(fault.where, fault.field, fault.value) for fault in caught.value.faults]


def sites(**columns):
    return pd.DataFrame({"id": [f"s{number}" for number in range(len(next(iter(columns.values()))))], **columns})


def test_degrees_become_metres():
    site = read(sites(district=["a"], lat=[LAT], lon=[LON])).sites[0]
    assert (site.x, site.y) == (pytest.approx(EAST_M, abs=1e-6), pytest.approx(NORTH_M, abs=0.001))


def test_degrees_may_have_decimal_commas():
    frame = sites(district=["a"], lat=["48,78"], lon=["9"])
    assert read(frame).sites == read(sites(district=["a"], lat=[LAT], lon=[LON])).sites


def test_services_have_points_too():
    services = gpd.GeoDataFrame({"id": ["k"], "kind": ["kita"]}, geometry=[Point(LON, LAT)], crs=4326)
    service = read(sites(district=["a"]), services=services).services[0]
    assert service.y == pytest.approx(NORTH_M, abs=0.001)


def test_x_and_y_go_before_what_agrees_with_them():
    frame = gpd.GeoDataFrame(
        sites(district=["a"], x=[EAST_M], y=[5_403_000.0], lat=[LAT], lon=[LON]),
        geometry=[Point(LON, LAT)],
        crs=4326,
    )
    assert (read(frame).sites[0].x, read(frame).sites[0].y) == (EAST_M, 5_403_000.0)


def test_points_that_disagree_are_a_fault():
    frame = gpd.GeoDataFrame(sites(district=["a"], lat=[LAT], lon=[LON]), geometry=[Point(9.1, LAT)], crs=4326)
    assert [fault[:2] for fault in faults(frame)] == [("sites, row 2", "lat, lon")]


def test_half_a_point_is_a_fault_whatever_else_is_given():
    frame = sites(district=["a"], x=[EAST_M], lat=[LAT], lon=[LON])
    assert faults(frame) == [("sites, row 2", "y", None)]


def test_points_that_are_none_are_missing():
    frame = gpd.GeoDataFrame(sites(district=["a", "a"]), geometry=[None, Point()], crs=4326)
    assert [site.x for site in read(frame).sites] == [None, None]


@pytest.mark.parametrize("shape", [LineString([(0, 0), (1, 1)]), WEST])
def test_other_shapes_are_no_points(shape):
    frame = gpd.GeoDataFrame(sites(district=["a"]), geometry=[shape], crs=25832)
    assert faults(frame) == [("sites, row 2", "geometry", shape.geom_type)]


@pytest.mark.parametrize(
    ("lat", "lon", "field"), [(91, 9, "lat"), (48, 181, "lon"), (48, None, "lon"), ("n", 9, "lat")]
)
def test_degrees_beyond_the_globe_are_faults(lat, lon, field):
    assert [fault[:2] for fault in faults(sites(district=["a"], lat=[lat], lon=[lon]))] == [("sites, row 2", field)]


def test_points_where_the_map_ends_are_faults():
    # the transverse Mercator projection of zone 32 is not defined a quarter of the globe away
    assert [fault[:2] for fault in faults(sites(district=["a"], lat=[0.0], lon=[99.0]))] == [
        ("sites, row 2", "lat, lon")
    ]


def test_a_district_that_is_given_is_believed():
    assert read(sites(district=["b"], x=[500_050.0], y=[5_400_050.0])).sites[0].district == "b"


def test_located_and_given_districts_mix():
    frame = sites(district=["b", None, None], x=[1.0, 500_050.0, 500_150.0], y=[1.0, 5_400_050.0, 5_400_050.0])
    assert [site.district for site in read(frame).sites] == ["b", "a", "b"]


def test_no_site_is_lost_twice_where_a_polygon_is_broken():
    # the bow tie is the fault; that the site lies in no other polygon follows from it
    bow_tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    found = faults(sites(x=[0.5], y=[0.2]), shapes=(WEST, bow_tie))
    assert [fault[:2] for fault in found] == [("districts, row 3", "geometry")]


def test_a_site_whose_point_is_wrong_is_not_lost_too():
    assert [fault[:2] for fault in faults(sites(lat=["n"], lon=[9]))] == [("sites, row 2", "lat")]


def test_well_known_text_is_in_the_reference_system_of_the_instance():
    districts = pd.DataFrame({"id": ["a"], "population": [1], "geometry": [WEST.wkt]})
    frame = sites(geometry=["POINT (500050 5400050)"])
    site = dz.Instance.from_frames(districts=districts, sites=frame).sites[0]
    assert (site.district, site.x, site.y) == ("a", 500_050.0, 5_400_050.0)


def test_another_reference_system_of_the_instance_holds_for_all():
    frame = sites(lat=[LAT], lon=[LON])
    instance = read(frame, shapes=(box(499_000, 5_402_000, 501_000, 5_404_000), None), crs="EPSG:31467")
    assert instance.sites[0].district == "a"
    assert 3_499_000 < instance.sites[0].x < 3_501_000
    assert instance.districts[0].geometry.contains(Point(instance.sites[0].x, instance.sites[0].y))


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:1", "nonsense", "EPSG:2225", 5.5])
def test_a_reference_system_without_metres_is_one_fault(crs):
    frame = sites(lat=[LAT], lon=[LON])
    assert faults(frame, crs=crs) == [("arguments", "crs", crs)]
