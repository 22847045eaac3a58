"""A run's measurements with machine and date, as a JSON file; a later run of the same day joins the earlier one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import describe
from benchmarks.measurement import Measurement

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Results:
    """Measurements by case and by who ran, and where they were taken."""

    date: str
    machine: dict[str, str]
    measurements: dict[tuple[str, str], Measurement]

    @classmethod
    def of(cls, date: str, measurements: Iterable[Measurement]) -> Results:
        """Collect measurements taken on this machine."""
        return cls(date, describe(), {(each.case, each.who): each for each in measurements})

    @classmethod
    def read(cls, path: Path) -> Results:
        """Read a file of `write`."""
        data = json.loads(path.read_text(encoding="utf-8"))
        rows = [Measurement.from_json(row) for row in data["measurements"]]
        return cls(data["date"], data["machine"], {(row.case, row.who): row for row in rows})

    def write(self, folder: Path) -> Path:
        """Write ``<date>.json``; what an earlier run of the day measured and this one did not, stays."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.date}.json"
        known = Results.read(path).measurements if path.exists() else {}
        merged = {**known, **self.measurements}
        data = {"date": self.date, "machine": self.machine, "measurements": [row.as_json() for row in merged.values()]}
        draft = path.with_suffix(".part")
        draft.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
        return path


def latest(folder: Path = RESULTS) -> Path | None:
    """Return the newest file of results, None without any."""
    return max(folder.glob("????-??-??.json"), default=None)
