from __future__ import annotations

import sys

import geopandas as gpd
import pandas as pd
import pytest

import dezentral as dz
from dezentral.tables import read_tables, write_tables
from tests.tables.cities import EAST, WEST, city, small


def test_a_full_city_comes_back(tmp_path):
    folder = write_tables(city(), tmp_path / "city", tables="parquet")
    assert sorted(path.name for path in folder.iterdir()) == [
        "distances.parquet",
        "districts.gpkg",
        "districts.parquet",
        "households.parquet",
        "instance.parquet",
        "relations.parquet",
        "services.parquet",
        "sites.parquet",
        "units.parquet",
        "utilities.parquet",
    ]
    assert read_tables(folder) == city()


def test_columns_have_their_types(tmp_path):
    folder = write_tables(city(), tmp_path / "city", tables="parquet")
    frame = pd.read_parquet(folder / "sites.parquet")
    assert frame["id"].tolist() == ["s1", "007"]
    assert frame["name"].iloc[0] == "=HYPERLINK(1)"
    assert frame["max_persons"].dtype == "Int64"
    assert frame["open_from"].dtype.kind == "M"


def test_lists_structs_and_indexes_of_other_writers_are_read(tmp_path):
    pd.DataFrame({"id": ["a"], "population": [10]}).to_parquet(tmp_path / "districts.parquet")
    sites = pd.DataFrame({"id": [7], "district": ["a"], "features": [["b", "a"]], "x": [1.0], "y": [2.0], "beds": [2]})
    sites.to_parquet(tmp_path / "sites.parquet")
    households = pd.DataFrame(
        {"id": ["g", "h"], "size": [2, 2], "needs": [{"kita": 1}, None], "current_site": [7, None]}
    )
    households.to_parquet(tmp_path / "households.parquet")
    pd.DataFrame({"id": ["k"], "kind": ["kita"]}).set_index("id").to_parquet(tmp_path / "services.parquet")
    pd.DataFrame({"k": [420.0]}, index=["7"]).to_parquet(tmp_path / "distances.parquet")
    instance = read_tables(tmp_path)
    assert instance.sites[0].features == {"a", "b"}
    assert [(home.needs, home.current_site) for home in instance.households] == [({"kita": 1}, "7"), ({}, None)]
    assert instance.distances == dz.Table(rows=("7",), columns=("k",), data=((420,),))


def test_geoparquet_is_reprojected(tmp_path):
    frame = gpd.GeoDataFrame({"id": ["a", "b"], "population": [1, 2]}, geometry=[WEST, EAST], crs=25832)
    frame.to_crs(4326).to_parquet(tmp_path / "districts.parquet")
    pd.DataFrame({"id": ["s"], "x": [500_150.0], "y": [5_400_050.0]}).to_parquet(tmp_path / "sites.parquet")
    instance = read_tables(tmp_path)
    assert instance.sites[0].district == "b"
    assert instance.districts[0].geometry.hausdorff_distance(WEST) < 1e-6


def test_what_is_no_parquet_file_is_refused(tmp_path):
    write_tables(small(), tmp_path, tables="parquet")
    (tmp_path / "sites.parquet").write_bytes(b"PAR1 broken PAR1")
    with pytest.raises(dz.TableError, match=r"sites.parquet: .*allowed: a Parquet file"):
        read_tables(tmp_path)


def test_comment_signs_are_guarded(tmp_path):
    instance = dz.Instance(districts=[dz.District(id="#1", population=1), dz.District(id="'#", population=1)], sites=())
    assert read_tables(write_tables(instance, tmp_path / "city", tables="parquet")) == instance


def test_the_missing_library_is_named(tmp_path, monkeypatch):
    write_tables(small(), tmp_path / "city", tables="parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(dz.MissingExtraError, match=r'reading a Parquet file .* pip install "dezentral\[parquet\]"'):
        read_tables(tmp_path / "city")
    with pytest.raises(dz.MissingExtraError, match="writing a Parquet file"):
        write_tables(small(), tmp_path / "other", tables="parquet")
    assert not (tmp_path / "other").exists()
