from __future__ import annotations

import sys

import openpyxl
import pandas as pd
import pytest

import dezentral as dz
from dezentral.tables import plan_frame, plan_geoframe, read_plan, write_plan
from tests.tables.cities import city, small

HOUSEHOLDS = [
    dz.Household(id="stays", size=3, current_site="s"),
    dz.Household(id="moves", size=2, current_site="s"),
    dz.Household(id="new", size=1),
    dz.Household(id="waits", size=4, current_site="t"),
    dz.Household(id="=1", size=1),
]


def town():
    kinds = [dz.Unit(id="flat", beds=4, count=9), dz.Unit(id="01", beds=1, count=9)]
    return dz.Instance(
        districts=[dz.District(id="a", population=10), dz.District(id="007", population=10)],
        sites=[
            dz.Site(id="s", district="a", units=kinds, x=1.0, y=2.0, housed=7, name="S", kind="hall", operator="AWO"),
            dz.Site(id="t", district="007", units=kinds, x=3.0, y=4.0, confidential=True),
            dz.Site(id="u", district="007", units=kinds),
        ],
        households=HOUSEHOLDS,
    )


def plan():
    return dz.Plan(
        placements=[
            dz.Placement(household="stays", site="s", unit="flat"),
            dz.Placement(household="moves", site="t", unit="01", units=2),
            dz.Placement(household="new", site="s", unit="01"),
        ],
        unplaced=["waits", "=1"],
    )


def test_the_frame_has_a_row_per_household():
    frame = plan_frame(town(), plan())
    assert frame.columns.tolist() == ["household", "size", "site", "unit", "units", "district", "current_site", "moved"]
    assert frame.to_numpy().tolist() == [
        ["=1", 1, None, None, None, None, None, False],
        ["moves", 2, "t", "01", 2, "007", "s", True],
        ["new", 1, "s", "01", 1, "a", None, False],
        ["stays", 3, "s", "flat", 1, "a", "s", False],
        ["waits", 4, None, None, None, None, "t", False],
    ]
    assert frame["moved"].dtype == "bool"
    assert frame["units"].sum() == 4


def test_an_empty_plan_of_nobody_is_an_empty_frame():
    nobody = town().replace(households=())
    assert plan_frame(nobody, dz.Plan()).shape == (0, 8)
    assert plan_geoframe(nobody, dz.Plan())["persons"].tolist() == [7, 0]


def test_where_all_is_protected_the_map_is_empty_and_its_columns_as_ever():
    hidden = [site.model_copy(update={"confidential": True}) for site in town().sites]
    frame = plan_geoframe(town().replace(sites=hidden), plan())
    assert frame.empty
    assert frame["site"].dtype == "object"
    assert frame["persons"].dtype == "int64"


def test_a_site_that_nobody_runs_has_no_operator():
    """Beside one that somebody runs: in a column of text None would turn into NaN."""
    assert plan_geoframe(town(), plan())["operator"].tolist() == ["AWO", None]


@pytest.mark.parametrize("function", [plan_frame, plan_geoframe, lambda *args: write_plan(*args, "nowhere.csv")])
def test_a_plan_of_another_instance_is_refused(function):
    with pytest.raises(dz.PlanError):
        function(small(), plan())


def test_the_map_has_a_point_per_site_that_is_not_confidential():
    frame = plan_geoframe(town(), plan())
    assert frame.columns.tolist() == [
        "site",
        "name",
        "kind",
        "operator",
        "district",
        "housed",
        "households",
        "placed",
        "persons",
        "geometry",
    ]
    # s: 7 housed, stays (3) and new (1) placed; t is confidential; u has no coordinates
    assert frame.drop(columns=["operator", "geometry"]).to_numpy().tolist() == [
        ["s", "S", "hall", "a", 7, 2, 4, 11],
        ["u", "", "", "007", 0, 0, 0, 0],
    ]
    assert frame["operator"].fillna("nobody").tolist() == ["AWO", "nobody"]
    assert (frame.geometry.iloc[0].x, frame.geometry.iloc[0].y) == (1.0, 2.0)
    assert frame.geometry.iloc[1] is None
    assert frame.crs.to_epsg() == 25832


