"""Everything that is wrong is one error, each fault with its file, row, column, value and what is allowed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import dezentral as dz
from dezentral.tables import read_tables

BROKEN = Path(__file__).parent / "data" / "broken"
SITE, DISTRICT = "the id of a site of the instance", "the id of a district of the instance"
WHOLE = "a whole number without a thousands separator"
TOGETHER = "a coordinate: x is given, and they stand together or not at all"
KINDS = "'same_site', 'same_district', 'different_site' or 'different_district'"
DISTRICT_COLUMNS = "id, name, population, housed, target_weight, max_persons, support, geometry"

EXPECTED = [
    (
        "instance.csv, row 2",
        "",
        "crs",
        "EPSG:4326",
        "a projected coordinate reference system in metres, e.g. 'EPSG:25832'",
    ),
    ("instance.csv, row 3", "", "date", "soon", "a date, e.g. 2026-01-31 or 31.01.2026"),
    ("instance.csv, row 4", "setting 'foo'", "key", "foo", "one of crs, date, detour, name"),
    ("instance.csv, row 6", "setting 'detour'", "key", "detour", "each key once"),
    ("districts.csv, row 1", "", "inhabitants", "inhabitants", f"one of the columns {DISTRICT_COLUMNS}"),
    ("districts.csv, row 2", "district '01'", "population", "12.345", WHOLE),
    ("districts.csv, row 3", "district '02'", "population", -5, "0 or more"),
    ("districts.csv, rows 3, 4", "district '02'", "id", "02", "each id once (it stands 2 times)"),
    ("districts.csv, row 5", "", "id", "(missing)", "a value (the field is required)"),
    ("sites.csv, row 2", "site 's1'", "open_from", "31.02.2026", "a date, e.g. 2026-01-31 or 31.01.2026"),
    (
        "sites.csv, row 2",
        "site 's1'",
        "confidential",
        "maybe",
        "true or false (also ja/nein, yes/no, wahr/falsch, 1/0, x)",
    ),
    ("sites.csv, row 2", "site 's1'", "beds", "4", "beds alone, or rows in the table units: not both"),
    ("sites.csv, row 2", "site 's1'", "y", "", TOGETHER),
    ("sites.csv, rows 2, 4", "site 's1'", "id", "s1", "each id once (it stands 2 times)"),
    ("sites.csv, row 3", "site 's2'", "beds", "0", "beds alone, or rows in the table units: not both"),
    ("sites.csv, row 3", "site 's2'", "district", "99", DISTRICT),
    ("sites.csv, row 5", "site 's4'", "lat", "99", "degrees from -90 to 90 (EPSG:4326)"),
    ("sites.csv, row 5", "site 's4'", "beds", -1, "1 or more"),
    ("sites.csv, row 6", "site 's5'", "lon", "", "degrees: lat is given, and they stand together or not at all"),
    ("units.csv, row 1", "", "sharing", "sharing", "each column once (it stands 2 times)"),
    ("units.csv, row 2", "site 's9', unit 'u'", "site", "s9", SITE),
    ("units.csv, row 3", "site 's1', unit 'u'", "beds", "x", WHOLE),
    ("units.csv, row 5", "unit 'z'", "site", "(missing)", "the id of a site"),
    ("households.csv, row 2", "household 'h1'", "needs", 3, "1 to 2 members (its size)"),
    ("households.csv, row 2", "household 'h1'", "current_unit", "u", "only together with current_site"),
    ("households.csv, rows 2, 4", "household 'h1'", "id", "h1", "each id once (it stands 2 times)"),
    ("households.csv, row 2", "household 'h1'", "wishes", "77", DISTRICT),
    ("households.csv, row 3", "household 'h2'", "size", "drei", WHOLE),
    (
        "households.csv, row 3",
        "household 'h2'",
        "needs",
        "school",
        "names with whole numbers, e.g. school:2;kita:1, each name once",
    ),
    ("households.csv, row 3", "household 'h2'", "supports", 2, "0 where seeks_support is set: not both"),
    ("households.csv, row 4", "household 'h1'", "current_site", "s77", SITE),
    ("households.csv, row 5", "", "column 9", "extra", "nothing: the column has no name"),
    ("services.csv, row 2", "service 'k1'", "x", "abc", "a number"),
    ("services.csv, row 2", "service 'k1'", "y", None, TOGETHER),
    ("relations.csv, row 2", "", "households", "h7", "the id of a household of the instance"),
    ("relations.csv, row 4", "", "kind", "friends", KINDS),
    ("relations.csv, row 4", "", "households", ("h2",), "at least 2 of them"),
    ("relations.csv, row 5", "", "households", "h1", "each household once (it stands 2 times)"),
    ("distances.csv, row 1", "", "k1", "k1", "each id once"),
    ("distances.csv, row 1", "", "k9", "k9", "the id of a service of the instance"),
    ("distances.csv, row 2", "", "k9", "viel", "a number"),
    ("distances.csv, row 2", "", "k1", -3.0, "metres, 0 or more"),
    ("distances.csv, row 3", "", "k1", -4.0, "metres, 0 or more"),
    ("distances.csv, row 4", "", "site", "s1", "each id once"),
    ("distances.csv, row 5", "", "site", "zz", SITE),
    ("distances.csv, row 6", "", "site", "", "the id of a site"),
    ("utilities.csv, row 3", "", "household, site", ("h1", "s1"), "each pair once"),
    ("utilities.csv, row 4", "", "household", "(missing)", "an id: a number needs both"),
    ("utilities.csv, row 5", "", "household", "h8", "the id of a household of the instance"),
]


def refused(path):
    with pytest.raises(dz.TableError) as caught:
        read_tables(path)
    return caught.value


def test_every_fault_of_a_broken_folder_is_listed_where_it_stands():
    found = [(f.where, f.record, f.field, f.value, f.allowed) for f in refused(BROKEN).faults]
    assert sorted(found, key=repr) == sorted(EXPECTED, key=repr)


def test_faults_come_in_the_order_of_tables_and_rows():
    tables = [fault.where.split(".")[0] for fault in refused(BROKEN).faults]
    assert list(dict.fromkeys(tables)) == [
        "instance",
        "districts",
        "sites",
        "units",
        "households",
        "services",
        "relations",
        "distances",
        "utilities",
    ]
    rows = [int(fault.where.split("row")[1].lstrip("s ").split(",")[0]) for fault in refused(BROKEN).faults]
    assert all(
        first <= second
        for first, second, here, there in zip(rows, rows[1:], tables, tables[1:], strict=False)
        if here == there
    )


def test_the_message_reads_as_sentences():
    first_lines = str(refused(BROKEN)).splitlines()[:3]
    assert first_lines[0] == f"{len(EXPECTED)} faults:"
    assert first_lines[2] == "  instance.csv, row 3, date: 'soon'; allowed: a date, e.g. 2026-01-31 or 31.01.2026"


def folder(tmp_path, **files):
    for name, text in {"districts": "id,population\na,10\n", "sites": "id,district\ns,a\n", **files}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def wrong(path):
    return [(fault.where, fault.field, fault.value) for fault in refused(path).faults]


def test_faults_between_records_are_found_in_their_rows(tmp_path):
    # nothing is wrong with any single cell here
    path = folder(
        tmp_path,
        districts="id,population,target_weight\na,10,1\nb,10,\n",
        sites="id,district,x,y,beds\ns,a,1,2,3\nt,b,,,3\n",
        services="id,kind\nk,kita\n",
        households="id,size,needs,current_site,current_unit\nh,1,kita:1,,\ng,1,school:1,s,flat\n",
    )
    assert wrong(path) == [
        ("districts.csv, row 3", "target_weight", None),
        ("sites.csv, row 3", "x, y", None),
        ("households.csv, row 3", "current_unit", "flat"),
        ("households.csv, row 3", "needs", "school"),
        ("services.csv, row 2", "x, y", None),
    ]


def test_a_fault_of_all_rows_is_one_of_the_table(tmp_path):
    path = folder(tmp_path, districts="id,population\na,0\n")
    assert wrong(path) == [("districts.csv", "population", 0)]


def test_a_missing_column_is_said_once(tmp_path):
    path = folder(tmp_path, districts="id,name\na,A\nb,B\n")
    assert wrong(path) == [("districts.csv, row 1", "population", "(missing)")]


def test_nothing_follows_from_a_table_that_cannot_be_read(tmp_path):
    path = folder(tmp_path, households="id,size,current_site,wishes,needs\nh,1,s,zz,kita:1\n")
    for name in ("sites", "services", "units", "distances"):
        (path / f"{name}.csv").write_bytes(b'"')
    assert [fault.where for fault in refused(path).faults] == [
        "sites.csv, row 1",
        "units.csv, row 1",
        "households.csv, row 2",
        "services.csv, row 1",
        "distances.csv, row 1",
    ]


def test_a_point_given_twice_must_be_the_same(tmp_path):
    # 48.78° N, 9° E is (500000, 5402999.9) in EPSG:25832: 3 km from the first row's point, 0.1 m from the second's
    header = "id,district,x,y,lat,lon\n"
    path = folder(tmp_path, sites=header + "s,a,500000,5400000,48.78,9\nt,a,500000,5403000,48.78,9\n")
    assert [fault[:2] for fault in wrong(path)] == [("sites.csv, row 2", "lat, lon")]


def test_what_a_sheet_shows_as_an_error_is_one(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "districts"
    for row in (["id", "population"], ["a", "#N/A"], ["#REF!", 5]):
        book.active.append(row)
    book.create_sheet("sites").append(["id", "district"])
    book.save(tmp_path / "city.xlsx")
    assert [(where, field, repr(value)) for where, field, value in wrong(tmp_path / "city.xlsx")] == [
        ("city.xlsx, sheet districts, row 2", "population", "#N/A"),
        ("city.xlsx, sheet districts, row 3", "id", "#REF!"),
    ]
