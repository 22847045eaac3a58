"""The report: targets, every measurement beside its peers, profiles, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.case import DEZENTRAL
from benchmarks.measurement import Measurement
from benchmarks.peers.registry import PEERS
from benchmarks.registry import CASES
from benchmarks.results import Results
from benchmarks.targets import TARGETS, Verdict

_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_WORDS = {True: "met", False: "**missed**", None: "–"}
_COLUMNS = (
    "| who | solve | compile, first bound / formulate, search | check, score | peak | values by level | gap | status |",
    "|---|---|---|---|---|---|---|---|",
)
_SHORT = 60  # characters of a status


def markdown(results: Results) -> str:
    """Return the whole report."""
    return "\n".join([*_head(results), "", *targets_table(results), "", *_cases(results), *_profiles(results)]) + "\n"


def fill_in(readme: Path, results: Results) -> None:
    """Put machine, targets and measurements between the marks of a Markdown file."""
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    middle = "\n".join([*_head(results), "", *targets_table(results), "", *_cases(results)])
    readme.write_text(f"{before}{_BEGIN}\n{middle}\n{_END}{after}", encoding="utf-8")


def targets_table(results: Results) -> list[str]:
    """Return the table of the targets."""
    rows = ["| work | target | measured | |", "|---|---|---|---|"]
    for target in TARGETS:
        verdict: Verdict = target.judge(results)
        rows.append(f"| {target.work} | {target.aim} | {verdict.measured} | {_WORDS[verdict.met]} |")
    return rows


def _head(results: Results) -> list[str]:
    machine = results.machine
    versions = ", ".join(f"{name} {machine[name]}" for name in ("python", "dezentral", "ortools", "scipy", "numpy"))
    place = f"{machine['processor']}, {machine['cores']} cores, {machine['memory']} of memory, {machine['system']}"
    return [f"Measured on {results.date}: {place}; {versions}."]


def _cases(results: Results) -> Iterator[str]:
    for name, case in CASES.items():
        rows = [results.measurements.get((name, who)) for who in (DEZENTRAL, *PEERS)]
        found = [row for row in rows if row is not None]
        if not found or case.work in {"imports", "alternatives"}:
            continue
        yield f"**{case.title}** (`{name}`)" + (f", optimum {_numbers(case.optimum)}" if case.optimum else "")
        yield ""
        yield from _COLUMNS
        yield from (_row(row) for row in found)
        yield ""


def _row(row: Measurement) -> str:
    who = "**dezentral**" if row.who == DEZENTRAL else PEERS[row.who]
    parts = [name for name in ("compile", "bound", "formulate", "search") if name in row.seconds]
    cells = [
        who,
        _seconds(row, "solve"),
        ", ".join(_seconds(row, part) for part in parts),
        ", ".join(_seconds(row, part) for part in ("check", "score") if part in row.seconds),
        f"{row.peak_mb:,.0f} MB" if row.peak_mb else "–",
        _numbers(row.values) if row.values else _bound_alone(row),
        "–" if row.gap is None else f"{row.gap:.3%}",
        row.status[:_SHORT] + (f", **{row.violations} violations**" if row.violations else ""),
    ]
    return f"| {' | '.join(cells)} |"


def _bound_alone(row: Measurement) -> str:
    return f"bound {row.figures['bound']:,.6g}" if "bound" in row.figures else "no plan"


def _seconds(row: Measurement, phase: str) -> str:
    return f"{row.seconds[phase]:.2f} s" if phase in row.seconds else "–"


def _numbers(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:,.6g}" for value in values)


def _profiles(results: Results) -> Iterator[str]:
    for (case, who), row in results.measurements.items():
        if row.profile:
            yield from (f"Profile of `{case}` ({who}):", "", "```text", row.profile, "```", "")