@pytest.mark.parametrize("name", ["plan.csv", "plan.xlsx", "plan.parquet", "plan.json", "other.CSV"])
def test_plans_come_back(tmp_path, name):
    assert write_plan(town(), plan(), tmp_path / name) == tmp_path / name
    assert read_plan(tmp_path / name) == plan()
    if name.startswith("plan"):
        assert read_plan(tmp_path) == plan()


def test_frames_come_back():
    frame = plan_frame(town(), plan())
    assert read_plan(frame) == plan()
    assert read_plan(frame.set_index("household").drop(columns=["size", "moved", "district"])) == plan()
    assert read_plan(frame.convert_dtypes()) == plan()


@pytest.mark.parametrize("name", ["plan.csv", "plan.parquet", "plan.xlsx"])
def test_a_household_whose_id_looks_like_a_comment_is_not_lost(tmp_path, name):
    whole = small(households=[dz.Household(id="#5", size=1), dz.Household(id="# 6", size=1)])
    mine = dz.Plan(unplaced=["#5", "# 6"])
    assert read_plan(write_plan(whole, mine, tmp_path / name)) == mine
    frame = plan_frame(whole, mine)  # as pandas writes it: nothing is guarded
    write = {".csv": frame.to_csv, ".parquet": frame.to_parquet, ".xlsx": frame.to_excel}[(tmp_path / name).suffix]
    write(tmp_path / name, index=False)
    assert read_plan(tmp_path / name) == mine


def test_a_remark_in_a_plan_is_skipped(tmp_path):
    (tmp_path / "plan.csv").write_text("household,site,unit\n# as agreed on Monday,,\nh,s,flat\n", encoding="utf-8")
    assert read_plan(tmp_path / "plan.csv").unplaced == ()


def test_json_alone_keeps_overrides(tmp_path):
    by_hand = dz.Override(household="new", site="s", by="A", reason="B")
    overridden = plan().model_copy(update={"overrides": (by_hand,)})
    assert read_plan(write_plan(town(), overridden, tmp_path / "plan.json")).overrides == (by_hand,)
    assert read_plan(write_plan(town(), overridden, tmp_path / "plan.csv")) == plan()


def test_a_plan_of_the_whole_city_can_be_written(tmp_path):
    instance = city()
    full = dz.Plan(placements=[dz.Placement(household="1", site="s1", unit="flat")], unplaced=["2"])
    assert read_plan(write_plan(instance, full, tmp_path / "plan.xlsx")) == full


def test_text_of_a_plan_is_no_formula(tmp_path):
    write_plan(town(), plan(), tmp_path / "plan.csv")
    assert "\r\n'=1,1,,,,,,false\r\n" in (tmp_path / "plan.csv").read_bytes().decode()
    write_plan(town(), plan(), tmp_path / "plan.xlsx")
    assert openpyxl.load_workbook(tmp_path / "plan.xlsx")["plan"]["A2"].value == "'=1"


def test_a_plan_from_elsewhere_needs_three_columns(tmp_path):
    (tmp_path / "p.csv").write_text("household;site;unit\n7;s;flat\n8;;\n", encoding="utf-8")
    assert read_plan(tmp_path / "p.csv") == dz.Plan(
        placements=[dz.Placement(household="7", site="s", unit="flat")],
        unplaced=["8"],
    )


def faults(source):
    with pytest.raises(dz.TableError) as caught:
        read_plan(source)
    return [(fault.where, fault.field, fault.value) for fault in caught.value.faults]


def test_everything_wrong_with_a_plan_is_listed(tmp_path):
    rows = [
        "household,site,unit,units,note",
        "a,s,flat,0,",
        "b,s,,,",
        "b,,,,",
        ",s,flat,,",
        "c,,flat,,",
        "d,s,flat,two,",
    ]
    (tmp_path / "p.csv").write_text("\n".join(rows), encoding="utf-8")
    assert faults(tmp_path / "p.csv") == [
        ("p.csv, row 1", "note", "note"),
        ("p.csv, row 2", "units", 0),
        ("p.csv, row 3", "household", "b"),
        ("p.csv, row 3", "unit", "(missing)"),
        ("p.csv, row 4", "household", "b"),
        ("p.csv, row 5", "household", "(missing)"),
        ("p.csv, row 6", "site", "(missing)"),
        ("p.csv, row 7", "units", "two"),
    ]


