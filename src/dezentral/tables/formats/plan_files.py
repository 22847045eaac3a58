"""The files that a plan may be in."""

from __future__ import annotations

from pathlib import Path

from dezentral.domain import Plan
from dezentral.tables.formats.atomic import whole_file
from dezentral.tables.formats.csv_files import read_csv, write_csv
from dezentral.tables.formats.excel_files import read_excel, write_excel
from dezentral.tables.formats.file_errors import FileFaultError, require_size
from dezentral.tables.formats.parquet_files import read_parquet, write_parquet
from dezentral.tables.reading.raw import RawTable
from dezentral.tables.schema import PLAN, known_columns
from dezentral.tables.sheets import Sheet

_SUFFIXES = (".csv", ".json", ".parquet", ".xlsx")
_FORMATS = f"one of {', '.join(_SUFFIXES)}"


def plan_files(path: Path) -> list[Path]:
    """Return the files in which a plan stands: the path itself, or those named so in a folder, JSON first."""
    if not path.is_dir():
        return [path]
    found = [file for file in path.iterdir() if file.stem == PLAN.name and file.suffix.lower() in _SUFFIXES]
    if not found:
        raise FileFaultError(value="(missing)", allowed=f"a file plan in {path.name}: {_FORMATS}")
    return sorted(found, key=lambda file: (file.suffix.lower() != ".json", file.name))


def read_plan_file(path: Path) -> RawTable | bytes:
    """Read a plan's table, or its JSON as it stands in the file."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return read_csv(path, PLAN.name, known_columns(PLAN.name))
    if suffix == ".parquet":
        return read_parquet(path, PLAN.name)
    if suffix == ".xlsx":
        [table] = read_excel(path, _choose_plan)
        return table
    path.stat()  # says so if there is nothing
    if suffix != ".json":
        raise FileFaultError(value=path.suffix, allowed=_FORMATS)
    require_size(path)
    return path.read_bytes()


def write_plan_file(sheet: Sheet, plan: Plan, path: Path) -> None:
    """Write a plan in the format of the path."""
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise FileFaultError(value=path.suffix, allowed=_FORMATS)
    with whole_file(path) as staged:
        if suffix == ".csv":
            write_csv(sheet, staged)
        elif suffix == ".parquet":
            write_parquet(sheet, staged)
        elif suffix == ".xlsx":
            write_excel({PLAN.name: sheet}, staged)
        else:
            staged.write_text(plan.model_dump_json(indent=2), encoding="utf-8")


def _choose_plan(sheets: list[str]) -> dict[str, str]:
    chosen = sheets if len(sheets) == 1 else [sheet for sheet in sheets if sheet.strip().lower() == PLAN.name]
    if len(chosen) != 1:
        raise FileFaultError(value=", ".join(sheets), allowed="a sheet plan, or one sheet")
    return {chosen[0]: PLAN.name}
