"""Whatever stands in the place of an argument: an answer, or one of our errors."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import dezentral as dz
from dezentral.__main__ import main
from tests.trust.doors import CITY, PLAN, POLICY, doors, frontier_frame, records

# Each is something else to some check: equal to nothing, to everything at once, endless, nameless, far too large.
WILD = (
    None, True, 0, -1, 10**400, 1.5, float("nan"), float("inf"), "", "x", "\ud800", "\0", "x" * 10_000, b"x", [],
    [None], {}, {1: "a"}, {"a": None}, set(), object(), Decimal("NaN"), pd.NA, pd.NaT, np.int64(3), np.float64("nan"),
    np.array([1, 2]), dt.datetime(2026, 1, 1, 3, tzinfo=dt.UTC), pd.DataFrame({"a": [1]}), pd.Series([1]), CITY, POLICY,
    PLAN,
)  # fmt: skip
# The others are tried with every value, these with some: they solve, draw or write.
SLOW = {
    "solve", "explore", "map", "rates", "occupancy", "plot.compare", "plot.frontier", "unevenness_causes", "frontier",
    "simulate", "solve_regions", "run_scenarios", "bottlenecks", "exchange", "choose_sites", "write_tables", "report",
    "write_templates", "conflict", "stuttgart",
}  # fmt: skip


def expect_ours(door, slot, value):
    with contextlib.suppress(dz.DezentralError):
        door.with_one(slot, value)


@pytest.mark.parametrize("name", sorted(records()))
def test_records_refuse_what_they_cannot_hold(name):
    door = records()[name]
    for slot in door.slots():
        for value in WILD:
            expect_ours(door, slot, value)


def test_functions_refuse_what_they_cannot_use(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # "x" is a path as well
    dice = random.Random(0)  # noqa: S311  nothing secret
    for name, door in doors(tmp_path).items():
        for slot in door.slots():
            for value in dice.sample(WILD, 8) if name in SLOW else WILD:
                expect_ours(door, slot, value)


@pytest.mark.parametrize(
    "words",
    [["", "--out", "\0"], ["\0"], ["x" * 5000], ["\ud800"], ["--time-limit", "nan"], ["--gap", "-1"], ["--policy", ""],
     ["--policy", "\0"], ["--seed", "-1"], ["--persons", "-5"], ["--occupied", "nan"], ["--out", "x" * 5000]],
)  # fmt: skip
def test_the_command_line_says_what_is_wrong(words, capsys):
    assert main(words) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_what_equals_nothing_is_no_site_household_or_unit():
    for wrong in (pd.NA, np.array([1, 2]), pd.Series([1])):
        with pytest.raises(dz.PlanError, match="household"):
            dz.override(CITY, POLICY, PLAN, wrong, "s", by="A", reason="near")
        with pytest.raises(dz.PlanError, match="site"):
            dz.override(CITY, POLICY, PLAN, "h", wrong, by="A", reason="near")
        with pytest.raises(dz.PlanError, match="unit"):
            dz.override(CITY, POLICY, PLAN, "h", "s", unit=wrong, by="A", reason="near")


def test_what_equals_nothing_is_no_choice():
    wrong = np.array([1, 2])
    with pytest.raises(dz.PolicyError, match="level"):
        dz.frontier(CITY, POLICY, wrong)
    with pytest.raises(dz.PolicyError, match="strategy"):
        dz.simulate(CITY, [], POLICY, strategy=wrong)
    with pytest.raises(dz.PlanError, match="fix_overrides"):
        CITY.with_plan(PLAN, fix_overrides=wrong)


def test_only_instances_are_written_and_only_where_a_name_fits(tmp_path):
    with pytest.raises(dz.InstanceError, match="instance"):
        dz.write_tables(PLAN, tmp_path / "city")
    with pytest.raises(dz.TableError, match="csv or parquet"):
        dz.write_tables(CITY, tmp_path / "city", tables=np.array([1, 2]))
    for write in (lambda path: dz.write_tables(CITY, path), dz.write_templates):
        with pytest.raises(dz.TableError, match="too long"):
            write(tmp_path / ("x" * 5000))
    assert list(tmp_path.iterdir()) == []


def test_numbers_beyond_floats_are_numbers():
    assert dz.choose_sites(CITY, POLICY, budget=10**400, max_new=10**400).opened == ("t",)
    with pytest.raises(dz.InstanceError, match="occupied"):
        dz.datasets.stuttgart(20, occupied=10**400)
    with pytest.raises(dz.InstanceError, match="persons"):
        dz.scenarios.influx(10**400)  # was drawn one by one, without end


def test_pictures_are_drawn_on_axes_from_what_they_show():
    with pytest.raises(dz.PolicyError, match="ax"):
        dz.plot.rates(CITY, PLAN, "axes")
    with pytest.raises(dz.PolicyError, match="sites"):
        dz.plot.map(CITY, PLAN, sites=pd.NA)
    with pytest.raises(dz.PolicyError, match="tiles"):
        dz.plot.explore(CITY, PLAN, tiles="https://example.org/{z}/{x}/{y}.png")
    with pytest.raises(dz.TableError, match="frame"):
        dz.plot.frontier("frontier")
    with pytest.raises(dz.PolicyError, match="policy"):
        dz.plot.frontier(frontier_frame(), policy="default")


def test_changes_are_told_what_they_can_do():
    for refused, field in (
        (lambda: dz.scenarios.influx(3, like=True), "like"),
        (lambda: dz.scenarios.influx(3, arrival=pd.NaT), "arrival"),
        (lambda: dz.scenarios.closure(pd.NA), "site"),
        (lambda: dz.scenarios.closure("s", until=np.array([1, 2])), "until"),
        (lambda: dz.scenarios.new_site(None), "site"),
        (lambda: dz.scenarios.build(CITY, None, {"a": None}), "a"),
        (lambda: dz.scenarios.build(CITY, None, "x"), "changes"),
        (lambda: dz.scenarios.combine("x"), "change"),
    ):
        with pytest.raises(dz.InstanceError, match=field):
            refused()
