"""What is aimed at, and what a run says about it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.case import DEZENTRAL
from benchmarks.measurement import Measurement
from benchmarks.registry import GROWTH, REPLANNED
from benchmarks.results import Results

_GAP = 1e-3
_SECONDS, _LATENCY = 1.0, 0.1
_COUNTRY_SECONDS, _COUNTRY_MB, _COUNTRY_GAP = 240.0, 4096.0, 5e-3
_STABILITY, _EVENNESS = 2, 3  # where these levels stand in the default policy
_ANCHORS_MB = 1536.0
_TIMES_FASTER, _EXPONENT, _IMPORTS, _REPLANNED = 10.0, 1.3, 1.3, 1 / 3


@dataclass(frozen=True)
class Verdict:
    """What was measured in words; whether the target is met, None where it was not measured."""

    measured: str
    met: bool | None


@dataclass(frozen=True)
class Target:
    """A row of the table of targets."""

    work: str
    aim: str
    judge: Callable[[Results], Verdict]


_NOT_RUN = Verdict("not measured", None)


def _city(case: str, most: float, most_mb: float = math.inf) -> Callable[[Results], Verdict]:
    def judge(results: Results) -> Verdict:
        ours, lp = _found(results, case), results.measurements.get((case, "lp"))
        if ours is None or lp is None or "search" not in lp.seconds:
            return _NOT_RUN
        ratio = ours.seconds["solve"] / lp.seconds["search"]
        text = (
            f"{ours.seconds['solve']:.1f} s against {lp.seconds['search']:.1f} s ({lp.columns:,} columns): "
            f"{ratio:.2f} ×, largest gap {_percent(ours.gap)}, {ours.peak_mb:,.0f} MB"
        )
        return Verdict(text, ratio <= most and is_proven(ours) and ours.peak_mb <= most_mb)

    return judge


def _unique(results: Results) -> Verdict:
    ours = _found(results, "unique")
    peers = [results.measurements.get(("unique", peer)) for peer in ("highs", "cpsat")]
    if ours is None or None in peers:
        return _NOT_RUN
    known = [peer for peer in peers if peer is not None]
    best = min(peer.seconds.get("solve", math.inf) for peer in known)
    words = "; ".join(f"{p.who}: {p.seconds.get('solve', math.nan):.1f} s, gap {_percent(_last_gap(p))}" for p in known)
    times = best / ours.seconds["solve"]
    text = f"{ours.seconds['solve']:.1f} s, gap {_percent(ours.gap)}; {words}: at least {times:.1f} × faster"
    return Verdict(text, is_proven(ours) and times >= _TIMES_FASTER)


def _occupied(results: Results) -> Verdict:
    ours, empty = _found(results, "city_occupied"), _found(results, "city")
    if ours is None or empty is None:
        return _NOT_RUN
    ratio = ours.seconds["solve"] / empty.seconds["solve"]
    text = f"{ours.seconds['solve']:.1f} s: {ratio:.2f} ×, largest gap {_percent(ours.gap)}"
    return Verdict(text, ratio <= 1 and is_proven(ours))


def _growth(results: Results) -> Verdict:
    found = [(size, _found(results, f"growth_{size}")) for size in GROWTH]
    known = [(size, row) for size, row in found if row is not None]
    if len(known) < len(GROWTH):
        return _NOT_RUN
    exponent = growth_exponent([size for size, _ in known], [row.seconds["solve"] for _, row in known])
    words = ", ".join(
        f"{size:,}: {row.seconds['solve']:.1f} s, largest gap {_percent(row.gap)}" for size, row in known
    )
    # Times until something else than a proof say nothing about how proofs grow.
    proven = all(is_proven(row) for _, row in known)
    return Verdict(f"exponent {exponent:.2f} ({words})", exponent <= _EXPONENT and proven)


def growth_exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return b of seconds ≈ a · size^b, by least squares of the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def _country(results: Results) -> Verdict:
    ours = _found(results, "country")
    if ours is None or len(ours.values) <= _EVENNESS:
        return _NOT_RUN
    value, bound = ours.values[_EVENNESS], ours.bounds[_EVENNESS]
    gap = None if bound is None else (value - bound) / max(1.0, abs(value))
    all_bound = None not in ours.bounds
    text = f"{ours.seconds['solve']:.0f} s, {ours.peak_mb:,.0f} MB, evenness gap {_percent(gap)}"
    text += ", bounds on every level" if all_bound else ", levels without bound"
    small = ours.seconds["solve"] <= _COUNTRY_SECONDS and ours.peak_mb <= _COUNTRY_MB
    return Verdict(text, small and all_bound and gap is not None and gap <= _COUNTRY_GAP)


def _alternatives(results: Results) -> Verdict:
    ours = _found(results, "alternatives")
    if ours is None or "later call" not in ours.figures:
        return _NOT_RUN
    later = ours.figures["later call"]
    first = ours.figures["first call"]
    return Verdict(f"{1000 * later:.0f} ms (first call {1000 * first:.0f} ms)", later <= _LATENCY)


def _replan(results: Results) -> Verdict:
    ours = [row for name in REPLANNED if (row := _found(results, name)) and len(row.values) > _STABILITY]
    if len(ours) < len(REPLANNED):
        return _NOT_RUN
    again, first = [row.seconds["solve"] for row in ours], [row.figures["first solve"] for row in ours]
    moved, least = [row.values[_STABILITY] for row in ours], [row.bounds[_STABILITY] for row in ours]
    ratio = sum(again) / sum(first)
    text = (
        f"{_each(again, '.1f')} s against {_each(first, '.1f')} s: {ratio:.2f} × altogether, "
        f"{_each(moved, '.0f')} persons moved, proven least: {moved == least}"
    )
    return Verdict(text, ratio <= _REPLANNED and moved == least and all(is_proven(row) for row in ours))


def _each(values: list[float], form: str) -> str:
    return ", ".join(f"{value:{form}}" for value in values)


def _check(results: Results) -> Verdict:
    ours = _found(results, "city")
    if ours is None:
        return _NOT_RUN
    checking, scoring = ours.seconds["check"], ours.seconds["score"]
    return Verdict(f"check {checking:.2f} s, score {scoring:.2f} s", max(checking, scoring) <= _SECONDS)


def _imports(results: Results) -> Verdict:
    ours = _found(results, "imports")
    if ours is None:
        return _NOT_RUN
    ratio, heavy = ours.figures["ratio"], int(ours.figures["heavy modules"])
    return Verdict(f"{ratio:.2f} ×, {heavy} of the three imported", ratio <= _IMPORTS and not heavy)


def _found(results: Results, case: str) -> Measurement | None:
    row = results.measurements.get((case, DEZENTRAL))
    return row if row is not None and "solve" in row.seconds else None


def is_proven(row: Measurement) -> bool:
    """Say whether every level is proven to the gap that the targets ask for."""
    return row.gap is not None and row.gap <= _GAP


def _last_gap(row: Measurement) -> float | None:
    if not row.values or row.bounds[-1] is None:
        return None
    return (row.values[-1] - row.bounds[-1]) / max(1.0, abs(row.values[-1]))


def _percent(gap: float | None) -> str:
    return "unknown" if gap is None else f"{gap:.2%}"


TARGETS = (
    Target("10,000 persons, default policy, levels to gap ≤ 1e-3", "≤ 0.1 × HiGHS' LP relaxation", _city("city", 0.1)),
    Target("the same, nearly every household unique", "≤ 0.33 ×, ≤ 1.5 GB", _city("city_anchors", 0.33, _ANCHORS_MB)),
    Target("1,000 unique households × 100 sites to 0.1 %", "≥ 10 × faster than HiGHS and CP-SAT", _unique),
    Target("10,000 persons, 90 % placed already", "no slower than the empty city", _occupied),
    Target("5,000 to 40,000 persons", "exponent of time ≤ 1.3", _growth),
    Target("a country: 100,000 persons, 2,000 sites, 400 districts", "≤ 240 s, ≤ 4 GB, evenness gap ≤ 0.5 %", _country),
    Target("one more household into a planned city", "≤ 100 ms after the first call", _alternatives),
    Target("re-planning it, five draws: ten more households, one site closed", "≤ ⅓ × the first solves", _replan),
    Target("`check`, `score` of a planned city", "≤ 1 s", _check),
    Target("`import dezentral`", "≤ 1.3 × cp_model, pandas, pydantic; no matplotlib, geopandas, dask", _imports),
)
