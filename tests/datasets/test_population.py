from __future__ import annotations

import datetime as dt
import os

import numpy as np
import pytest

from dezentral.datasets import read_population, stuttgart, stuttgart_districts, with_population
from dezentral.errors import InstanceError, TableError

HEAD = "Stichtag;Stadtbezirk;Alter in 10 Gruppen;Einwohner"
CITY = stuttgart(persons=0)
AGES = ("0 bis unter 3 Jahre", "75 Jahre oder älter")


def _lines(day, persons=100):
    """Every district with 100 + its number young and as many old inhabitants."""
    return [
        f"{day};{name};{age};{persons + number}"
        for number, name in enumerate(stuttgart_districts()["name"], start=1)
        for age in AGES
    ]


def _file(tmp_path, lines, *, head=HEAD, encoding="utf-8"):
    path = tmp_path / "einwohner.csv"
    path.write_bytes("\r\n".join([head, *lines, ""]).encode(encoding))
    return path


def _faults(path, **options):
    with pytest.raises(TableError) as caught:
        read_population(path, **options)
    return [(fault.where, fault.field, fault.value) for fault in caught.value.faults]


def test_ages_are_added_up_for_the_latest_day(tmp_path):
    lines = [*_lines("31.12.2022"), *_lines("31.12.2023", 500), *_lines("30.06.2023")]
    population = read_population(_file(tmp_path, lines))
    assert population.index.tolist() == [f"{number:02d}" for number in range(1, 24)]
    assert population["06"] == 2 * 506
    assert population.attrs["date"] == dt.date(2023, 12, 31)
    assert population.name == "population"


@pytest.mark.parametrize("date", ["2022-12-31", "31.12.2022", dt.date(2022, 12, 31), dt.datetime(2022, 12, 31)])  # noqa: DTZ001
def test_another_day_can_be_asked_for(tmp_path, date):
    path = _file(tmp_path, [*_lines("31.12.2022"), *_lines("31.12.2023", 500)])
    assert read_population(path, date=date)["01"] == 202


def test_official_names_and_old_encodings_will_do(tmp_path):
    plain = read_population(_file(tmp_path, _lines("31.12.2023")))
    lines = [line.replace(";Mitte;", ";Stuttgart-Mitte;").replace(";Süd;", ";SÜD;") for line in _lines("31.12.2023")]
    assert read_population(_file(tmp_path, lines, encoding="cp1252")).equals(plain)
    assert read_population(_file(tmp_path, lines, encoding="utf-8-sig")).equals(plain)


def test_every_fault_is_named_at_once_with_its_row(tmp_path):
    lines = _lines("31.12.2023")
    lines[0] = "31.13.2023;Mitte;0 bis unter 3 Jahre;101"
    lines[3] = "31.12.2023;Nord;75 Jahre oder älter;many"
    lines[5] = "31.12.2023;Esslingen;75 Jahre oder älter;103"
    lines[7] = "31.12.2023;Süd;75 Jahre oder älter"
    lines.append("31.12.2023;West;75 Jahre oder älter;9")
    assert _faults(_file(tmp_path, lines)) == [
        ("einwohner.csv, row 2", "Stichtag", "31.13.2023"),
        ("einwohner.csv, row 9", "cells", "31.12.2023;Süd;75 Jahre oder älter"),
        ("einwohner.csv, row 5", "Einwohner", "many"),
        ("einwohner.csv, row 7", "Stadtbezirk", "Esslingen"),
        ("einwohner.csv, row 48", "Alter in 10 Gruppen", "75 Jahre oder älter"),
        ("einwohner.csv", "Alter in 10 Gruppen", "(missing)"),  # Mitte, 0 bis unter 3
        ("einwohner.csv", "Alter in 10 Gruppen", "(missing)"),  # Ost, 75 oder älter
        ("einwohner.csv", "Alter in 10 Gruppen", "(missing)"),  # Süd, 75 oder älter
    ]


