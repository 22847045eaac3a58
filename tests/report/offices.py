"""Plans to report: sound ones, broken ones, ones with people left over and decisions by hand."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from shapely.geometry import box

import dezentral as dz
from dezentral.report.page import page

POLICY = dz.Policy.default()
BEDS = dz.Unit(id="beds", beds=100, sharing="dormitory")


def office(sizes: Iterable[int] = (9, 8, 7), housed: Iterable[int] = (20, 30), **more: Any) -> dz.Instance:
    """Return districts of 1,000 inhabitants with a public site each, and households to place."""
    housed = tuple(housed)
    fields = {
        "districts": [
            dz.District(
                id=f"d{i}", name=f"Town {i}", population=1000, housed=n, geometry=box(900 * i, 0, 900 * i + 900, 700)
            )
            for i, n in enumerate(housed)
        ],
        "sites": [
            dz.Site(id=f"s{i}", district=f"d{i}", units=[BEDS], x=900.0 * i + 100, y=100.0) for i in range(len(housed))
        ],
        "households": [dz.Household(id=f"secret-{i}", size=size) for i, size in enumerate(sizes)],
    }
    return dz.Instance(**{**fields, **more})


def plan_with(instance: dz.Instance, *sites: str | None, **more: Any) -> dz.Plan:
    """Return household i at sites[i]; None = unplaced."""
    pairs = list(zip(instance.households, sites, strict=True))
    return dz.Plan(
        placements=[dz.Placement(household=one.id, site=site, unit="beds") for one, site in pairs if site is not None],
        unplaced=[one.id for one, site in pairs if site is None],
        **more,
    )


def result_of(instance: dz.Instance, plan: dz.Plan, policy: dz.Policy = POLICY) -> dz.Result:
    """Return a result as if the plan had been found, unproven."""
    levels = [
        dz.LevelOutcome(
            goals=level.goals, value=value, bound=None, gap=None, status=dz.Status.FEASIBLE, final=value, seconds=0.0
        )
        for level, value in zip(policy.levels, dz.score(instance, policy, plan), strict=True)
    ]
    return dz.Result(
        status=dz.Status.FEASIBLE, plan=plan, levels=levels, seconds=0.0, reproducible=True, version={"dezentral": "0"}
    )


def report_of(instance: dz.Instance, plan: dz.Plan, language: Any = "en", policy: dz.Policy = POLICY) -> str:
    return page(instance, policy, result_of(instance, plan, policy), language)


class Reader(HTMLParser):
    """Read a page as its reader does: text, tables, headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._silent = self._in_cell = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._silent += tag == "style"
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self._in_cell = 1
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag == "style"
        if tag in {"td", "th"}:
            self._in_cell = 0

    def handle_data(self, data: str) -> None:
        if self._silent or not data.strip():
            return
        self.words.append(" ".join(data.split()))
        if self._in_cell:
            self.rows[-1][-1] += " ".join(data.split())

    @property
    def text(self) -> str:
        return "\n".join(self.words)

    def row(self, name: str) -> list[str]:
        """Return the row that names something in its first two cells."""
        return next(row for row in self.rows if any(cell.startswith(name) for cell in row[:2]))
