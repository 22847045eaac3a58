from __future__ import annotations

import datetime as dt
import sys
import zipfile

import openpyxl
import pytest
from shapely.geometry import Point

import dezentral as dz
from dezentral.tables import read_tables, write_tables
from dezentral.tables.formats import file_errors
from tests.tables.cities import city, small


def book(path, **sheets):
    """Save a workbook; a formula is text with a leading =."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in {"districts": [["id", "population"], ["a", 10]], "sites": [["id", "district"]], **sheets}.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def wrong(path):
    with pytest.raises(dz.TableError) as caught:
        read_tables(path)
    return [(fault.where, str(fault.value)) for fault in caught.value.faults]


def test_a_full_city_comes_back(tmp_path):
    assert read_tables(write_tables(city(), tmp_path / "city.xlsx")) == city()


def test_cells_have_the_types_of_a_spreadsheet(tmp_path):
    sheet = openpyxl.load_workbook(write_tables(city(), tmp_path / "city.xlsx"))["sites"]
    header = [cell.value for cell in sheet[1]]
    row = dict(zip(header, sheet[2], strict=True))
    assert (row["name"].value, row["name"].data_type) == ("'=HYPERLINK(1)", "s")
    assert (row["x"].value, row["x"].data_type) == (500_050.1, "n")
    assert (row["housed"].value, row["cost"].value) == (2, -0.1)
    assert row["open_from"].value == dt.datetime.fromisoformat("2026-01-31")
    assert row["confidential"].value is True
    assert (sheet["A3"].value, sheet["A3"].number_format) == ("007", "@")
    assert sheet.freeze_panes == "A2"


def test_numbers_keep_all_their_digits(tmp_path):
    instance = small(
        detour=0.1 + 0.2, sites=[dz.Site(id="s", district="a", units=(), x=1 / 3, y=1e8 / 3)], households=()
    )
    assert read_tables(write_tables(instance, tmp_path / "city.xlsx")) == instance


def test_ids_that_a_spreadsheet_holds_as_numbers_are_read_as_it_shows_them(tmp_path):
    path = book(tmp_path / "city.xlsx", districts=[["id", "population"], [7, 10.0], [8.0, "20"], [9, 30]])
    workbook = openpyxl.load_workbook(path)
    workbook["districts"]["A4"].number_format = "000"
    workbook.save(path)
    assert [district.id for district in read_tables(path).districts] == ["7", "8", "009"]


def test_dates_truth_values_and_names_of_sheets_are_read(tmp_path):
    rows = [
        ["id", "district", "open_from", "confidential"],
        ["s", "a", dt.date(2026, 1, 31), True],
        ["t", "a", "31.01.2026", "ja"],
    ]
    path = book(tmp_path / "city.xlsx", sites=rows, Notizen=[["anything"]])
    workbook = openpyxl.load_workbook(path)
    workbook["sites"].title = " Sites "
    workbook.save(path)
    assert [(site.open_from, site.confidential) for site in read_tables(path).sites] == [
        (dt.date(2026, 1, 31), True)
    ] * 2


def test_an_id_that_became_a_date_is_refused(tmp_path):
    path = book(tmp_path / "city.xlsx", districts=[["id", "population"], [dt.date(2026, 1, 2), 10]])
    assert wrong(path) == [("city.xlsx, sheet districts, row 2", "2026-01-02 00:00:00")]


def test_a_formula_is_read_by_its_result_and_refused_without_one(tmp_path):
    path = book(tmp_path / "city.xlsx", districts=[["id", "population"], ["a", "=5+5"]])
    [(where, value)] = wrong(path)
    assert where == "city.xlsx, sheet districts, row 2"
    assert value == "a formula without a result (save the workbook in a spreadsheet program)"
    with zipfile.ZipFile(path) as package:  # what a spreadsheet program adds when it saves
        members = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = members[sheet].replace(b"<f>5+5</f><v />", b"<f>5+5</f><v>10</v>")
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    assert read_tables(path).districts[0].population == 10


@pytest.mark.parametrize(
    "name", ["a\rb", "a\r\nb", "\x01", "_x000D_", "_x005F_x000D_", " a ", "\uffff", "x005F_", "\t", "TRUE", "#N/A"]
)
def test_signs_that_a_workbook_cannot_hold_are_escaped(tmp_path, name):
    instance = small(districts=[dz.District(id="a", name=name, population=1)])
    assert read_tables(write_tables(instance, tmp_path / "city.xlsx")) == instance


def test_a_polygon_too_long_for_a_cell_takes_several(tmp_path):
    # A circle of 4 × 1024 corners; each takes more than 32 characters: at least 4096 × 32 / 32767 = 4 cells.
    circle = Point(500_000.5, 5_400_000.5).buffer(1234.5, quad_segs=1024)
    instance = small(districts=[dz.District(id="a", population=1, geometry=circle), dz.District(id="b", population=1)])
    path = write_tables(instance, tmp_path / "city.xlsx")
    header = [cell.value for cell in openpyxl.load_workbook(path)["districts"][1]]
    assert header.index("geometry_4") == header.index("geometry") + 3
    assert read_tables(path) == instance


def test_text_too_long_for_a_cell_is_refused(tmp_path):
    with pytest.raises(dz.TableError, match=r"32768 characters.*32767 in a cell"):
        write_tables(small(name="x" * 32_768), tmp_path / "city.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_with_too_many_columns_is_refused(tmp_path):
    names = [f"k{number}" for number in range(16_384)]
    services = [dz.Service(id=name, kind="kita") for name in names]
    table = dz.Table(rows=("s",), columns=names, data=((1,) * len(names),))
    with pytest.raises(dz.TableError, match=r"16385 columns.*16384 columns a sheet"):
        write_tables(small(services=services, distances=table), tmp_path / "city.xlsx")


@pytest.mark.parametrize("content", [b"", b"id,name\n", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 an old workbook"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "city.xlsx").write_bytes(content)
    [(where, _)] = wrong(tmp_path / "city.xlsx")
    assert where == "city.xlsx"


def test_a_package_without_a_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "city.xlsx", "w") as package:
        package.writestr("a.txt", "a")
    assert wrong(tmp_path / "city.xlsx") == [("city.xlsx", "KeyError")]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    assert file_errors.MOST_BYTES == 512 * 2**20
    monkeypatch.setattr(file_errors, "MOST_BYTES", 2**20)
    with zipfile.ZipFile(tmp_path / "city.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(3):
            package.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 400_000)
    assert (tmp_path / "city.xlsx").stat().st_size < 2**20
    assert wrong(tmp_path / "city.xlsx") == [("city.xlsx", "1200000 bytes")]


def test_a_file_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    path = write_tables(small(), tmp_path / "city.xlsx")
    monkeypatch.setattr(file_errors, "MOST_BYTES", path.stat().st_size - 1)
    with pytest.raises(dz.TableError, match="a file of at most"):
        read_tables(path)


def test_entities_that_grow_are_refused(tmp_path):
    path = write_tables(small(), tmp_path / "city.xlsx")
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    members["xl/worksheets/sheet1.xml"] = (
        f'<!DOCTYPE x [<!ENTITY e0 "xxxxxxxxxx">{entities}]>'
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row r='1'>"
        "<c r='A1' t='inlineStr'><is><t>&e11;</t></is></c></row></sheetData></worksheet>"
    ).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    assert wrong(path) == [("city.xlsx", "ParseError")]


def test_a_sheet_in_the_singular_is_pointed_out(tmp_path):
    path = book(tmp_path / "city.xlsx", Household=[["id", "size"], ["h", 1]])
    assert wrong(path) == [("city.xlsx", "Household")]


def test_the_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(dz.MissingExtraError, match=r'writing an Excel workbook .* pip install "dezentral\[excel\]"'):
        write_tables(small(), tmp_path / "city.xlsx")
    (tmp_path / "city.xlsx").write_bytes(b"PK")
    with pytest.raises(dz.MissingExtraError, match="reading an Excel workbook"):
        read_tables(tmp_path / "city.xlsx")
