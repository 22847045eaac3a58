"""The command line, on cities small enough to be proven at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dezentral as dz
from dezentral.__main__ import main
from tests.cli.small_city import city, words

QUICK = ["--persons", "60", "--time-limit", "2"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return dz.write_tables(city(), tmp_path / "city")

def test_the_embedded_city_is_planned_and_labelled_as_synthetic(capsys):
    assert main(QUICK) == 0
    said = capsys.readouterr()
    assert "Stuttgart (synthetic stock, seed 0)" in said.out
    assert "The stock is synthetic" in said.out
    assert "estimates: Mitte, Nord" in said.out
    assert "policy: stuttgarter_weg\n    At most 250 persons at a site\n" in said.out
    assert "A plan is a proposal" in said.out
    assert f"dezentral {dz.__version__}, OR-Tools" in said.out
    assert said.err == ""  # no bar where nobody watches
    rows = [line for line in said.out.splitlines() if line.startswith(tuple(f"  {n:02}  " for n in range(1, 24)))]
    assert len(rows) == 23


def test_the_outcome_tells_goals_rates_and_districts(folder, capsys):
    assert main([str(folder)]) == 0
    out = capsys.readouterr().out
    assert "Placed: 6 of 6 persons, 2 of 2 households" in out
    assert "OPTIMAL" in out
    # 4 persons on 3,000 inhabitants, 6 on 4,000, 2 on 1,000
    assert "Persons per 1,000 inhabitants: lowest 1.3 (=Above), mean 1.5, highest 2.0 (Below)" in out
    assert "For a perfect spread 0.5 of 6 persons (8.33 %) would have to move" in out
    lines = words(out)
    assert "a =Above 3,000 4 4.5 1.3 -0.5" in lines
    assert "b Below 1,000 2 1.5 2.0 +0.5" in lines
    assert "4 Evenness (chi2) 0.22 0.22 0 % persons, chi-square distance from the targets" in lines
    assert "synthetic" not in out


def test_a_level_of_several_goals_is_taken_apart(folder, capsys):
    assert main([str(folder)]) == 0
    lines = words(capsys.readouterr().out)
    # Neither household has wishes or needs; each fills its unit.
    assert "6 Proximity + 1,000 Wishes + 1,000 Fit 0 0 0 % weighted sum, in the plan of:" in lines
    assert "Fit 0 beds left empty in units in use" in lines


def test_nothing_about_a_household_is_printed(folder, tmp_path, capsys):
    assert main([str(folder), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert "secret" not in said.out + said.err


def test_an_instance_and_a_policy_are_read_from_json(tmp_path, capsys):
    (tmp_path / "city.json").write_text(city().model_dump_json(), encoding="utf-8")
    policy = dz.Policy(rules=dz.Rules(max_site_persons=3), levels=[dz.Level(dz.Placed(weight=2.0))])
    (tmp_path / "policy.json").write_text(policy.model_dump_json(), encoding="utf-8")
    assert main([str(tmp_path / "city.json"), "--policy", str(tmp_path / "policy.json")]) == 0
    out = capsys.readouterr().out
    assert "At most 3 persons at a site" in out
    assert "Placed: 2 of 6 persons, 1 of 2 households" in out
    lines = words(out)
    assert "1 2 Placed 8 8 0 % weighted sum, in the plan of:" in lines
    assert "Placed 4 persons without a place, weighted by priority" in lines


def test_a_policy_goes_by_its_name(folder, capsys):
    assert main([str(folder), "--policy", "stuttgarter_weg"]) == 0
    assert "policy: stuttgarter_weg\n    At most 250 persons at a site\n" in capsys.readouterr().out


def test_a_later_level_may_use_the_slack_of_an_earlier_one_and_it_is_said(tmp_path, capsys):
    # Leaving h4 unplaced costs 4 persons, which the slack allows; its place then costs nothing.
    dear = [dz.Site(id="s", district="a", cost=5.0, units=[dz.Unit(id="flat", beds=4)])]
    instance = city(sites=dear, households=[dz.Household(id="h4", size=4)])
    (tmp_path / "city.json").write_text(instance.model_dump_json(), encoding="utf-8")
    policy = dz.Policy(levels=[dz.Level(dz.Placed(), abs_slack=4.0), dz.Level(dz.Cost())])
    (tmp_path / "policy.json").write_text(policy.model_dump_json(), encoding="utf-8")
    assert main([str(tmp_path / "city.json"), "--policy", str(tmp_path / "policy.json")]) == 0
    lines = words(capsys.readouterr().out)
    assert "1 Placed 0 0 0 % persons without a place, weighted by priority" in lines
    assert "in the plan 4 after all later levels" in lines


def test_every_fault_of_the_data_is_printed(tmp_path, capsys):
    (tmp_path / "districts.csv").write_text("id,population\na,-1\n", encoding="utf-8")
    (tmp_path / "sites.csv").write_text("id,district,beds\ns,nowhere,3\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "districts.csv, row 2" in said.err
    assert "'nowhere'" in said.err


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("policy.json", '{"rules": {"max_moves": -1}}', "policy.json, policy, rules.max_moves: -1; allowed: 0 or more"),
        ("policy.json", "not JSON", "allowed: Invalid JSON"),
        ("missing.json", None, "missing.json: 'No such file or directory'; allowed: a JSON file that can be read"),
    ],
)
def test_a_policy_that_cannot_be_read_is_named(name, content, expected, tmp_path, capsys):
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert main([*QUICK, "--policy", str(tmp_path / name)]) == 2
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--gap", "-1"], "gap: -1.0; allowed: 0 or more"),
        (["--time-limit", "nan"], "time_limit: nan; allowed: a finite number"),
        (["--persons", "-1"], "persons: -1; allowed: a whole number"),
        (["--occupied", "1.5"], "occupied: 1.5; allowed: a share in [0, 1]"),
    ],
)
def test_an_option_out_of_range_is_refused(options, expected, capsys):
    assert main(options) == 2
    assert expected in capsys.readouterr().err


def test_options_of_the_embedded_city_do_not_go_with_own_data(folder, capsys):
    with pytest.raises(SystemExit) as ended:
        main([str(folder), "--persons", "5", "--anchors"])
    assert ended.value.code == 2
    assert "--persons, --anchors: only for the embedded city" in capsys.readouterr().err


def test_people_may_have_anchors_and_homes_in_the_embedded_city(capsys):
    assert main([*QUICK, "--anchors", "--occupied", "0.5", "--seed", "3"]) == 0
    assert "seed 3" in capsys.readouterr().out


def test_in_german_words_and_numbers_are_german(folder, capsys):
    assert main([str(folder), "--language", "de"]) == 0
    out = capsys.readouterr().out
    assert "Untergebracht: 6 von 6 Personen; 2 / 2 Haushalte" in out
    assert "Personen je 1.000 Einwohner: niedrigste 1,3 (=Above), Mittel 1,5, höchste 2,0 (Below)" in out
    lines = words(out)
    assert "a =Above 3.000 4 4,5 1,3 -0,5" in lines
    assert "4 Gleichmäßigkeit (Chi-Quadrat) 0,22 0,22 0 % Personen, Chi-Quadrat-Abstand von den Zielwerten" in lines
    assert "bewiesen optimal nach" in out
    assert "OPTIMAL" not in out


def test_in_german_the_embedded_city_its_notes_and_rules_are_german_too(capsys):
    assert main([*QUICK, "--language", "de"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Stuttgart (synthetischer Bestand, Startwert 0)\n")
    assert "Der Bestand ist synthetisch: erfundene Standorte, Haushalte und Angebote." in out
    assert "sind die des Melderegisters" in out
    assert "Höchstens 250 Personen an einem Standort" in out
    assert "Mindestens 7 m² je Person" in out
    assert "Höchstens 2 verbundene Einheiten für einen Haushalt" in out


EVERY_RULE = {
    "max_site_persons": 50, "min_area_per_person_m2": 4.5, "max_units_per_household": 2, "max_single_share": 0.5,
    "max_distance": {"school": 9000.0}, "service_capacity": True, "operator_capacity": {"o": 40}, "max_moves": 3,
    "min_stay_days": 10,
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_rule_is_told_by_the_name_of_its_field(language, folder, tmp_path, capsys):
    policy = dz.Policy(rules=dz.Rules(**EVERY_RULE), levels=[dz.Level(dz.Placed())])
    (tmp_path / "policy.json").write_text(policy.model_dump_json(), encoding="utf-8")
    assert main([str(folder), "--language", language, "--policy", str(tmp_path / "policy.json")]) == 0
    out = capsys.readouterr().out.replace(str(tmp_path), "")
    assert not [name for name in EVERY_RULE if name in out]
    rules = [line for line in out.split("\n\n")[0].splitlines() if line.startswith("    ")]
    assert len(rules) == len(EVERY_RULE)


def test_infeasible_is_told_and_writes_nothing(tmp_path, capsys):
    both_in_one_room = [dz.Household(id=f"h{n}", size=2, fixed_site="t") for n in range(2)]
    folder = dz.write_tables(city(households=both_in_one_room), tmp_path / "city")
    assert main([str(folder), "--out", str(tmp_path / "out")]) == 3
    said = capsys.readouterr().out
    assert "no plan respects the fixed sites" in said
    assert f"Nothing is written to {tmp_path / 'out'}." in said
    assert not (tmp_path / "out").exists()


def test_unknown_is_told_and_is_not_infeasible(folder, monkeypatch, capsys):
    unknown = dz.Result(status=dz.Status.UNKNOWN, plan=None, levels=(), seconds=0.0, reproducible=False, version={})
    monkeypatch.setattr("dezentral.__main__.solve", lambda *_, **__: unknown)
    assert main([str(folder), "--time-limit", "7"]) == 4
    assert "neither a plan nor a proof within 7 s" in capsys.readouterr().out


def test_stopping_before_there_is_a_plan_ends_without_a_trace(folder, monkeypatch, capsys):
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dezentral.__main__.solve", stopped)
    assert main([str(folder)]) == 130
    assert capsys.readouterr().err == "dezentral: stopped before there was a plan\n"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (dz.Status.UNKNOWN, "keine Antwort in der vorgegebenen Zeit: weder ein Plan noch ein Beweis in 0,50 s"),
        (dz.Status.INFEASIBLE, "kein Plan möglich: Es ist bewiesen"),
    ],
)
def test_without_a_plan_the_german_reader_is_told_in_german(status, expected, folder, monkeypatch, capsys):
    none = dz.Result(status=status, plan=None, levels=(), seconds=0.0, reproducible=False, version={})
    monkeypatch.setattr("dezentral.__main__.solve", lambda *_, **__: none)
    main([str(folder), "--time-limit", "0.5", "--language", "de"])
    assert capsys.readouterr().out.startswith(expected)


def test_a_terminal_gets_a_bar(folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main([str(folder)]) == 0
    assert "level" in capsys.readouterr().err


def test_help_and_version_are_told(capsys):
    with pytest.raises(SystemExit) as helped:
        main(["--help"])
    assert helped.value.code == 0
    assert "--policy" in capsys.readouterr().out
    with pytest.raises(SystemExit) as versioned:
        main(["--version"])
    assert versioned.value.code == 0
    assert capsys.readouterr().out.startswith(f"dezentral {dz.__version__}, OR-Tools")


def program(*options: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dezentral", *options]
    piped = subprocess.PIPE
    return subprocess.Popen(command, stdout=piped, stderr=piped, env=os.environ | environment)  # noqa: S603


def test_a_reader_who_has_seen_enough_is_no_error(folder):
    with program(str(folder)) as running:
        running.stdout.close()
        complaint = running.stderr.read()
    assert (running.returncode, complaint) == (0, b"")


def test_a_terminal_without_unicode_is_no_error(folder):
    with program(str(folder), PYTHONIOENCODING="ascii") as running:
        said, complaint = running.communicate()
    assert (running.returncode, complaint) == (0, b"")
    assert b"A plan is a proposal" in said
