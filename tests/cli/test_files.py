"""Results as files: all of them or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dezentral as dz
from dezentral.__main__ import main
from tests.cli.small_city import city, table

FILES = {
    "districts.csv", "fairness.csv", "occupancy.csv", "outcome.txt", "plan.csv", "plan.json", "policy.json",
    "proximity.csv", "report.html", "result.json",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return dz.write_tables(city(), tmp_path / "city")


def test_all_results_are_written(folder, tmp_path, capsys):
    out = tmp_path / "new" / "out"
    assert main([str(folder), "--out", str(out)]) == 0
    assert {file.name for file in out.iterdir()} == FILES
    printed = capsys.readouterr().out
    assert printed.startswith((out / "outcome.txt").read_text(encoding="utf-8"))
    result = dz.Result.model_validate_json((out / "result.json").read_bytes())
    plan = dz.Plan.model_validate_json((out / "plan.json").read_bytes())
    assert plan == dz.read_plan(out / "plan.csv") == result.plan
    assert dz.Policy.model_validate_json((out / "policy.json").read_bytes()) == dz.Policy.default()
    assert [row["load"] for row in table(out / "districts.csv")] == ["4", "2"]
    assert [row["persons"] for row in table(out / "occupancy.csv")] == ["4", "2"]


def test_the_plan_is_read_from_the_folder_unless_its_files_differ(folder, tmp_path):
    out = tmp_path / "out"
    assert main([str(folder), "--out", str(out)]) == 0
    result = dz.Result.model_validate_json((out / "result.json").read_bytes())
    assert dz.read_plan(out) == result.plan
    nobody = dz.Plan(unplaced=[placement.household for placement in result.plan.placements])
    (out / "plan.json").write_text(nobody.model_dump_json(), encoding="utf-8")
    with pytest.raises(dz.TableError, match=r"plan\.json, plan\.csv.*differs"):
        dz.read_plan(out)


@pytest.mark.parametrize("name", ["city.txt", "nothing"])
def test_what_is_no_data_is_told_all_that_would_be(name, tmp_path, capsys):
    (tmp_path / "city.txt").write_text("x", encoding="utf-8")
    assert main([str(tmp_path / name)]) == 2
    assert "a folder of tables, an Excel workbook (.xlsx), a GeoPackage (.gpkg) or an instance as .json" in (
        capsys.readouterr().err
    )


def test_text_like_a_formula_is_written_as_text_and_a_missing_number_as_nothing(folder, tmp_path):
    assert main([str(folder), "--out", str(tmp_path)]) == 0
    assert table(tmp_path / "districts.csv")[0]["name"] == "'=Above"
    assert table(tmp_path / "fairness.csv")[0]["utility_mean"] == ""


def test_results_replace_earlier_ones_and_leave_other_files_alone(folder, tmp_path):
    (tmp_path / "plan.csv").write_text("old", encoding="utf-8")
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert main([str(folder), "--out", str(tmp_path)]) == 0
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8").startswith("household")
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_when_writing_fails_half_way_nothing_has_changed(folder, tmp_path, monkeypatch, capsys):
    out = tmp_path / "out"
    out.mkdir()
    (out / "districts.csv").write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dezentral.cli.files.write_plan", full)
    assert main([str(folder), "--out", str(out)]) == 2
    assert [file.name for file in out.iterdir()] == ["districts.csv"]
    assert (out / "districts.csv").read_text(encoding="utf-8") == "old"
    assert "No space left on device" in capsys.readouterr().err


def test_a_file_where_the_folder_should_be_is_refused_before_any_work(folder, tmp_path, monkeypatch, capsys):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    monkeypatch.setattr("dezentral.__main__.solve", None)
    assert main([str(folder), "--out", str(tmp_path / "out" / "deeper")]) == 2
    assert "allowed: a folder where files can be written" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "said"), [("en", "A plan is a proposal"), ("de", "Ein Plan ist ein Vorschlag")])
def test_outcome_and_report_speak_the_language_asked_for(language, said, folder, tmp_path, capsys):
    assert main([str(folder), "--out", str(tmp_path / "out"), "--language", language]) == 0
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in report
    assert said in report
    assert said in capsys.readouterr().out


def test_the_report_tells_no_household(folder, tmp_path):
    assert main([str(folder), "--out", str(tmp_path / "out")]) == 0
    assert "secret" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_result_json_is_plain_data(folder, tmp_path):
    assert main([str(folder), "--out", str(tmp_path / "out")]) == 0
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert (result["status"], len(result["levels"]), result["schema_version"]) == ("OPTIMAL", 6, 1)