def test_a_placement_without_a_unit_is_a_fault():
    assert faults(pd.DataFrame({"household": ["a"], "site": ["s"], "unit": [None]})) == [
        ("plan, row 2", "unit", "(missing)")
    ]


def test_missing_columns_are_said_once():
    assert faults(pd.DataFrame({"household": ["a", "b"]})) == [
        ("plan, row 1", "site", "(missing)"),
        ("plan, row 1", "unit", "(missing)"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.txt", "x"),
        ("plan.json", "{"),
        ("plan.json", '{"placements": 1}'),
        ("plan.xlsx", "x"),
        ("plan.parquet", "x"),
    ],
)
def test_files_that_are_no_plans_are_faults(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert faults(tmp_path / name)[0][0] == name


def test_a_folder_must_have_one_plan_in_as_many_formats_as_one_likes(tmp_path):
    assert faults(tmp_path)[0][2] == "(missing)"
    by_hand = dz.Override(household=town().households[0].id, site="s", by="A", reason="B")
    signed = plan().model_copy(update={"overrides": (by_hand,)})
    for name in ("plan.csv", "plan.json", "plan.xlsx"):
        write_plan(town(), signed, tmp_path / name)
    assert read_plan(tmp_path) == signed  # only JSON has the overrides
    write_plan(town(), dz.Plan(unplaced=[one.id for one in town().households]), tmp_path / "plan.csv")
    assert faults(tmp_path)[0][2] == "plan.json, plan.csv, plan.xlsx"


def test_a_workbook_of_several_sheets_must_name_the_plan(tmp_path):
    write_plan(town(), plan(), tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    book.create_sheet("notes")
    book.save(tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx") == plan()
    book["plan"].title = "proposal"
    book.save(tmp_path / "plan.xlsx")
    assert faults(tmp_path / "plan.xlsx") == [("plan.xlsx", "", "proposal, notes")]


def test_what_cannot_be_written_is_a_table_error(tmp_path):
    with pytest.raises(dz.TableError, match=r"one of .csv, .json, .parquet, .xlsx"):
        write_plan(town(), plan(), tmp_path / "plan.pdf")
    spaced = dz.Instance(
        districts=[dz.District(id="a", population=1)], sites=(), households=[dz.Household(id=" h", size=1)]
    )
    with pytest.raises(dz.TableError, match="an id without spaces at its ends"):
        write_plan(spaced, dz.Plan(unplaced=[" h"]), tmp_path / "plan.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_row_tells_all_that_is_wrong_with_it():
    rows = {
        "household": [None, "h", "h", None],
        "site": ["s", None, "s", "s"],
        "unit": [None, "flat", "flat", "flat"],
        "units": [0, 1, -1, 1],
    }
    with pytest.raises(dz.TableError) as caught:
        read_plan(pd.DataFrame(rows, dtype=object))
    assert [str(fault) for fault in caught.value.faults] == [
        "plan, row 2, household: (missing); allowed: the id of a household",
        "plan, row 2, unit: (missing); allowed: a value (the field is required)",
        "plan, row 2, units: 0; allowed: 1 or more",
        "plan, row 3, household 'h', household: 'h'; allowed: each household once (it stands 2 times)",
        "plan, row 3, household 'h', site: (missing); allowed: the id of a site: a unit is given",
        "plan, row 4, household 'h', household: 'h'; allowed: each household once (it stands 2 times)",
        "plan, row 4, household 'h', units: -1; allowed: 1 or more",
        "plan, row 5, household: (missing); allowed: the id of a household",
    ]


def test_missing_libraries_are_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(dz.MissingExtraError, match="excel"):
        write_plan(town(), plan(), tmp_path / "plan.xlsx")
