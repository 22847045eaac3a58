"""Files as offices save them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import dezentral as dz
from dezentral.tables import read_tables

GERMAN = Path(__file__).parent / "data" / "german"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_index_that_pandas_writes_is_no_column(tmp_path, suffix):
    districts = pd.DataFrame({"id": ["0", "01"], "population": [10, 20]})
    sites = pd.DataFrame({"id": ["s"], "district": ["01"], "beds": [3]})
    if suffix == "csv":
        path = tmp_path
        districts.to_csv(path / "districts.csv")
        sites.to_csv(path / "sites.csv")
    else:
        path = tmp_path / "city.xlsx"
        with pd.ExcelWriter(path) as book:
            districts.to_excel(book, sheet_name="districts")
            sites.to_excel(book, sheet_name="sites")
    assert [district.id for district in dz.read_tables(path).districts] == ["0", "01"]


def test_a_nameless_column_that_does_not_count_from_0_is_a_fault(tmp_path):
    (tmp_path / "districts.csv").write_text(",id,population\n1,01,10\n2,02,20\n", encoding="utf-8")
    (tmp_path / "sites.csv").write_text("id,district,beds\ns,01,3\n", encoding="utf-8")
    with pytest.raises(dz.TableError, match="the column has no name"):
        dz.read_tables(tmp_path)


def test_a_matrix_with_a_nameless_first_column_keeps_its_ids(tmp_path):
    (tmp_path / "districts.csv").write_text("id,population\n01,10\n", encoding="utf-8")
    (tmp_path / "sites.csv").write_text("id,district,beds\n0,01,3\n1,01,3\n", encoding="utf-8")
    (tmp_path / "services.csv").write_text("id,kind\nk,kita\n", encoding="utf-8")
    pd.DataFrame({"k": [5.0, 6.0]}).to_csv(tmp_path / "distances.csv")
    assert dz.read_tables(tmp_path).distances.rows == ("0", "1")


def test_a_folder_of_german_office_files_is_read():
    # Every value below is what the files say, see data/README.md.
    assert read_tables(GERMAN) == dz.Instance(
        districts=[
            dz.District(
                id="007", name="Süd", population=44_200_000, target_weight=1234.5, support={"ar": 12, "uk": 30}
            ),
            dz.District(id="NA", name="Möhringen", population=33_297, target_weight=0.5),
        ],
        sites=[
            dz.Site(
                id="s1",
                name="Haus am Park €",
                district="007",
                x=513_000.25,
                y=5_402_000.5,
                open_from=dt.date(2026, 2, 1),
                open_until=dt.date(2030, 12, 31),
                cost=12.5,
                admits=frozenset(),
                units=[dz.Unit(id="01", beds=4, count=12, area_m2=40.5)],
            ),
            dz.Site(
                id="7",
                name="Schutzhaus",
                district="NA",
                x=514_000.0,
                y=5_403_000.0,
                confidential=True,
                units=[dz.Unit(id="dormitory", beds=20, sharing="dormitory")],
            ),
        ],
        households=[
            dz.Household(
                id="1",
                size=4,
                seeks_support=True,
                needs={"kita": 1},
                arrival=dt.date(2026, 1, 31),
                current_site="7",
            ),
            dz.Household(id="2", size=1),
        ],
        services=[dz.Service(id="k1", kind="kita", x=513_100.0, y=5_402_100.0, name="Kita Größe")],
        relations=[dz.Relation(kind="same_site", households=("1", "2"))],
        date=dt.date(2026, 1, 31),
        detour=1.25,
        name="Köln",
    )
