"""A city of two districts that is planned at once, and how its outcome is read.

Six persons on 3,000 + 1,000 inhabitants make targets of 4.5 and 1.5. Both households fit into "a" (6 and 0), or the
pair goes to "b" (4 and 2), which is best: 0.5² / 4.5 + 0.5² / 1.5 = 0.22.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import dezentral as dz


def city(**changes: Any) -> dz.Instance:
    fields = {
        "districts": [
            dz.District(id="a", name="=Above", population=3000),
            dz.District(id="b", name="Below", population=1000),
        ],
        "sites": [
            dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4, count=2)]),
            dz.Site(id="t", district="b", units=[dz.Unit(id="room", beds=2)]),
        ],
        "households": [dz.Household(id="secret-h4", size=4), dz.Household(id="secret-h2", size=2)],
        "name": "Two districts",
    }
    return dz.Instance(**{**fields, **changes})


def words(text: str) -> list[str]:
    """Return the lines of a text whatever the width of its columns."""
    return [" ".join(line.split()) for line in text.splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
