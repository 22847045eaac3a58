"""The results as files: a folder that appears whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dezentral.cli.sources import Problem
from dezentral.domain import Plan
from dezentral.metrics import evenness, fairness, occupancy, proximity
from dezentral.report import write as write_report
from dezentral.solver import Result
from dezentral.tables import write_plan
from dezentral.tables.cells.values import ID
from dezentral.tables.formats.atomic import whole_folder
from dezentral.tables.formats.csv_files import write_csv
from dezentral.tables.formats.file_errors import file_error, system_errors
from dezentral.tables.sheets import Sheet
from dezentral.wording import Language

if TYPE_CHECKING:
    import pandas as pd

_WRITABLE = "a folder where files can be written"


def require_folder(out: Path) -> None:
    """Refuse a place that cannot become a folder, before time is spent on a plan.

    Raises
    ------
    TableError
        If a file stands there.
    """
    with system_errors(out, _WRITABLE):
        for place in (out, *out.parents):
            if place.exists() and not place.is_dir():
                raise file_error(place, str(place), _WRITABLE)


def write_results(
    out: Path, problem: Problem, result: Result, plan: Plan, text: str, *, language: Language = "en"
) -> list[str]:
    """Write plan, figures, proof, policy, report and the printed outcome; return the names of the files.

    Files of the same names from an earlier run are replaced, all others stay.

    Raises
    ------
    TableError
        If the folder cannot be written, or an id cannot stand in a cell.
    """
    frames = {
        "districts": evenness(problem.instance, plan).districts,
        "fairness": fairness(problem.instance, plan),
        "occupancy": occupancy(problem.instance, plan),
        "proximity": proximity(problem.instance, plan),
    }
    with system_errors(out, _WRITABLE), whole_folder(out, is_ours=lambda _: False) as folder:
        for name, frame in frames.items():
            write_csv(_sheet(name, frame), folder / f"{name}.csv")
        for name, record in (("policy", problem.policy), ("result", result)):
            (folder / f"{name}.json").write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
        write_report(folder / "report.html", problem.instance, problem.policy, result, language)
        (folder / "outcome.txt").write_text(text + "\n", encoding="utf-8")
        for suffix in (".csv", ".json"):
            write_plan(problem.instance, plan, folder / f"plan{suffix}")
        return sorted(file.name for file in folder.iterdir())


def _sheet(name: str, frame: pd.DataFrame) -> Sheet:
    """Return a frame as a sheet whose cells are plain values; what is missing becomes an empty cell."""
    cells = frame.astype(object).where(frame.notna(), None)
    rows: tuple[tuple[Any, ...], ...] = tuple(cells.itertuples(index=False, name=None))
    header = tuple(str(column) for column in frame.columns)
    return Sheet(name, header, (ID,) * len(header), rows)
