"""What `import dezentral` offers, and what it leaves alone."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.metadata import version
from inspect import isfunction, signature
from types import ModuleType

import pytest

import dezentral as dz

RECORDS = {
    "District", "Unit", "Site", "Household", "Anchor", "Service", "Relation", "Instance", "Table", "Placement",
    "Override", "Plan",
}  # fmt: skip
POLICIES = {
    "Policy", "Rules", "Level", "KeepHoused", "Placed", "Stability", "Evenness", "Seats", "Proximity", "Wishes", "Fit",
    "Cost", "Utility", "PeerSupport",
}  # fmt: skip
SOLVING = {"solve", "SolveParams", "Result", "Status", "LevelOutcome", "Progress"}
JUDGING = {"check", "score", "Violation", "evenness", "proximity", "occupancy", "fairness", "EvennessReport"}
FILES = {"read_tables", "write_tables", "plan_frame", "plan_geoframe", "read_plan", "write_templates", "datasets"}
REASONS = {
    "explain", "Explanation", "alternatives", "why_unplaced", "conflict", "Conflict", "bottlenecks",
    "unevenness_causes", "compare", "Comparison", "frontier", "override", "replay",
}  # fmt: skip
STRATEGY = {
    "scenarios", "Scenario", "run_scenarios", "simulate", "Simulation", "solve_regions", "exchange", "move_order",
    "peer_network", "choose_sites", "OpeningResult",
}  # fmt: skip
PICTURES = {"plot", "report"}
ERRORS = {"DezentralError", "InstanceError", "TableError", "PolicyError", "PlanError", "MissingExtraError"}

SLOW = {"geopandas", "matplotlib", "openpyxl", "pyarrow", "pyproj", "scipy", "shapely", "tqdm"}
SLOW_ENGINES = {"ortools", "pandas"}
COMPARED_WITH = "import ortools.sat.python.cp_model, pandas, pydantic"


def test_the_public_names_are_these_and_sorted():
    assert set(dz.__all__) == RECORDS | POLICIES | SOLVING | JUDGING | FILES | REASONS | STRATEGY | PICTURES | ERRORS
    assert dz.__all__ == sorted(dz.__all__)


@pytest.mark.parametrize("name", dz.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name):
    found = getattr(dz, name)
    assert name in dir(dz)
    assert found.__doc__
    assert found.__name__.rsplit(".", 1)[-1] == name


def test_every_public_name_has_an_example_and_every_function_its_errors():
    """The documentation is the docstrings; what their examples print is tested with `--doctest-modules`."""
    found = {name: getattr(dz, name) for name in dz.__all__}
    modules = {name: found.pop(name) for name in dict(found) if isinstance(found[name], ModuleType)}
    within = {f"{name}.{part}": getattr(module, part) for name, module in modules.items() for part in module.__all__}
    assert {name.split(".")[0] for name in within} == {"datasets", "plot", "report", "scenarios"}
    public = found | within
    assert [name for name, one in public.items() if ">>> " not in (one.__doc__ or "")] == []
    takes_something = [name for name, one in public.items() if isfunction(one) and signature(one).parameters]
    assert [name for name in takes_something if "Raises\n" not in public[name].__doc__] == []


def test_an_unknown_name_is_missing_as_in_any_module():
    with pytest.raises(AttributeError, match="has no attribute 'slove'"):
        _ = dz.slove


def test_a_star_import_brings_the_public_names():
    brought: dict[str, object] = {}
    exec("from dezentral import *", brought)  # noqa: S102  a star import cannot stand in a function
    assert brought.keys() - {"__builtins__"} == set(dz.__all__)
    assert brought["solve"] is dz.solve


def test_the_version_is_that_of_the_installed_package():
    assert dz.__version__ == version("dezentral")


def test_the_import_waits_for_nothing_slow():
    assert _imported("import dezentral").isdisjoint(SLOW | SLOW_ENGINES)


def test_using_every_name_brings_the_engine_and_nothing_else_that_is_slow():
    brought = _imported("import dezentral\nfor name in dezentral.__all__: getattr(dezentral, name)")
    # OR-Tools itself imports pandas, which takes pyarrow along where it is installed.
    assert brought & SLOW <= _imported(COMPARED_WITH) & {"pyarrow"}
    assert "ortools" in brought


def test_the_import_is_no_slower_than_that_of_its_libraries():
    # The best of several runs in turn: what else runs on the machine then counts little.
    own, others = zip(*((_seconds("import dezentral"), _seconds(COMPARED_WITH)) for _ in range(4)), strict=True)
    assert min(own) <= 1.3 * min(others)


def _imported(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after some code."""
    listing = "import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    return set(json.loads(_run(f"{code}\n{listing}")))


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout  # noqa: S603


def _seconds(code: str) -> float:
    start = time.perf_counter()
    _run(code)
    return time.perf_counter() - start
