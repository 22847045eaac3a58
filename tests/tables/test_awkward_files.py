"""One city as four offices save it, read to the same records and written and read back in every format."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from shapely.geometry import box

import dezentral as dz
from dezentral.tables import read_tables, write_tables

AWKWARD = Path(__file__).parent / "data" / "awkward"
OFFICES = ["csv", "parquet", "awkward.xlsx", "awkward.gpkg"]
MILLIMETRE = 1e-3  # what a way through degrees may cost
# What each of the four says, see data/README.md. The site 01 names no district: its point is in the square of 007.
CITY = dz.Instance(
    districts=[
        dz.District(
            id=key,
            name=name,
            population=population,
            target_weight=weight,
            geometry=box(west, 5_400_000, west + 1000, 5_401_000),
        )
        for key, name, population, weight, west in [
            ("01", "Mitte", 22_850, 1.5, 512_000),
            ("007", "Süd", 44_200, 0.5, 513_000),
            ("NA", "=1+1", 5, 1.0, 514_000),
            ("1e5", "Möhringen", 33_297, 2.25, 515_000),
        ]
    ],
    sites=[
        dz.Site(
            id="01",
            district="007",
            name="@Haus",
            operator="-AWO",
            x=513_250.5,
            y=5_400_250.25,
            open_from=dt.date(2026, 2, 1),
            open_until=dt.date(2030, 12, 31),
            cost=12.5,
            confidential=True,
            admits=frozenset(),
            units=[dz.Unit(id="1e5", beds=4, count=12, area_m2=40.5)],
        ),
        dz.Site(
            id="NA",
            district="NA",
            name="a;b",
            x=514_500.0,
            y=5_400_500.0,
            features={"step_free"},
            admits={"family", "01"},
            units=[dz.Unit(id="dormitory", beds=20, sharing="dormitory")],
        ),
    ],
    households=[
        dz.Household(
            id="007",
            size=4,
            needs={"kita": 1},
            languages={"ar", "de"},
            anchors=[dz.Anchor(x=513_000.5, y=5_402_000.25, weight=0.5), dz.Anchor(x=1.0, y=2.0)],
            wishes=("01", "NA"),
            current_site="01",
            current_unit="1e5",
            arrival=dt.date(2026, 1, 31),
        ),
        dz.Household(id="1e5", size=1, sex="f", seeks_support=True),
    ],
    services=[dz.Service(id="NA", kind="kita", x=513_000.0, y=5_400_100.0, capacity=6, reach=1500.5)],
    relations=[dz.Relation(kind="same_site", households=("007", "1e5"))],
    date=dt.date(2026, 3, 1),
    detour=1.25,
    distances=dz.Table(rows=("01", "NA"), columns=("NA",), data=((420.5,), (None,))),
    utilities=dz.Table(rows=("007",), columns=("01",), data=((0.25,),)),
    name="NA",
)


def without_coordinates(instance):
    points = {"__all__": {"x", "y"}}
    return instance.model_dump(exclude={"districts": {"__all__": {"geometry"}}, "sites": points, "services": points})


def coordinates(instance):
    return [(place.x, place.y) for place in (*instance.sites, *instance.services)]


def assert_same_city(instance):
    assert without_coordinates(instance) == without_coordinates(CITY)
    np.testing.assert_allclose(coordinates(instance), coordinates(CITY), rtol=0, atol=MILLIMETRE)
    for read, meant in zip(instance.districts, CITY.districts, strict=True):
        assert read.geometry.hausdorff_distance(meant.geometry) < MILLIMETRE


@pytest.mark.parametrize("office", OFFICES)
def test_every_office_means_the_same_city(office):
    assert_same_city(read_tables(AWKWARD / office))


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize(
    ("name", "formats"),
    [
        ("folder", {"tables": "csv"}),
        ("folder", {"tables": "parquet"}),
        ("city.xlsx", {}),
        ("city.gpkg", {}),
    ],
)
def test_what_was_read_is_written_and_read_back_exactly(tmp_path, office, name, formats):
    instance = read_tables(AWKWARD / office)
    assert read_tables(write_tables(instance, tmp_path / name, **formats)) == instance


@pytest.mark.parametrize("office", OFFICES)
def test_what_was_read_comes_back_through_geojson(tmp_path, office):
    instance = read_tables(AWKWARD / office)
    assert_same_city(read_tables(write_tables(instance, tmp_path / "folder", geometry="geojson")))


def test_no_cell_that_is_written_is_a_formula(tmp_path):
    folder = write_tables(read_tables(AWKWARD / "awkward.gpkg"), tmp_path / "folder")
    book = openpyxl.load_workbook(write_tables(CITY, tmp_path / "city.xlsx"))
    lines = (folder / "sites.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [cell for line in lines for cell in line.split(",") if cell[:1] in {"=", "+", "@"}] == []
    assert "'@Haus" in lines[1]
    assert "'-AWO" in lines[1]
    assert "'=1+1" in (folder / "districts.csv").read_text(encoding="utf-8-sig")
    assert {cell.data_type for sheet in book for row in sheet for cell in row}.isdisjoint({"f", "e"})
    assert book["districts"]["B4"].value == "'=1+1"
