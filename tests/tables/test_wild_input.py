"""Whatever comes in: an instance, or a `TableError`, and nothing else."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box

import dezentral as dz
from dezentral.tables import read_plan, read_tables, write_tables
from dezentral.tables.schema import MATRICES, PLAN, SCHEMAS
from tests.tables.cities import city

SHAPES = [Point(1, 2), Point(), LineString([(0, 0), (1, 1)]), box(0, 0, 5, 5), Polygon(), box(3, 3, 1e300, 1e300)]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
    st.decimals(),
    st.complex_numbers(),
    st.sampled_from(
        ["a", "b", "a;b", "k:1", "1 2", "1 2 3", "-", ";", ":", "same_site", "household", "12,5", "01.01.2026"]
    ),
    st.sampled_from(
        [pd.NA, pd.NaT, np.nan, np.datetime64("NaT", "ns"), np.float32(1), np.array([1, 2]), Decimal("NaN"), object()]
    ),
    st.sampled_from([*SHAPES, dt.time(1)]),
    st.sampled_from([["a"], [None], {"a"}, {"k": 1}, {1: 2}, [("k", 1)], [[1, 2]], [[]], (), [["a"]], {"x": {}}]),
)
COLUMNS = {schema.name: tuple(schema.by_name) for schema in SCHEMAS} | {
    schema.name: (*schema.pairs, "a", "k") for schema in MATRICES
}
COLUMNS |= {"instance": ("key", "value"), "plan": tuple(PLAN.by_name)}


@st.composite
def contents(draw, name):
    """Draw columns and rows; frames of them are made in the tests, as pandas cannot print them all."""
    odd = st.sampled_from(["id", "", "x", 7, None, pd.NA, pd.NaT])
    columns = draw(st.lists(st.sampled_from(COLUMNS[name]) | odd, max_size=6))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=3))
    return columns, rows


def frame_of(columns, rows):
    cells = np.empty((len(rows), len(columns)), dtype=object)
    for place in np.ndindex(cells.shape):
        cells[place] = rows[place[0]][place[1]]
    frame = pd.DataFrame(cells)
    frame.columns = pd.Index(columns, dtype=object)
    return frame


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional={name: contents(name) for name in COLUMNS if name != "plan"}))
def test_wild_frames(wild):
    base = {
        "districts": pd.DataFrame({"id": ["a"], "population": [1]}),
        "sites": pd.DataFrame({"id": ["a"], "district": ["a"]}),
    }
    with contextlib.suppress(dz.TableError):
        drawn = {name: frame_of(*content) for name, content in wild.items()}
        assert isinstance(dz.Instance.from_frames(**{**base, **drawn}), dz.Instance)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["crs", "date", "detour", "name", "instance"]), CELLS))
def test_wild_arguments(given_settings):
    districts = pd.DataFrame({"id": ["a"], "population": [1]})
    with contextlib.suppress(dz.TableError):
        assert dz.Instance.from_frames(districts=districts, sites=pd.DataFrame({"id": []}), **given_settings)


@settings(max_examples=60)
@given(contents("plan"))
def test_wild_plans(content):
    frame = frame_of(*content)
    with contextlib.suppress(dz.TableError):
        assert isinstance(read_plan(frame), dz.Plan)


@settings(max_examples=40)
@given(st.lists(st.none() | st.sampled_from(SHAPES), min_size=2, max_size=2))
def test_wild_geometries(shapes):
    plain = {"id": ["a", "b"], "population": [1, 1]}
    with contextlib.suppress(dz.TableError):
        districts = gpd.GeoDataFrame(plain, geometry=shapes, crs=4326)
        assert dz.Instance.from_frames(districts=districts, sites=pd.DataFrame({"id": ["s"], "x": [1], "y": [2]}))


@cache
def written(place):
    with tempfile.TemporaryDirectory() as folder:
        path = write_tables(city(), Path(folder) / place, **({"tables": "parquet"} if place == "parquet" else {}))
        return (path / "sites.parquet" if place == "parquet" else path).read_bytes()


@pytest.mark.parametrize("place", ["city.xlsx", "city.gpkg", "parquet"])
def test_damaged_files(place):
    sound = written(place)

    @settings(max_examples=30)
    @given(
        st.lists(st.tuples(st.integers(0, len(sound) - 1), st.integers(0, 255)), min_size=1, max_size=40), st.booleans()
    )
    def is_read_or_refused(damage, cut):
        content = bytearray(sound)
        for position, value in damage:
            content[position] = value
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder if place == "parquet" else folder / place
            target = folder / "sites.parquet" if place == "parquet" else path
            target.write_bytes(content[: damage[0][0]] if cut else content)
            if place == "parquet":
                (folder / "districts.csv").write_text("id,population\n01,1\nNA,1\n", encoding="utf-8")
            with contextlib.suppress(dz.TableError):
                assert isinstance(read_tables(path), dz.Instance)

    is_read_or_refused()


@settings(max_examples=80)
@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.binary(max_size=40) | st.text(max_size=40).map(str.encode)))
def test_wild_text_files(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            header = ",".join(COLUMNS[name]).encode() + b"\n" if len(content) % 2 else b""
            (Path(folder) / f"{name}.csv").write_bytes(header + content)
        with contextlib.suppress(dz.TableError):
            assert isinstance(read_tables(folder), dz.Instance)
