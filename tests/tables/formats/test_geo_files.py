from __future__ import annotations

import json

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import MultiPolygon, Point, Polygon

import dezentral as dz
from dezentral.tables import read_tables, write_tables
from tests.tables.cities import EAST, WEST, city, small


def wrong(path):
    with pytest.raises(dz.TableError) as caught:
        read_tables(path)
    return [(fault.where, fault.field, fault.value) for fault in caught.value.faults]


def layers(path):
    return dict(pyogrio.list_layers(path).tolist())


def test_a_full_city_comes_back(tmp_path):
    assert read_tables(write_tables(city(), tmp_path / "city.gpkg")) == city()


def test_what_has_geometry_is_a_layer_of_a_map_and_the_rest_are_tables(tmp_path):
    found = layers(write_tables(city(), tmp_path / "city.gpkg"))
    assert found == {
        "districts": "Unknown",
        "sites": "Point",
        "services": "Point",
        "units": None,
        "households": None,
        "relations": None,
        "distances": None,
        "utilities": None,
        "instance": None,
    }
    sites = gpd.read_file(tmp_path / "city.gpkg", layer="sites")
    assert sites.geometry.iloc[0] == Point(500_050.1, 5_400_050.2)
    assert sites.crs.to_epsg() == 25832
    assert "x" not in sites.columns


def test_without_any_geometry_all_layers_are_tables(tmp_path):
    path = write_tables(small(), tmp_path / "city.gpkg")
    assert set(layers(path).values()) == {None}
    assert read_tables(path) == small()


def test_polygons_keep_kind_height_and_hole(tmp_path):
    hole = Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
    high = Polygon([(20, 0, 1.5), (30, 0, 2.5), (30, 9, 3.5)])
    shapes = [hole, high, MultiPolygon([WEST, EAST.buffer(-1)]), None]
    instance = small(
        districts=[
            dz.District(id=key, population=1, geometry=shape) for key, shape in zip("abcd", shapes, strict=True)
        ],
    )
    back = read_tables(write_tables(instance, tmp_path / "city.gpkg"))
    assert back == instance
    assert list(back.districts[1].geometry.exterior.coords) == list(high.exterior.coords)


def test_ids_of_services_that_a_database_cannot_tell_apart_come_back(tmp_path):
    # names of columns in SQLite know no case; 2,500 of them are more than it has
    names = ["k", "K", "fid", "geom", *(f"k{number}" for number in range(2_500))]
    instance = small(
        services=[dz.Service(id=name, kind="kita") for name in names],
        distances=dz.Table(rows=("s",), columns=names, data=(tuple(range(len(names))),)),
    )
    assert read_tables(write_tables(instance, tmp_path / "city.gpkg")) == instance


@pytest.mark.parametrize(
    "table",
    [
        dz.Table(rows=(), columns=(), data=()),
        dz.Table(rows=("s",), columns=(), data=((),)),
        dz.Table(rows=(), columns=("k",), data=()),
        dz.Table(rows=("s",), columns=("k",), data=((None,),)),
    ],
    ids=["nothing", "rows", "columns", "a hole"],
)
@pytest.mark.parametrize("place", ["city", "city.xlsx", "city.gpkg"])
def test_tables_without_numbers_come_back(tmp_path, table, place):
    instance = small(services=[dz.Service(id="k", kind="kita")], distances=table)
    assert read_tables(write_tables(instance, tmp_path / place)).distances == table


def test_a_layer_in_degrees_is_reprojected(tmp_path):
    write_tables(city(), tmp_path / "city.gpkg")
    for name in ("districts", "sites", "services"):
        frame = gpd.read_file(tmp_path / "city.gpkg", layer=name).to_crs(4326)
        pyogrio.write_dataframe(
            frame, tmp_path / "city.gpkg", layer=name, driver="GPKG", promote_to_multi=False, geometry_type="Unknown"
        )
    back = read_tables(tmp_path / "city.gpkg")
    assert back.districts[0].geometry.hausdorff_distance(WEST) < 1e-6
    assert back.sites[0].x == pytest.approx(500_050.1, abs=1e-6)


def test_what_is_no_point_is_refused(tmp_path):
    path = write_tables(city(), tmp_path / "city.gpkg")
    frame = gpd.read_file(path, layer="sites").assign(geometry=[WEST, None])
    pyogrio.write_dataframe(frame, path, layer="sites", driver="GPKG")
    assert ("city.gpkg, layer sites, row 2", "geometry", "Polygon") in wrong(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\0 broken", b"<OGRVRTDataSource/>", b"PK\x03\x04"],
    ids=["empty", "broken", "another format that GDAL reads", "zip"],
)
def test_what_is_no_geopackage_is_refused(tmp_path, content):
    (tmp_path / "city.gpkg").write_bytes(content)
    [(where, _, _)] = wrong(tmp_path / "city.gpkg")
    assert where == "city.gpkg"


def geojson(path, *features, **members):
    shapes = [{"type": "Feature", "properties": {"id": key}, "geometry": geometry} for key, geometry in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": shapes, **members}), encoding="utf-8")


def square(east):
    return {"type": "Polygon", "coordinates": [[[east, 48], [east + 1, 48], [east + 1, 49], [east, 49], [east, 48]]]}


def test_geojson_is_in_degrees_and_ids_stay_text(tmp_path):
    (tmp_path / "districts.csv").write_text("id,population\n007,1\n2026-01-01,1\n", encoding="utf-8")
    (tmp_path / "sites.csv").write_text("id,lat,lon\ns,48.5,9.5\nt,48.5,8.5\nu,48.5,9\n", encoding="utf-8")
    geojson(tmp_path / "districts.geojson", ("2026-01-01", square(8)), ("007", square(9)))
    instance = read_tables(tmp_path)
    assert [district.id for district in instance.districts] == ["007", "2026-01-01"]
    assert [site.district for site in instance.sites] == ["007", "2026-01-01", "007"]


def test_a_geojson_that_names_its_reference_system_is_believed(tmp_path):
    # older programs write metres, and say so in a member that the standard has dropped
    (tmp_path / "districts.csv").write_text("id,population\na,1\n", encoding="utf-8")
    (tmp_path / "sites.csv").write_text("id\n", encoding="utf-8")
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    geojson(tmp_path / "districts.geojson", ("a", WEST.__geo_interface__), crs=crs)
    assert read_tables(tmp_path).districts[0].geometry == WEST


def test_geojson_comes_back_within_a_micrometre(tmp_path):
    folder = write_tables(city(), tmp_path / "city", geometry="geojson")
    assert (folder / "districts.geojson").exists()
    back = read_tables(folder)
    assert back.replace(districts=city().districts) == city()
    for district, original in zip(back.districts, city().districts, strict=True):
        assert district.geometry.hausdorff_distance(original.geometry) < 1e-6
        assert district.geometry.geom_type == original.geometry.geom_type


def test_what_is_no_geojson_is_refused(tmp_path):
    write_tables(small(), tmp_path)
    (tmp_path / "districts.geojson").write_text("<OGRVRTDataSource/>", encoding="utf-8")
    assert wrong(tmp_path) == [("districts.geojson", "", "other content")]
