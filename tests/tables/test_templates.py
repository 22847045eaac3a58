from __future__ import annotations

import openpyxl
import pyogrio
import pytest

import dezentral as dz
from dezentral.tables import read_tables, write_tables, write_templates
from dezentral.tables.formats.csv_files import read_csv
from dezentral.tables.schema import TABLE_NAMES, known_columns
from tests.tables.cities import small

EMPTY = dz.Instance(districts=(), sites=())


@pytest.mark.parametrize("place", ["forms", "forms.xlsx", "forms.gpkg"])
def test_templates_are_empty_tables(tmp_path, place):
    assert write_templates(tmp_path / place) == tmp_path / place
    assert read_tables(tmp_path / place) == EMPTY


def test_every_table_has_one_commented_row(tmp_path):
    folder = write_templates(tmp_path / "forms")
    assert sorted(path.stem for path in folder.iterdir()) == sorted(TABLE_NAMES)
    for path in folder.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line.startswith("# ") for line in lines].count(True) == 1, path.name
        assert lines[1].startswith("# ")
    assert (folder / "units.csv").read_text(encoding="utf-8").splitlines() == [
        "site,id,beds,count,sharing,features,area_m2",
        "# s1,flat,4,12,household,own_kitchen,40.0",
    ]


def test_the_examples_are_a_city_once_the_comment_signs_are_gone(tmp_path):
    folder = write_templates(tmp_path / "forms")
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("# ", "")
        if path.stem == "households":
            text += "h2,1" + "," * 16 + "\n"  # the relation's other household
        if path.stem == "services":
            text += "k2,school,513000,5402000,,,\n"  # the household's other need
        if path.stem == "instance":
            text = text.replace("date,\n", "")
        path.write_text(text.replace(",01;08,", ",01,"), encoding="utf-8")
    instance = read_tables(folder)
    assert instance.districts[0].support == {"ar": 12, "uk": 30}
    assert instance.households[0].needs == {"kita": 1, "school": 2}
    assert instance.distances == dz.Table(rows=("s1",), columns=("k1",), data=((420,),))


def test_filled_in_rows_are_read(tmp_path):
    path = write_templates(tmp_path / "forms.xlsx")
    book = openpyxl.load_workbook(path)
    book["districts"].append(["007", "Süd", 10])
    sites = [cell.value for cell in book["sites"][1]]
    book["sites"].append([{"id": "s", "district": "007", "beds": 30}.get(name) for name in sites])
    book.save(path)
    instance = read_tables(path)
    assert instance.districts == (dz.District(id="007", name="Süd", population=10),)
    assert instance.sites[0].units[0].beds == 30


def test_a_geopackage_has_layers_to_draw_on(tmp_path):
    layers = dict(pyogrio.list_layers(write_templates(tmp_path / "forms.gpkg")).tolist())
    assert (layers["districts"], layers["sites"], layers["services"]) == ("MultiPolygon", "Point", "Point")


@pytest.mark.parametrize("place", ["city", "city.xlsx", "city.gpkg"])
def test_templates_replace_no_tables(tmp_path, place):
    write_tables(small(), tmp_path / place)
    with pytest.raises(dz.TableError, match="templates replace none"):
        write_templates(tmp_path / place)
    assert read_tables(tmp_path / place) == small()


def test_every_column_of_a_template_is_known(tmp_path):
    for path in write_templates(tmp_path / "forms").iterdir():
        header = read_csv(path, path.stem, known_columns(path.stem)).header
        assert set(header) <= known_columns(path.stem)
