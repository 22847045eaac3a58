from __future__ import annotations

import datetime as dt
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import CRS
from shapely.geometry import Point, box

import dezentral as dz
from dezentral.tables import read_tables

WEST, EAST = box(500_000, 5_400_000, 500_100, 5_400_100), box(500_100, 5_400_000, 500_200, 5_400_100)


def districts(**columns):
    return pd.DataFrame({"id": ["a", "b"], "population": [10, 20], **columns})


def sites(**columns):
    return pd.DataFrame({"id": ["s", "t"], "district": ["a", "b"], **columns})


def mapped(crs="EPSG:25832"):
    frame = gpd.GeoDataFrame(districts(), geometry=[WEST, EAST], crs="EPSG:25832")
    return frame.to_crs(crs)


def read(**frames):
    return dz.Instance.from_frames(**{"districts": districts(), "sites": sites(), **frames})


def faults(**frames):
    with pytest.raises(dz.TableError) as caught:
        read(**frames)
    return [(fault.where, fault.field, fault.value) for fault in caught.value.faults]


def test_the_smallest_frames_are_districts_and_sites():
    assert read() == dz.Instance(
        districts=[dz.District(id="a", population=10), dz.District(id="b", population=20)],
        sites=[dz.Site(id="s", district="a", units=()), dz.Site(id="t", district="b", units=())],
    )


def test_beds_alone_are_one_dormitory():
    unit = dz.Unit(id="dormitory", beds=30, sharing="dormitory")
    assert [site.units for site in read(sites=sites(beds=[30, None])).sites] == [(unit,), ()]


def test_units_go_to_their_sites_in_order():
    units = pd.DataFrame({"site": ["t", "s", "t"], "id": ["y", "x", "x"], "beds": [1, 2, 3]})
    found = [[(unit.id, unit.beds) for unit in site.units] for site in read(units=units).sites]
    assert found == [[("x", 2)], [("y", 1), ("x", 3)]]


def test_numbers_as_ids_become_text():
    # pandas reads ids of digits as numbers, and as floats where some are missing
    households = pd.DataFrame({"id": [1, 2], "size": [1, 1], "current_site": [7.0, np.nan]})
    found = read(sites=sites(id=[7, 8], beds=[2, 2]), households=households).households
    assert [(household.id, household.current_site) for household in found] == [("1", "7"), ("2", None)]


@pytest.mark.parametrize("nothing", [None, np.nan, pd.NA, pd.NaT, "", "  "])
def test_every_kind_of_nothing_is_the_default(nothing):
    frame = sites(x=[nothing] * 2, admits=[nothing] * 2, open_from=[nothing] * 2, confidential=[nothing] * 2)
    assert read(sites=frame) == read()


@pytest.mark.parametrize("backend", ["numpy_nullable", "pyarrow"])
def test_nullable_columns_are_read_like_others(backend):
    frame = sites(x=[1.5, None], y=[2.5, None], max_persons=[5, None], confidential=[True, None])
    assert read(sites=frame.convert_dtypes(dtype_backend=backend)) == read(sites=frame)


def test_categories_dates_and_collections_of_pandas_are_read():
    households = pd.DataFrame(
        {
            "id": pd.Categorical(["h", "g"]),
            "size": np.array([2, 1], dtype="int8"),
            "arrival": pd.to_datetime(["2026-01-31", None]),
            "traits": [["family"], {"young"}],
            "anchors": [[(1, 2)], None],
        }
    )
    first, second = read(households=households).households
    assert (first.id, first.size, first.arrival, first.traits) == ("h", 2, dt.date(2026, 1, 31), {"family"})
    assert first.anchors == (dz.Anchor(x=1.0, y=2.0),)
    assert (second.arrival, second.traits) == (None, {"young"})


def test_an_index_that_bears_the_name_of_a_column_is_one():
    assert read(districts=districts().set_index("id")) == read()


def test_settings_are_values_or_a_frame():
    frame = pd.DataFrame({"key": ["date", "detour", "name"], "value": ["31.01.2026", 1.5, "Köln"]})
    from_frame = read(instance=frame, name="Bonn")
    assert (from_frame.date, from_frame.detour, from_frame.name) == (dt.date(2026, 1, 31), 1.5, "Bonn")
    assert read(date="2026-01-31", detour=1.5, name="Bonn") == from_frame
    assert read(date=pd.Timestamp("2026-01-31"), detour=np.float64(1.5), name="Bonn") == from_frame


@pytest.mark.parametrize("crs", ["EPSG:31467", 31467, "31467", CRS.from_epsg(31467)])
def test_a_reference_system_is_named_in_many_ways(crs):
    assert read(crs=crs).crs == "EPSG:31467"


def test_polygons_and_points_are_reprojected():
    inside = [Point(500_050, 5_400_050), Point(500_150, 5_400_050)]
    points = gpd.GeoDataFrame(sites().drop(columns="district"), geometry=inside, crs=25832)
    instance = read(districts=mapped("EPSG:4326"), sites=points.to_crs(3857))
    assert [site.district for site in instance.sites] == ["a", "b"]
    assert instance.sites[0].x == pytest.approx(500_050, abs=1e-6)
    assert instance.districts[0].geometry.hausdorff_distance(WEST) < 1e-6


def test_geometry_in_the_reference_system_of_the_instance_is_untouched():
    assert read(districts=mapped()).districts[0].geometry == WEST


def test_a_site_on_a_border_goes_to_the_smallest_id():
    frame = pd.DataFrame({"id": ["s"], "x": [500_100.0], "y": [5_400_050.0]})
    assert read(districts=mapped(), sites=frame).sites[0].district == "a"
    assert read(districts=mapped().assign(id=["b", "a"]), sites=frame).sites[0].district == "a"


