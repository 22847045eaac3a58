from __future__ import annotations

import csv

import pytest

import dezentral as dz
from dezentral.tables import read_tables, write_tables
from dezentral.tables.formats.csv_files import read_csv, write_csv
from dezentral.tables.formats.file_errors import FileFaultError
from dezentral.tables.schema import known_columns
from dezentral.tables.sheets import sheets_of
from tests.tables.cities import city, small

KNOWN = known_columns("districts")


def cells(tmp_path, content, known=KNOWN):
    path = tmp_path / "districts.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read_csv(path, "districts", known)
    return table.header, [(row.number, *row.cells) for row in table.rows]


ID_NAME = (("id", "name"), [(2, "007", "Süd")])


@pytest.mark.parametrize(
    "content",
    [
        "id,name\n007,Süd\n",
        "id;name\r\n007;Süd\r\n",
        "id\tname\n007\tSüd",
        "id,name\r007,Süd\r",
        '"id","name"\n"007","Süd"\n',
        "\ufeffid,name\n007,Süd\n",
        "id;name\n007;Süd\n".encode("cp1252"),
        "id;name\n007;Süd\n".encode("utf-16"),
        " id , name\n007,Süd\n",
        "id,name,,\n007,Süd,,\n",
        "sep=;\nid;name\n007;Süd\n",
    ],
    ids=[
        "commas",
        "semicolons",
        "tabs",
        "old mac",
        "quotes",
        "mark",
        "cp1252",
        "utf-16",
        "spaces",
        "empty columns",
        "hint",
    ],
)
def test_whatever_office_programs_save_is_read(tmp_path, content):
    assert cells(tmp_path, content) == ID_NAME


def test_signs_of_windows_are_read(tmp_path):
    assert cells(tmp_path, "id;name\na;5 € – „ß“\n".encode("cp1252"))[1] == [(2, "a", "5 € – „ß“")]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    content = '\n# note\nid,name\n\n"a","two\nlines"\n# b,c\n,\nd,e\n'
    assert cells(tmp_path, content) == (("id", "name"), [(5, "a", "two\nlines"), (8, "d", "e")])


def test_a_semicolon_in_a_list_does_not_make_a_semicolon_file(tmp_path):
    content = 'id,support\na,"ar:1;uk:2;ti:3"\n'
    assert cells(tmp_path, content) == (("id", "support"), [(2, "a", "ar:1;uk:2;ti:3")])


def test_short_rows_end_in_empty_cells_and_long_ones_show_their_surplus(tmp_path):
    assert cells(tmp_path, "id,name\na\nb,B,surplus\n") == (
        ("id", "name", ""),
        [(2, "a", None, None), (3, "b", "B", "surplus")],
    )


def test_an_empty_file_has_no_columns(tmp_path):
    assert cells(tmp_path, "") == ((), [])


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"id,name\na,\x81\xff\n", 0),
        (b'id,name\na,"open\n', 2),
        (b'id,name\na,"b"c\n', 2),
        (b"id,name\na," + b"x" * 200_000, 2),
    ],
    ids=["bytes", "open quotation", "text after quotation", "endless cell"],
)
def test_what_is_no_csv_is_refused(tmp_path, content, row):
    with pytest.raises(FileFaultError) as caught:
        cells(tmp_path, content)
    assert caught.value.row == row


def test_the_file_is_plain_utf_8_with_commas(tmp_path):
    write_csv(
        sheets_of(city())["sites"].only("id", "name", "x", "admits", "open_from", "confidential"), tmp_path / "x.csv"
    )
    assert (tmp_path / "x.csv").read_bytes().decode("utf-8") == (
        "id,name,x,admits,open_from,confidential\r\n"
        "s1,'=HYPERLINK(1),500050.1,family,2026-01-31,true\r\n"
        "007,,500150.0,-,,false\r\n"
    )


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "'=1", "-", "''", "# x", "a\r\nb", "＝1"]
)
def test_text_that_a_spreadsheet_would_run_is_written_as_text(tmp_path, name):
    instance = small(districts=[dz.District(id="a", name=name, population=10)])
    folder = write_tables(instance, tmp_path / "city")
    with (folder / "districts.csv").open(encoding="utf-8", newline="") as file:
        cell = next(csv.DictReader(file))["name"]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert read_tables(folder) == instance


def test_ids_that_look_like_formulas_or_comments_come_back(tmp_path):
    instance = dz.Instance(
        districts=[
            dz.District(id="#1", population=1),
            dz.District(id="-", population=1),
            dz.District(id="=1", population=1),
        ],
        sites=[dz.Site(id="#s", district="#1", units=[dz.Unit(id="+", beds=1)])],
        services=[dz.Service(id="@k", kind="#k")],
        distances=dz.Table(rows=("#s",), columns=("@k",), data=((-0.0,),)),
    )
    assert read_tables(write_tables(instance, tmp_path / "city")) == instance


def test_negative_numbers_are_numbers(tmp_path):
    folder = write_tables(city(), tmp_path / "city")
    assert "-0.1," in (folder / "sites.csv").read_text(encoding="utf-8")


def test_a_cell_that_could_not_be_read_again_is_not_written(tmp_path):
    homes = [dz.Household(id=f"{number:040}", size=1) for number in range(4000)]  # 4000 × 41 > 131072 characters
    instance = small(
        households=homes, relations=[dz.Relation(kind="same_site", households=[home.id for home in homes])]
    )
    with pytest.raises(dz.TableError, match="131072 in a cell"):
        write_tables(instance, tmp_path / "city")
    assert list(tmp_path.iterdir()) == []
