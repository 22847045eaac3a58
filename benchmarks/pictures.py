"""Plots of a run: time beside the peers, growth with size. Only where matplotlib is installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.case import DEZENTRAL
from benchmarks.peers.registry import PEERS
from benchmarks.registry import CASES, GROWTH
from benchmarks.results import Results
from benchmarks.targets import is_proven

_OURS, _OTHERS = "#0b6e4f", "#b8c4bb"


def draw(results: Results, folder: Path) -> list[Path]:
    """Write the pictures for which there are figures; none without matplotlib."""
    if find_spec("matplotlib") is None:
        return []
    from matplotlib.figure import Figure  # noqa: PLC0415

    drawn = []
    for name, plot in (("peers", _peers), ("growth", _growth)):
        figure = Figure(figsize=(8, 5), layout="constrained")
        if plot(figure.subplots(), results):
            drawn.append(folder / f"{name}.png")
            figure.savefig(drawn[-1], dpi=150)
    return drawn


def _peers(axes: Any, results: Results) -> bool:
    """Bars of seconds, one group for each case that has peers."""
    labels, seconds, colours = [], [], []
    for name in CASES:
        rows = [(who, results.measurements.get((name, who))) for who in (DEZENTRAL, *PEERS)]
        known = [(who, row.seconds["solve"]) for who, row in rows if row is not None and "solve" in row.seconds]
        if len(known) > 1:
            labels += [f"{name}: {who}" for who, _ in known]
            seconds += [max(took, 1e-3) for _, took in known]
            colours += [_OURS if who == DEZENTRAL else _OTHERS for who, _ in known]
    if not labels:
        return False
    axes.barh(range(len(labels)), seconds, color=colours)
    axes.set_yticks(range(len(labels)), labels, fontsize=6)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("seconds (logarithmic), limits included")
    return True


def _growth(axes: Any, results: Results) -> bool:
    """Seconds over persons, both logarithmic; a proof is a filled point."""
    rows = [(size, results.measurements.get((f"growth_{size}", DEZENTRAL))) for size in GROWTH]
    known = [(size, row) for size, row in rows if row is not None and "solve" in row.seconds]
    if len(known) < 2:  # noqa: PLR2004  a line needs two points
        return False
    seconds = [row.seconds["solve"] for _, row in known]
    axes.loglog([size for size, _ in known], seconds, color=_OURS, zorder=0)
    for proven, fill, label in ((True, _OURS, "proven"), (False, "white", "ended without proof")):
        some = [(size, row.seconds["solve"]) for size, row in known if is_proven(row) is proven]
        axes.scatter(*zip(*some, strict=True) if some else ((), ()), color=fill, edgecolor=_OURS, label=label)
    for axis, ticks in ((axes.xaxis, [size for size, _ in known]), (axes.yaxis, [round(took) for took in seconds])):
        axis.set_ticks(ticks, [f"{tick:,}" for tick in ticks])
        axis.set_ticks([], minor=True)
    axes.set_xlabel("persons")
    axes.set_ylabel("seconds")
    axes.legend()
    return True
