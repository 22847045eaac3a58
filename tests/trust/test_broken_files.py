"""Files as they come from offices, broken: each is refused with every place, column and value, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import dezentral as dz

BROKEN = Path(__file__).parents[1] / "data" / "broken"
NO_RESULT = "a formula without a result (save the workbook in a spreadsheet program)"
DOUBLE = ("i\0d\0", "\0n\0a\0m\0e\0", "\0p\0o\0p\0u\0l\0a\0t\0i\0o\0n\0")  # two bytes a letter, read as two letters
# Where, which column, which value: what the files in data/broken hold, see its README.
EXPECTED = {
    "column_twice": [
        ("districts.csv, row 1", "population", "population"),
    ],
    "cut_off": [
        ("households.csv, row 3", "size", "(missing)"),
    ],
    "cut_off.gpkg": [
        ("cut_off.gpkg", "", "DataSourceError"),
    ],
    "cut_off.xlsx": [
        ("cut_off.xlsx", "", "BadZipFile"),
    ],
    "cut_off_parquet": [
        ("households.parquet", "", "ArrowInvalid"),
    ],
    "empty": [
        ("districts.csv, row 1", "id", "(missing)"),
        ("districts.csv, row 1", "population", "(missing)"),
        ("sites.csv, row 2", "district", "01"),
        ("sites.csv, row 3", "district", "02"),
    ],
    "errors_and_days.xlsx": [
        ("errors_and_days.xlsx, sheet districts, row 3", "population", "#REF!"),
        ("errors_and_days.xlsx, sheet sites, row 3", "id", "2026-01-02 00:00:00"),
    ],
    "excel_serial_days": [
        ("households.csv, row 2", "arrival", "46053"),
        ("households.csv, row 3", "arrival", "46081,0"),
    ],
    "foreign_days": [
        ("households.csv, row 2", "arrival", "01/31/2026"),
        ("households.csv, row 3", "arrival", "31.2.2026"),
        ("households.csv, row 4", "arrival", "2026-13-01"),
    ],
    "mark_in_the_middle": [
        ("households.csv, row 4", "size", "size"),
    ],
    "merged_header.xlsx": [
        ("merged_header.xlsx, sheet districts, row 1", "Stammdaten", "Stammdaten"),
        ("merged_header.xlsx, sheet districts, row 1", "id", "(missing)"),
        ("merged_header.xlsx, sheet districts, row 1", "population", "(missing)"),
        ("merged_header.xlsx, sheet districts, row 2", "column 2", "name"),
        ("merged_header.xlsx, sheet districts, row 2", "column 3", "population"),
        ("merged_header.xlsx, sheet sites, row 2", "district", "01"),
        ("merged_header.xlsx, sheet sites, row 3", "district", "02"),
        ("merged_header.xlsx, sheet sites, row 4", "beds", NO_RESULT),
        ("merged_header.xlsx, sheet households, row 2", "arrival", "46053"),
        ("merged_header.xlsx, sheet households, row 3", "size", "3 Pers."),
    ],
    "mixed_decimal_marks": [
        ("sites.csv, row 2", "x", "513.000,5.1"),
        ("sites.csv, row 3", "beds", "12,5"),
        ("sites.csv, row 3", "x", "513,000,5"),
        ("sites.csv, row 3", "y", "1 000"),
    ],
    "no_text": [
        ("districts.csv", "", "other bytes"),
    ],
    "nul_bytes": [
        ("districts.csv, row 2", "name", "Mi\x00tte"),
        ("households.csv, row 2", "id", "h\x001"),
        ("households.csv, row 3", "size", "\x00"),
    ],
    "old_mac_and_unix": [
        ("sites.csv, row 2", "beds", "-30"),
        ("sites.csv, rows 2, 4", "id", "s1"),
        ("sites.csv, row 3", "beds", "0"),
        ("sites.csv, row 3", "district", "03"),
        ("sites.csv, row 4", "beds", "12.5"),
    ],
    "one_id_twice": [
        ("households.csv, rows 2, 3", "id", "h1"),
    ],
    "open_quote": [
        ("districts.csv, row 2", "", "unexpected end of data"),
    ],
    "surplus_cell": [
        ("districts.csv, row 2", "column 4", "7"),
    ],
    "thousands": [
        ("districts.csv, row 2", "population", "22.850"),
        ("districts.csv, row 3", "population", "27 000"),
    ],
    "totals_row": [
        ("sites.csv, row 4", "district", "(missing)"),
        ("households.csv, row 4", "id", "(missing)"),
    ],
    "two_header_rows": [
        ("districts.csv, row 1", "Kennung", "Kennung"),
        ("districts.csv, row 1", "Bezeichnung", "Bezeichnung"),
        ("districts.csv, row 1", "Bevölkerung", "Bevölkerung"),
        ("districts.csv, row 1", "id", "(missing)"),
        ("districts.csv, row 1", "population", "(missing)"),
        ("sites.csv, row 2", "district", "01"),
        ("sites.csv, row 3", "district", "02"),
    ],
    "units_under_the_header": [
        ("households.csv, row 2", "size", "Personen"),
        ("households.csv, row 2", "arrival", "Datum"),
        ("households.csv, row 2", "id", "(missing)"),
    ],
    "utf_16_without_mark": [
        ("districts.csv, row 1", *2 * [DOUBLE[0]]),
        ("districts.csv, row 1", *2 * [DOUBLE[1]]),
        ("districts.csv, row 1", *2 * [DOUBLE[2]]),
        ("districts.csv, row 1", "id", "(missing)"),
        ("districts.csv, row 1", "population", "(missing)"),
        ("sites.csv, row 2", "district", "01"),
        ("sites.csv, row 3", "district", "02"),
    ],
    "web_page": [
        ("districts.csv, row 1", *2 * ["<html><table><tr><td>id</td></tr></table></html>"]),
        ("districts.csv, row 1", "id", "(missing)"),
        ("districts.csv, row 1", "population", "(missing)"),
        ("sites.csv, row 2", "district", "01"),
        ("sites.csv, row 3", "district", "02"),
    ],
    "words_for_nothing": [
        ("households.csv, row 2", "size", "#NV"),
        ("households.csv, row 3", "size", "#DIV/0!"),
        ("households.csv, row 4", "size", "NaN"),
        ("households.csv, row 5", "size", "-"),
        ("households.csv, row 6", "size", "k.A."),
    ],
}


def tables(name, folder):
    """Return the workbook, or the sound tables with the broken ones in their place."""
    place = BROKEN / name
    if place.is_file():
        return place
    shutil.copytree(BROKEN / "sound", folder)
    for file in place.iterdir():
        (folder / f"{file.stem}.csv").unlink()
        shutil.copy(file, folder)
    return folder


def test_every_stored_file_is_tried():
    assert {path.name for path in BROKEN.iterdir()} == {*EXPECTED, "sound", "README.md"}


def test_the_tables_beside_them_are_sound():
    sound = dz.read_tables(BROKEN / "sound")
    assert [len(records) for records in (sound.districts, sound.sites, sound.households)] == [2, 2, 2]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_is_refused_with_all_that_is_wrong(name, tmp_path):
    with pytest.raises(dz.TableError) as caught:
        dz.read_tables(tables(name, tmp_path / "tables"))
    faults = caught.value.faults
    assert [(fault.where, fault.field, str(fault.value)) for fault in faults] == EXPECTED[name]
    assert all(fault.allowed for fault in faults)
    assert len(str(caught.value).splitlines()) == 1 + len(faults)
    assert "\0" not in str(caught.value)
