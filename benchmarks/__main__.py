"""The one command: `python -m benchmarks run`, `report`, `list`, `record`."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.case import DEZENTRAL
from benchmarks.digests import record, recorded
from benchmarks.measurement import Measurement
from benchmarks.peers.registry import PEERS
from benchmarks.pictures import draw
from benchmarks.registry import CASES, SMOKE
from benchmarks.report import fill_in, markdown
from benchmarks.results import RESULTS, Results, latest
from benchmarks.run import Wish, run

_SAME = 1e-6  # relative: what a solver may leave
_README = Path(__file__).parent / "README.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 1 if something failed or a known optimum was missed."""
    given = _parser().parse_args(arguments)
    work = {"run": _run, "report": _report, "list": _list, "record": _record}[given.command]
    return work(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run", help="measure, and write results and report")
    running.add_argument("--only", nargs="+", choices=sorted(CASES), metavar="CASE", help="these cases (see list)")
    running.add_argument("--peers", nargs="*", choices=sorted(PEERS), help="these peers instead of each case's own")
    running.add_argument("--peer-seconds", type=float, help="limit for each peer instead of each case's own")
    running.add_argument("--smoke", action="store_true", help="four small cases, each peer once")
    running.add_argument("--profile", action="store_true", help="say what dezentral's time is spent on")
    running.add_argument("--out", type=Path, default=RESULTS, help="folder for results, report and pictures")
    running.add_argument("--date", default=dt.date.today().isoformat(), help="name of the results")  # noqa: DTZ011  the reader's own day
    reporting = commands.add_parser("report", help="fill the newest results into README.md")
    reporting.add_argument("--results", type=Path, help="a file of results instead of the newest")
    commands.add_parser("list", help="list the cases")
    commands.add_parser("record", help="write stored instances and digests anew, after a change on purpose")
    return parser


def _run(given: argparse.Namespace) -> int:
    smoke = [replace(CASES[name], peers=peers) for name, peers in SMOKE.items()]
    cases = smoke if given.smoke else [CASES[name] for name in given.only or CASES]
    wish = Wish(None if given.peers is None else tuple(given.peers), given.peer_seconds, given.profile)
    found, digests, sound = [], recorded(), True
    for measured in run(cases, wish):
        found.append(measured)
        complaint = _complaint(measured, digests)
        sound &= not complaint
        took = f"{measured.seconds['solve']:8.2f} s" if "solve" in measured.seconds else "       – "
        print(f"{measured.case:16} {measured.who:10} {took}  {measured.status[:60]} {complaint}", flush=True)
        path = Results.of(given.date, found).write(given.out)  # after each one: a long run may be broken off
    results = Results.read(path)
    (given.out / f"{given.date}.md").write_text(markdown(results), encoding="utf-8")
    draw(results, given.out)
    print(f"\n{given.out / given.date}.md")
    return 0 if sound else 1


def _complaint(measured: Measurement, digests: dict[str, str]) -> str:
    """Say what is wrong with a measurement; empty if nothing is. A peer without a plan is no fault."""
    case = CASES[measured.case]
    if measured.status.startswith("failed"):
        return "FAILED"
    if measured.violations:
        return f"{measured.violations} VIOLATIONS"
    if measured.case in digests and measured.instance and digests[measured.case] != measured.instance:
        return "ANOTHER INSTANCE than the recorded one"
    if measured.who == DEZENTRAL and case.optimum:
        pairs = zip(measured.values, case.optimum, strict=True)
        off = [abs(value - best) > _SAME * max(1.0, abs(best)) for value, best in pairs]
        return "MISSES THE OPTIMUM" if any(off) or not off else ""
    return ""


def _report(given: argparse.Namespace) -> int:
    path = given.results or latest()
    if path is None:
        print("no results yet: python -m benchmarks run")
        return 1
    fill_in(_README, Results.read(path))
    print(f"{_README} has the figures of {path.name}")
    return 0


def _list(_given: argparse.Namespace) -> int:
    for name, case in CASES.items():
        print(f"{name:16} {case.title}; peers: {', '.join(case.peers) or 'none'}")
    return 0


def _record(_given: argparse.Namespace) -> int:
    record()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