@pytest.mark.parametrize("persons", ["", "-1", "1.5", "1.234", "²", "9" * 10, "9" * 6_000])
def test_what_is_no_number_of_people_is_refused(tmp_path, persons):
    lines = _lines("31.12.2023")
    lines[0] = f"31.12.2023;Mitte;0 bis unter 3 Jahre;{persons}"
    assert _faults(_file(tmp_path, lines)) == [("einwohner.csv, row 2", "Einwohner", persons)]


def test_an_excerpt_is_read_and_the_city_names_the_district_that_it_lacks(tmp_path):
    lines = [line for line in _lines("31.12.2023") if "Botnang" not in line]
    population = read_population(_file(tmp_path, lines))
    with pytest.raises(InstanceError, match="1 fault") as caught:
        with_population(stuttgart(persons=0), population)
    [fault] = caught.value.faults
    assert (fault.record, fault.value) == ("district '08'", "(missing)")


def test_totals_are_not_counted_twice(tmp_path):
    lines = [*_lines("31.12.2023"), "31.12.2023;Mitte;Insgesamt;202"]
    assert ("einwohner.csv, row 48", "Alter in 10 Gruppen", "Insgesamt") in _faults(_file(tmp_path, lines))


def test_other_days_are_looked_at_for_their_date_only(tmp_path):
    path = _file(tmp_path, ["31.12.2022;Esslingen;?;many", *_lines("31.12.2023")])
    assert read_population(path)["01"] == 202
    assert _faults(path, date="2022-12-31")[0] == ("einwohner.csv, row 2", "Stadtbezirk", "Esslingen")


@pytest.mark.parametrize("date", ["2021-12-31", "yesterday", 2023])
def test_a_day_that_is_not_in_the_file_is_refused(tmp_path, date):
    assert _faults(_file(tmp_path, _lines("31.12.2023")), date=date) == [("einwohner.csv", "date", str(date))]


def test_other_columns_no_rows_no_file_are_refused(tmp_path):
    assert _faults(_file(tmp_path, [], head="a;b")) == [("einwohner.csv", "columns", "a;b")]
    assert _faults(_file(tmp_path, [])) == [("einwohner.csv", "rows", 0)]
    assert [field for _, field, _ in _faults(tmp_path / "none.csv")] == ["path"]
    assert [field for _, field, _ in _faults(tmp_path)] == ["path"]
    assert [field for _, field, _ in _faults(None)] == ["path"]
    (tmp_path / "binary.csv").write_bytes(b"x" * 200_000)
    assert [field for _, field, _ in _faults(tmp_path / "binary.csv")] == ["columns"]


def test_the_series_plugs_into_the_districts(tmp_path):
    population = read_population(_file(tmp_path, _lines("31.12.2023")))
    city = with_population(stuttgart(persons=20), population)
    assert [district.population for district in city.districts] == [2 * (100 + number) for number in range(1, 24)]
    assert city.sites == stuttgart(persons=20).sites


def test_a_mapping_will_do_too_and_may_know_more_places():
    given = {f"{number:02d}": np.int64(number) for number in range(1, 25)}
    assert with_population(stuttgart(persons=0), given).districts[22].population == 23


def test_missing_and_unusable_populations_are_named_at_once():
    given = {f"{number:02d}": number for number in range(1, 22)} | {"02": -5, "03": 1.5}
    with pytest.raises(InstanceError) as caught:
        with_population(stuttgart(persons=0), given)
    records = [(fault.record, fault.value) for fault in caught.value.faults]
    assert records == [
        ("district '02'", -5),
        ("district '03'", 1.5),
        ("district '22'", "(missing)"),
        ("district '23'", "(missing)"),
    ]


@pytest.mark.parametrize(("city", "population"), [(None, {}), (CITY, [1]), (CITY, None)])
def test_what_is_no_instance_or_no_population_is_refused(city, population):
    with pytest.raises(InstanceError, match=r"arguments, (instance|population): '(NoneType|list)'; allowed: an? "):
        with_population(city, population)


def test_what_is_no_file_is_not_read(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)  # reading it would wait for ever
    for place in (tmp_path, pipe, tmp_path / "nowhere.csv"):
        with pytest.raises(TableError, match=r"path: .*; allowed: a file that can be read"):
            read_population(place)
