"""What is written is read back exactly, in every format."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import dezentral as dz
from dezentral.tables import read_tables, write_tables
from tests.tables.strategies import instances

FORMATS = {
    "csv": ("city", {}, 40),
    "parquet": ("city", {"tables": "parquet"}, 15),
    "excel": ("city.xlsx", {}, 25),
    "geopackage": ("city.gpkg", {}, 8),
}


def assert_same(back, instance):
    for name in dz.Instance.model_fields:
        assert getattr(back, name) == getattr(instance, name), name


@pytest.mark.parametrize("format_name", FORMATS)
def test_files_come_back_exactly(format_name):
    place, options, examples = FORMATS[format_name]

    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])
    @given(instances())
    def comes_back(instance):
        with tempfile.TemporaryDirectory() as folder:
            assert_same(read_tables(write_tables(instance, Path(folder) / place, **options)), instance)

    comes_back()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(instances())
def test_frames_come_back_exactly(instance):
    assert_same(dz.Instance.from_frames(**instance.to_frames()), instance)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(instances())
def test_no_cell_of_a_csv_file_starts_like_a_formula(instance):
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(write_tables(instance, Path(folder) / "city").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                header, *lines = csv.reader(file)
            for line in lines:
                for column, cell in zip(header, line, strict=True):
                    assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n")), (path.name, column)
                    if cell.startswith("-"):
                        assert (column, cell) == ("admits", "-") or float(cell) <= 0
