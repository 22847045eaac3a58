"""Every public function with arguments that are right, one of which a test then replaces by something wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from shapely.geometry import box

import dezentral as dz

DAY = dt.date(2026, 1, 1)
POLICY = dz.Policy.default()
FLAT = dz.Unit(id="flat", beds=4)
CITY = dz.Instance(
    districts=[
        dz.District(id="a", population=1000, geometry=box(0, 0, 100, 100)),
        dz.District(id="b", population=1000, geometry=box(100, 0, 200, 100)),
    ],
    sites=[
        dz.Site(id="s", district="a", x=1.0, y=1.0, units=[FLAT]),
        dz.Site(id="t", district="b", x=3.0, y=4.0, units=[FLAT], opening_cost=5.0),
    ],
    households=[dz.Household(id="h", size=3, wishes=["a"]), dz.Household(id="g", size=2, arrival=DAY)],
)
PLAN = dz.Plan(placements=[dz.Placement(household="g", site="s", unit="flat")], unplaced=["h"])
RECORDS = (
    dz.Anchor, dz.District, dz.Household, dz.Instance, dz.Override, dz.Placement, dz.Plan, dz.Relation, dz.Rules,
    dz.Service, dz.Site, dz.Table, dz.Unit,
)  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A function, and arguments with which it works."""

    call: Callable[..., object]
    args: tuple[object, ...] = ()
    named: Mapping[str, object] | None = None

    def slots(self) -> list[int | str]:
        return [*range(len(self.args)), *(self.named or {})]

    def with_one(self, slot: int | str, value: object) -> object:
        """Call with one argument replaced."""
        args = [value if place == slot else arg for place, arg in enumerate(self.args)]
        named = {name: value if name == slot else arg for name, arg in (self.named or {}).items()}
        return self.call(*args, **named)


def doors(folder: Path) -> dict[str, Door]:
    """Return every door but the records; what writes does so in a folder."""
    return _of_plans() | _of_instances() | _of_tables(folder) | _of_pictures(folder) | _of_changes()


def records() -> dict[str, Door]:
    """Return the records, their readers of mappings and of JSON."""
    every = (*RECORDS, dz.Level, dz.Policy, dz.Result, dz.SolveParams)
    found = {record.__name__: Door(record, (), dict.fromkeys(record.model_fields)) for record in RECORDS}
    found |= {f"{record.__name__} of a mapping": Door(record.model_validate, ({},)) for record in every}
    return found | {f"{record.__name__} of JSON": Door(record.model_validate_json, (b"{}",)) for record in every}


def _of_plans() -> dict[str, Door]:
    of_plan = {name: Door(getattr(dz, name), (CITY, POLICY, PLAN)) for name in ("check", "score", "why_unplaced")}
    names = ("evenness", "proximity", "occupancy", "fairness", "move_order", "peer_network", "plan_frame")
    signed = {"unit": None, "by": "A", "reason": "near"}
    return of_plan | {name: Door(getattr(dz, name), (CITY, PLAN)) for name in (*names, "plan_geoframe")} | {
        "with_plan": Door(CITY.with_plan, (PLAN,), {"fix_overrides": False}),
        "explain": Door(dz.explain, (CITY, POLICY, PLAN, "h")),
        "alternatives": Door(dz.alternatives, (CITY, POLICY, PLAN, "h"), {"k": 5}),
        "bottlenecks": Door(dz.bottlenecks, (CITY, POLICY, PLAN), {"exact": 1}),
        "unevenness_causes": Door(dz.unevenness_causes, (CITY, POLICY, PLAN)),
        "compare": Door(dz.compare, (CITY, POLICY, PLAN, PLAN)),
        "override": Door(dz.override, (CITY, POLICY, PLAN, "h", "s"), signed),
        "replay": Door(dz.replay, (CITY, POLICY, PLAN, ())),
        "exchange": Door(dz.exchange, (CITY, POLICY, PLAN, None)),
    }  # fmt: skip


