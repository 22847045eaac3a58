from __future__ import annotations

import geopandas as gpd
import pytest

import dezentral as dz
from dezentral.tables import read_tables, write_tables
from tests.tables.cities import EAST, WEST, city, small


def wrong(path):
    with pytest.raises(dz.TableError) as caught:
        read_tables(path)
    return [(fault.where, fault.field, fault.value) for fault in caught.value.faults]


def polygons(path, crs=25832, **columns):
    columns = columns or {"id": ["01", "NA"]}
    gpd.GeoDataFrame(columns, geometry=[WEST, EAST][: len(next(iter(columns.values())))], crs=25832).to_crs(
        crs
    ).to_file(path)


def plain(folder, districts="id,name,population\n01,A,1\nNA,B,2\n"):
    (folder / "districts.csv").write_text(districts, encoding="utf-8")
    (folder / "sites.csv").write_text("id,x,y\ns,500150,5400050\n", encoding="utf-8")


def test_a_full_city_comes_back(tmp_path):
    folder = write_tables(city(), tmp_path / "new" / "city")
    assert sorted(path.name for path in folder.iterdir()) == [
        "distances.csv",
        "districts.csv",
        "districts.gpkg",
        "households.csv",
        "instance.csv",
        "relations.csv",
        "services.csv",
        "sites.csv",
        "units.csv",
        "utilities.csv",
    ]
    assert read_tables(folder) == city()


def test_tables_of_an_earlier_instance_are_replaced_and_other_files_stay(tmp_path):
    write_tables(city(), tmp_path)
    (tmp_path / "notes.csv").write_text("a", encoding="utf-8")
    (tmp_path / "plans").mkdir()
    write_tables(small(), tmp_path, tables="parquet")
    assert read_tables(tmp_path) == small()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "districts.parquet",
        "households.parquet",
        "instance.parquet",
        "notes.csv",
        "plans",
        "relations.parquet",
        "services.parquet",
        "sites.parquet",
        "units.parquet",
    ]


@pytest.mark.parametrize("name", ["districts.geojson", "districts.gpkg"])
def test_polygons_beside_a_table_join_its_rows(tmp_path, name):
    plain(tmp_path)
    polygons(tmp_path / name, crs=4326)
    instance = read_tables(tmp_path)
    assert [district.name for district in instance.districts] == ["A", "B"]
    assert instance.sites[0].district == "NA"


def test_polygons_bring_what_the_table_lacks_and_what_nobody_knows_is_left(tmp_path):
    plain(tmp_path, "id,name\n01,A\nNA,\n")
    polygons(tmp_path / "districts.geojson", id=["NA", "01"], population=[7, 8], name=[None, "A"], OBJECTID=[1, 2])
    assert [(one.id, one.population) for one in read_tables(tmp_path).districts] == [("01", 8), ("NA", 7)]


def test_a_file_of_polygons_may_stand_alone(tmp_path):
    plain(tmp_path)
    (tmp_path / "districts.csv").unlink()
    polygons(tmp_path / "districts.gpkg", id=["01", "NA"], population=[1, 2])
    assert read_tables(tmp_path).sites[0].district == "NA"


def test_files_that_contradict_each_other_are_faults(tmp_path):
    plain(tmp_path)
    polygons(tmp_path / "districts.geojson", id=["01", "zz"], name=["Other", "Z"])
    found = wrong(tmp_path)
    assert ("districts.geojson, row 2", "name", "Other") in found
    assert ("districts.geojson, row 3", "id", "zz") in found


def test_polygons_without_ids_or_with_the_same_twice_are_faults(tmp_path):
    plain(tmp_path)
    polygons(tmp_path / "districts.geojson", id=["01", "01"])
    assert ("districts.geojson, row 3", "id", "01") in wrong(tmp_path)
    polygons(tmp_path / "districts.geojson", code=["01", "NA"])
    assert ("districts.geojson, row 1", "id", "(missing)") in wrong(tmp_path)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("districts.parquet", ("districts", "", "districts.csv, districts.parquet")),
        ("households.xlsx", ("households.xlsx", "", ".xlsx")),
        ("households.gpkg", ("households.gpkg", "", ".gpkg")),
        ("household.csv", ("household.csv", "", "household.csv")),
    ],
)
def test_files_that_would_be_overlooked_are_pointed_out(tmp_path, name, fault):
    write_tables(small(), tmp_path)
    if name.endswith("parquet"):
        write_tables(small(), tmp_path / "other", tables="parquet")
        (tmp_path / "other" / name).rename(tmp_path / name)
    else:
        (tmp_path / name).write_bytes(b"")
    assert fault in wrong(tmp_path)


def test_an_empty_folder_lacks_districts_and_sites(tmp_path):
    assert wrong(tmp_path) == [("districts", "", "(missing)"), ("sites", "", "(missing)")]


def test_a_geopackage_of_several_layers_must_name_the_one_that_is_meant(tmp_path):
    plain(tmp_path)
    path = tmp_path / "districts.gpkg"
    for layer in ("north", "south"):
        frame = gpd.GeoDataFrame({"id": ["01", "NA"]}, geometry=[WEST, EAST], crs=25832)
        frame.to_file(path, layer=layer)
    assert wrong(tmp_path)[0] == ("districts.gpkg", "", "north, south")
    frame.to_file(path, layer="Districts")
    assert read_tables(tmp_path).districts[0].geometry == WEST


def test_upper_case_names_are_names(tmp_path):
    plain(tmp_path)
    (tmp_path / "sites.csv").write_text("id,district\ns,01\n", encoding="utf-8")
    (tmp_path / "sites.csv").rename(tmp_path / "Sites.CSV")
    assert read_tables(tmp_path).sites[0].district == "01"
