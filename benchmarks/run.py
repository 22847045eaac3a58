"""A run: every measurement in a fresh process, the peers of a case right after dezentral's own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.case import DEZENTRAL, Case
from benchmarks.measurement import Measurement
from benchmarks.peers.registry import PEERS

_ROOT = Path(__file__).parent.parent
_GRACE = 300.0  # seconds beyond the peer's own limit: writing a problem down is not limited
_OWN = 1_800.0  # seconds for dezentral, whose own limit is in its parameters
_TAIL = 300  # characters of an error that are kept


@dataclass(frozen=True)
class Wish:
    """What to run: peers by name (None = each case's own), a limit for them (None = each case's own), profiles."""

    peers: tuple[str, ...] | None = None
    peer_seconds: float | None = None
    profile: bool = False


def run(cases: Iterable[Case], wish: Wish) -> Iterator[Measurement]:
    """Measure dezentral and its peers, case by case."""
    for case in cases:
        ours = _child(case, DEZENTRAL, 0.0, (), profile=wish.profile)
        yield ours
        peers = case.peers if wish.peers is None else tuple(p for p in wish.peers if case.peers or p == "greedy")
        for peer in PEERS:
            if peer in peers:
                seconds = wish.peer_seconds or case.peer_seconds
                yield _child(case, peer, seconds, ours.values, profile=False)


def _child(case: Case, who: str, seconds: float, limits: Sequence[float], *, profile: bool) -> Measurement:
    arguments = [case.name, who, str(seconds), json.dumps(list(limits)), *(["profile"] if profile else [])]
    command = [sys.executable, "-m", "benchmarks.child", *arguments]
    most = _OWN if who == DEZENTRAL else seconds * max(1, len(case.policy.levels)) + _GRACE
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            command, cwd=_ROOT, capture_output=True, text=True, timeout=most, check=False
        )
    except subprocess.TimeoutExpired:
        return Measurement(case.name, who, f"no answer within {most:.0f} s", seconds={"solve": most})
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        return Measurement(case.name, who, f"failed: {last[0][:_TAIL]}")
    return Measurement.from_json(json.loads(done.stdout.strip().splitlines()[-1]))