def _of_instances() -> dict[str, Door]:
    arrival = dz.Household(id="n", size=1, arrival=dt.date(2026, 2, 1))
    params = {"time_limit": 1.0, "gap": 0.0, "seed": 0, "workers": None, "deterministic": True}
    return {
        "solve": Door(dz.solve, (CITY, POLICY, None), {"hint": PLAN}),
        "SolveParams": Door(dz.SolveParams, (), params),
        "conflict": Door(dz.conflict, (CITY, POLICY)),
        "frontier": Door(dz.frontier, (CITY, POLICY, 3), {"steps": 3}),
        "choose_sites": Door(dz.choose_sites, (CITY, POLICY), {"budget": None, "max_new": None, "params": None}),
        "simulate": Door(dz.simulate, (CITY, [arrival], POLICY), {"strategy": "myopic", "departures": {}, "seed": 0}),
        "run_scenarios": Door(dz.run_scenarios, ({"a": CITY}, POLICY, None), {"executor": None, "resume": None}),
        "solve_regions": Door(dz.solve_regions, (CITY, {"a": "r", "b": "q"}, POLICY, None, None)),
        "pseudonymise": Door(CITY.pseudonymise, ("key",)),
        "replace": Door(CITY.replace, (), {"households": (), "date": None, "crs": "EPSG:25832", "utilities": None}),
    }


def _of_tables(folder: Path) -> dict[str, Door]:
    frames = {"districts": pd.DataFrame({"id": ["a"], "population": [1]}), "sites": pd.DataFrame({"id": ["s"]})}
    others = ("units", "households", "services", "relations", "distances", "utilities", "instance")
    formats = {"tables": "csv", "geometry": "gpkg"}
    city = {"persons": 20, "seed": 0, "anchors": False, "occupied": 0.0}
    return {
        "from_frames": Door(dz.Instance.from_frames, (), frames | dict.fromkeys(others, pd.DataFrame())),
        "with_distances": Door(CITY.with_distances, (pd.DataFrame(index=["s"]),)),
        "with_utilities": Door(CITY.with_utilities, (pd.DataFrame(index=["h"]),)),
        "read_tables": Door(dz.read_tables, (str(folder),)),
        "write_tables": Door(dz.write_tables, (CITY, str(folder / "tables")), formats),
        "write_templates": Door(dz.write_templates, (str(folder / "templates"),)),
        "read_plan": Door(dz.read_plan, (pd.DataFrame(),)),
        "stuttgart": Door(dz.datasets.stuttgart, (), city),
        "read_population": Door(dz.datasets.read_population, (str(folder / "people.csv"),), {"date": None}),
        "with_population": Door(dz.datasets.with_population, (CITY, {"a": 1, "b": 2})),
    }


def _of_pictures(folder: Path) -> dict[str, Door]:
    pictures = {name: Door(getattr(dz.plot, name), (CITY, PLAN, None)) for name in ("rates", "occupancy")}
    drawn = {"policy": None, "level": None, "against": None, "language": "en"}
    return pictures | {
        "map": Door(dz.plot.map, (CITY, PLAN, None), {"language": "en", "sites": True}),
        "explore": Door(dz.plot.explore, (CITY, PLAN), {"language": "en", "tiles": None}),
        "plot.compare": Door(dz.plot.compare, (CITY, PLAN, PLAN, None)),
        "plot.frontier": Door(dz.plot.frontier, (frontier_frame(), None), drawn),
        "report": Door(
            dz.report.write, (str(folder / "report.html"), CITY, POLICY, dz.solve(CITY, POLICY)), {"language": "de"}
        ),
    }


@cache
def frontier_frame() -> pd.DataFrame:
    return dz.frontier(CITY, POLICY, 3, steps=2)


def _of_changes() -> dict[str, Door]:
    def applied(make: Callable[..., Any]) -> Callable[..., object]:
        return lambda *args, **named: make(*args, **named)(CITY.replace(date=DAY))

    return {
        "influx": Door(applied(dz.scenarios.influx), (3, 0), {"like": None, "arrival": None}),
        "closure": Door(applied(dz.scenarios.closure), ("s",), {"until": None}),
        "new_site": Door(applied(dz.scenarios.new_site), (dz.Site(id="n", district="a", units=()),)),
        "planning_day": Door(applied(dz.scenarios.planning_day), (DAY,)),
        "rule_change": Door(applied(dz.scenarios.rule_change), (), {"max_moves": 3}),
        "Change": Door(applied(dz.scenarios.Change), ("as it is", lambda scenario: scenario)),
        "combine": Door(applied(dz.scenarios.combine), (dz.scenarios.planning_day(DAY),)),
        "build": Door(dz.scenarios.build, (CITY, None, {"a": dz.scenarios.planning_day(DAY)})),
        "Scenario": Door(dz.Scenario, (CITY, POLICY)),
    }
