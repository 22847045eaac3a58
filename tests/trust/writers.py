"""Everything that writes files, each with a small city to write first and a larger one to write over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

import dezentral as dz
from dezentral.cli.files import write_results
from dezentral.cli.sources import Problem
from dezentral.tables import write_plan
from tests.tables.cities import small
from tests.trust.doors import CITY

OLD, NEW = small(), CITY
POLICY = dz.Policy.default()
RESULTS = {id(one): dz.solve(one, POLICY) for one in (OLD, NEW)}

Writer = Callable[[Path, dz.Instance], object]


def _results(path: Path, one: dz.Instance) -> object:
    result = RESULTS[id(one)]
    return write_results(path, Problem(one, POLICY, "default", ()), result, result.plan, "text")


def _scenarios(path: Path, one: dz.Instance) -> pd.DataFrame:
    return dz.run_scenarios({"old": OLD} if one is OLD else {"old": OLD, "new": one}, POLICY, resume=path)


WRITERS: dict[str, tuple[str, Writer]] = {
    "csv": ("tables", lambda path, one: dz.write_tables(one, path)),
    "parquet": ("tables", lambda path, one: dz.write_tables(one, path, tables="parquet")),
    "geojson": ("tables", lambda path, one: dz.write_tables(one, path, geometry="geojson")),
    "xlsx": ("city.xlsx", lambda path, one: dz.write_tables(one, path)),
    "gpkg": ("city.gpkg", lambda path, one: dz.write_tables(one, path)),
    "report": ("report.html", lambda path, one: dz.report.write(path, one, POLICY, RESULTS[id(one)])),
    "scenarios": ("rows.parquet", _scenarios),
    "results": ("out", _results),
} | {
    f"plan{suffix}": (f"plan{suffix}", lambda path, one: write_plan(one, RESULTS[id(one)].plan, path))
    for suffix in (".csv", ".json", ".parquet", ".xlsx")
}  # fmt: skip


def content(place: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones too."""
    return {str(file.relative_to(place)): file.read_bytes() for file in sorted(place.rglob("*")) if file.is_file()}