def test_a_site_beside_all_districts_is_a_fault():
    frame = pd.DataFrame({"id": ["s", "t"], "x": [0.0, None], "y": [0.0, None], "district": [None, None]})
    assert faults(districts=mapped(), sites=frame) == [
        ("sites, row 2", "district", (0.0, 0.0)),
        ("sites, row 3", "district", "(missing)"),
    ]


def test_a_site_without_a_district_needs_polygons():
    frame = pd.DataFrame({"id": ["s"], "x": [0.0], "y": [0.0]})
    assert faults(sites=frame) == [("sites, row 2", "district", "(missing)")]


def test_geometry_without_a_reference_system_is_a_fault():
    frame = gpd.GeoDataFrame(districts(), geometry=[WEST, EAST])
    assert faults(districts=frame) == [("districts", "geometry", None)]


def test_a_merged_frame_keeps_the_reference_system_of_its_geometry():
    frame = districts().merge(mapped("EPSG:4326")[["id", "geometry"]], on="id")
    assert not isinstance(frame, gpd.GeoDataFrame)
    assert read(districts=frame).districts[0].geometry.hausdorff_distance(WEST) < 1e-6


def test_the_geometry_column_may_have_another_name():
    assert read(districts=mapped().rename_geometry("shape")) == read(districts=mapped())


def test_frames_that_are_no_tables_are_faults():
    assert faults(houses=districts(), units=[1]) == [
        ("arguments", "houses", "DataFrame"),
        ("arguments", "units", "list"),
    ]


def test_missing_tables_are_said_without_what_follows_from_them():
    with pytest.raises(dz.TableError) as caught:
        dz.Instance.from_frames(households=pd.DataFrame({"id": ["h"], "size": [1], "current_site": ["s"]}))
    assert [(fault.where, fault.allowed) for fault in caught.value.faults] == [
        ("districts", "a table districts (required)"),
        ("sites", "a table sites (required)"),
    ]


def test_frames_have_the_types_that_analysts_expect():
    instance = read(
        districts=mapped(),
        sites=sites(max_persons=[5, None], admits=["-", None], features=["b;a", None], x=[1.5, None], y=[1.5, None]),
        units=pd.DataFrame({"site": ["s"], "id": ["u"], "beds": [3]}),
        households=pd.DataFrame({"id": ["h"], "size": [2], "arrival": ["2026-01-31"], "current_site": [None]}),
    )
    frames = instance.to_frames()
    assert list(frames) == ["instance", "districts", "sites", "units", "households", "services", "relations"]
    assert frames["districts"].crs == CRS.from_epsg(25832)
    assert frames["sites"]["max_persons"].dtype == "Int64"
    assert frames["sites"]["x"].dtype == "float64"
    assert frames["sites"]["confidential"].dtype == "bool"
    assert frames["households"]["arrival"].dtype.kind == "M"
    assert frames["sites"]["features"].tolist() == ["a;b", ""]
    assert frames["sites"]["admits"].iloc[0] == "-"
    assert frames["sites"]["admits"].isna().tolist() == [False, True]
    assert frames["units"].to_dict("records")[0]["site"] == "s"


def test_frames_survive_the_writers_of_pandas(tmp_path):
    instance = read(districts=mapped(), sites=sites(admits=["-", None], beds=[3, 3]), crs=25832, name="=x")
    for suffix in ("csv", "parquet"):
        folder = tmp_path / suffix
        folder.mkdir()
        for name, frame in instance.to_frames().items():
            if suffix == "csv":
                frame.to_csv(folder / f"{name}.csv", index=False)
            else:
                frame.to_parquet(folder / f"{name}.parquet")
        assert dz.Instance.from_frames(**instance.to_frames()) == instance
        assert read_tables(folder) == instance, suffix


def test_matrices_bear_their_ids_outside():
    services = pd.DataFrame({"id": ["k"], "kind": ["kita"]})
    metres = pd.DataFrame({"k": [420.0, np.nan]}, index=["s", "t"])
    instance = read(services=services, distances=metres)
    assert instance.distances == dz.Table(rows=("s", "t"), columns=("k",), data=((420.0,), (None,)))
    pd.testing.assert_frame_equal(instance.to_frames()["distances"], metres)


def test_ids_that_no_cell_carries_are_listed_together():
    instance = dz.Instance(
        districts=[dz.District(id="a;b", population=1)],
        sites=[dz.Site(id=" s", district="a;b", units=[dz.Unit(id="u\n", beds=1, features={"-"})])],
        households=[dz.Household(id="h", size=1, wishes=["a;b"])],
        services=[dz.Service(id="k", kind="k:1"), dz.Service(id="l", kind="m", name="\0")],
    )
    with pytest.raises(dz.TableError) as caught:
        instance.to_frames()
    found = [(fault.where, fault.record, fault.field) for fault in caught.value.faults]
    assert found == [
        ("sites, row 2", "site ' s'", "id"),
        ("units, row 2", "unit 'u\\n'", "site"),
        ("units, row 2", "unit 'u\\n'", "id"),
        ("units, row 2", "unit 'u\\n'", "features"),
        ("households, row 2", "household 'h'", "wishes"),
        ("services, row 3", "service 'l'", "name"),
    ]


def test_importing_the_tables_wakes_no_heavy_library():
    heavy = "pandas geopandas shapely pyproj pyogrio openpyxl pyarrow scipy matplotlib"
    script = f"import sys, dezentral.tables; print(sorted(set('{heavy}'.split()) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
