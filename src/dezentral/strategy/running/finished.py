"""Finished rows in a Parquet file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from dezentral.errors import MissingExtraError
from dezentral.solver import Status
from dezentral.strategy.running.task import Row
from dezentral.tables.formats.atomic import whole_file
from dezentral.tables.formats.file_errors import FileFaultError, require_size, system_errors
from dezentral.tables.formats.parquet_files import require_unpacked

_TAG, _CONTENT = b"dezentral", b"scenarios 1"
_FIXED = ("key", "scenario", "status", "digest", "seconds")
_ALLOWED = "a file that run_scenarios wrote with resume="


class Finished:
    """The rows that are finished, by key: read once, the file written anew with every new one.

    Raises
    ------
    TableError
        If the file is not one that this class wrote, or cannot be read or written.
    MissingExtraError
        If pyarrow is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pa = _pyarrow()
        self._names: dict[str, str] = {}
        self._rows: dict[str, Row] = {}
        with system_errors(path, _ALLOWED):
            if path.exists():
                self._read()

    def get(self, key: str) -> Row | None:
        """Return the row of a scenario, None if it is not finished."""
        return self._rows.get(key)

    def add(self, key: str, name: str, row: Row) -> None:
        """Keep a row; one with an error is not finished."""
        if row.error is None:
            self._names[key], self._rows[key] = name, row
            with system_errors(self.path, "a place where files can be written"):
                self._write()

    def _read(self) -> None:
        if not self.path.is_file():
            raise FileFaultError(value=str(self.path), allowed=_ALLOWED)
        require_size(self.path)
        try:
            require_unpacked(self.path, self._pa)
            table = self._pa.parquet.read_table(self.path)
            tag = (table.schema.metadata or {}).get(_TAG)
            cells = table.to_pylist()
        except (FileFaultError, OSError):
            raise
        except Exception as error:  # a damaged file makes its reader raise almost anything
            raise FileFaultError(value=type(error).__name__, allowed=_ALLOWED) from error
        if tag != _CONTENT or not set(_FIXED) <= set(table.column_names):
            raise FileFaultError(value="a file of another kind", allowed=_ALLOWED)
        for number, cell in enumerate(cells, start=1):
            if not _is_sound(cell):
                raise FileFaultError(value=cell["scenario"], allowed=_ALLOWED, row=number)
            self._names[cell["key"]], self._rows[cell["key"]] = cell["scenario"], _row(cell)

    def _write(self) -> None:
        levels = max(len(row.values) for row in self._rows.values())
        rows = sorted(self._rows.items(), key=lambda item: (self._names[item[0]], item[0]))
        columns: dict[str, tuple[list[Any], Any]] = {
            "key": ([key for key, _ in rows], self._pa.string()),
            "scenario": ([self._names[key] for key, _ in rows], self._pa.string()),
            "status": ([row.status for _, row in rows], self._pa.string()),
            "digest": ([row.digest for _, row in rows], self._pa.string()),
        }
        for i in range(levels):
            columns[f"value_{i + 1}"] = ([_at(row.values, i) for _, row in rows], self._pa.float64())
            columns[f"bound_{i + 1}"] = ([_at(row.bounds, i) for _, row in rows], self._pa.float64())
        columns["seconds"] = ([row.seconds for _, row in rows], self._pa.float64())
        table = self._pa.table(
            [self._pa.array(cells, type=kind) for cells, kind in columns.values()],
            schema=self._pa.schema(
                [(name, kind) for name, (_, kind) in columns.items()], metadata={_TAG: _CONTENT}
            ),
        )
        with whole_file(self.path) as staged:
            self._pa.parquet.write_table(table, staged)


def _at(values: tuple[float | None, ...], i: int) -> float | None:
    return values[i] if i < len(values) else None


def _row(cell: Mapping[str, Any]) -> Row:
    known = [i for i in takewhile(lambda i: f"value_{i}" in cell, count(1)) if cell[f"value_{i}"] is not None]
    return Row(
        status=cell["status"],
        digest=cell["digest"],
        values=tuple(cell[f"value_{i}"] for i in known),
        bounds=tuple(cell[f"bound_{i}"] for i in known),
        seconds=cell["seconds"],
    )


def _is_sound(cell: Mapping[str, Any]) -> bool:
    levels = [name.removeprefix("value_") for name in cell if name.startswith("value_")]
    numbers = [cell["seconds"], *(cell.get(f"{kind}_{i}") for i in levels for kind in ("value", "bound"))]
    return (
        isinstance(cell["key"], str)
        and isinstance(cell["scenario"], str)
        and cell["status"] in Status.__members__
        and isinstance(cell["digest"], str | None)
        and all(f"bound_{i}" in cell for i in levels)
        and all(number is None or (isinstance(number, float) and math.isfinite(number)) for number in numbers)
    )


def _pyarrow() -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError.for_extra(extra="parquet", what="resuming scenarios") from error
    return pa
