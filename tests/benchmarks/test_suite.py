"""The suite itself: registry, digests, report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.__main__ import main
from benchmarks.digests import digest, recorded
from benchmarks.instances.country import country, regions_of
from benchmarks.instances.nurses import planted_ward
from benchmarks.instances.unique import unique_households
from benchmarks.measurement import Measurement
from benchmarks.peers.registry import PEERS
from benchmarks.profiles import profiled
from benchmarks.registry import CASES, GENERATED, GROWTH, REPLANNED, SMOKE, STORED, stored
from benchmarks.report import fill_in, markdown, targets_table
from benchmarks.results import Results
from benchmarks.targets import growth_exponent

import dezentral as dz


def test_registry_names_what_exists() -> None:
    assert all(name == case.name for name, case in CASES.items())
    assert {peer for case in CASES.values() for peer in case.peers} <= PEERS.keys()
    assert set(GENERATED) == recorded().keys()
    assert SMOKE.keys() <= CASES.keys()
    assert {peer for peers in SMOKE.values() for peer in peers} == PEERS.keys()


def test_stored_instances_are_the_generators() -> None:
    assert stored("nurses_small") == planted_ward(3, 4)
    assert stored("unique_tiny") == unique_households(30, 8, 4)
    assert sorted(path.stem for path in STORED.glob("*.json")) == ["cmax_graham", "nurses_small", "unique_tiny"]


def test_generated_instances_are_the_recorded_ones() -> None:
    for name in ("cmax_planted", "nurses", "unique_small"):
        assert digest(CASES[name].build()) == recorded()[name]


def test_country_is_as_large_as_asked_for() -> None:
    land = country(600, 24, 6, 3)
    assert sum(household.size for household in land.households) == 600
    assert (len(land.sites), len(land.districts), len(set(regions_of(land).values()))) == (24, 6, 3)
    assert country(600, 24, 6, 3) == land


def test_growth_exponent_of_a_power_law() -> None:
    assert growth_exponent([10, 20, 40], [3 * 10**1.3, 3 * 20**1.3, 3 * 40**1.3]) == pytest.approx(1.3)


@pytest.mark.parametrize(("bound", "said"), [(99.95, "met"), (98.0, "**missed**")])
def test_growth_counts_only_where_every_size_is_proven(bound: float, said: str) -> None:
    # Seconds in proportion to persons: exponent 1. A gap of 2 % at the largest size is no proof.
    rows = [
        Measurement(f"growth_{size}", "dezentral", "OPTIMAL", {"solve": size / 1000}, (100.0,), (lower,))
        for size, lower in zip(GROWTH, (99.95, 99.95, 99.95, bound), strict=True)
    ]
    line = next(line for line in targets_table(Results.of("2026-01-31", rows)) if "5,000 to 40,000" in line)
    assert "exponent 1.00" in line
    assert line.endswith(f"| {said} |")


def results() -> Results:
    rows = [
        Measurement(
            "city", "dezentral", "OPTIMAL", {"solve": 4.0, "check": 0.5, "score": 0.6}, (0.0, 100.0), (0.0, 99.95)
        ),
        Measurement("city", "lp", "optimal", {"solve": 55.0, "search": 50.0}, columns=950_000, figures={"bound": 99.9}),
        Measurement("cmax_graham", "cpsat", "UNKNOWN", {"solve": 20.0}),
    ]
    return Results.of("2026-01-31", rows)


def test_report_judges_against_the_yardstick() -> None:
    # 4 s of 50 s is 0.08 ≤ 0.1; the largest gap is (100 - 99.95)/100 = 0.05 %.
    rows = targets_table(results())
    assert "4.0 s against 50.0 s (950,000 columns): 0.08 ×, largest gap 0.05%" in rows[2]
    assert rows[2].endswith("| met |")
    assert rows[3].endswith("| not measured | – |")
    assert "check 0.50 s, score 0.60 s | met |" in rows[10]
    assert "no plan" in markdown(results())


def test_replanning_must_cost_less_and_move_nobody_needlessly() -> None:
    def verdict(seconds: float, moved: float, draws: int = 5) -> str:
        rows = [
            Measurement(
                name, "dezentral", "OPTIMAL", {"solve": seconds}, (0.0, 0.0, moved, 1.0), (0.0, 0.0, 6.0, 1.0),
                figures={"first solve": 4.0 + 3.0 * seed},
            )
            for name, seed in list(REPLANNED.items())[:draws]
        ]  # fmt: skip
        return targets_table(Results.of("2026-01-31", rows))[9]

    assert verdict(3.0, 6.0).endswith(
        "| 3.0, 3.0, 3.0, 3.0, 3.0 s against 4.0, 7.0, 10.0, 13.0, 16.0 s: 0.30 × altogether, "
        "6, 6, 6, 6, 6 persons moved, proven least: True | met |"
    )
    assert verdict(4.0, 6.0).endswith("**missed** |")
    assert verdict(3.0, 7.0).endswith("proven least: False | **missed** |")
    assert verdict(3.0, 6.0, draws=4).endswith("| not measured | – |")


def test_report_fills_its_own_section_alone(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("before\n<!-- measured: begin -->\nstale words\n<!-- measured: end -->\nafter\n")
    fill_in(page, results())
    fill_in(page, results())
    text = page.read_text()
    assert text.startswith("before\n<!-- measured: begin -->\nMeasured on 2026-01-31")
    assert text.endswith("<!-- measured: end -->\nafter\n")
    assert "stale words" not in text
    assert text.count("0.08 ×") == 1


def test_results_of_one_day_join(tmp_path: Path) -> None:
    path = results().write(tmp_path)
    Results.of("2026-01-31", [Measurement("unique", "dezentral", "OPTIMAL", {"solve": 1.0})]).write(tmp_path)
    known = Results.read(path)
    assert len(known.measurements) == 4
    assert known.measurements["city", "dezentral"].gap == pytest.approx(0.0005)


def test_one_command_measures_and_reports(tmp_path: Path) -> None:
    code = main(["run", "--only", "cmax_graham", "--peers", "greedy", "--out", str(tmp_path), "--date", "2026-01-31"])
    assert code == 0
    data = json.loads((tmp_path / "2026-01-31.json").read_text())
    who = {row["who"]: row for row in data["measurements"]}
    assert who.keys() == {"dezentral", "greedy"}
    assert who["dezentral"]["values"] == [0.0, 1.0]
    assert who["dezentral"]["peak_mb"] > 1
    assert who["dezentral"]["violations"] == 0
    assert "P||Cmax" in (tmp_path / "2026-01-31.md").read_text()


def test_cases_are_solvable_as_registered() -> None:
    for name in ("unique_tiny", "nurses_small"):
        case = CASES[name]
        result = dz.solve(case.build(), case.policy, case.params)
        assert result.status is dz.Status.OPTIMAL


def test_profile_names_what_runs_in_other_threads() -> None:
    case = CASES["unique_tiny"]
    instance = case.build()
    table, result = profiled(lambda: dz.solve(instance, case.policy, case.params))
    assert result.status is dz.Status.OPTIMAL
    assert "ortools" in table
    assert "'acquire'" not in table
