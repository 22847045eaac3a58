"""One measurement in a process of its own: `python -m benchmarks.child CASE WHO SECONDS LIMITS [profile]`."""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import dezentral as dz
from benchmarks.case import DEZENTRAL, Case
from benchmarks.digests import digest
from benchmarks.imports import measure_imports
from benchmarks.measurement import Measurement
from benchmarks.peers.registry import run_peer
from benchmarks.phases import _WORKERS, measure_alternatives, measure_regions, measure_replan, measure_solve, timed
from benchmarks.profiles import profiled
from benchmarks.registry import CASES
from dezentral.domain import Instance

_WORKS: dict[str, Callable[[Case, Instance], Measurement]] = {
    "solve": measure_solve,
    "regions": measure_regions,
    "alternatives": measure_alternatives,
    "replan": measure_replan,
}
_KIB = 1024


def main(arguments: Sequence[str]) -> None:
    """Measure what the arguments say and print one line of JSON."""
    name, who, seconds, limits, *more = arguments
    case = CASES[name]
    building, instance = timed(case.build)

    def work() -> Measurement:
        return measure(case, who, instance, float(seconds), json.loads(limits))

    table, measured = profiled(work) if "profile" in more else ("", work())
    measured = replace(
        measured,
        seconds={"build": building, **measured.seconds},
        peak_mb=_peak_mb(),
        instance=digest(instance),
        profile=table,
    )
    print(json.dumps(measured.as_json()))


def measure(case: Case, who: str, instance: Instance, seconds: float, limits: Sequence[float]) -> Measurement:
    """Let dezentral or a peer work on a case."""
    if who == DEZENTRAL:
        return measure_imports(case) if case.work == "imports" else _WORKS[case.work](case, instance)
    answer = run_peer(who, case, instance, seconds, limits)
    took = {**answer.seconds, "solve": sum(answer.seconds.values())}
    bare = Measurement(case.name, who, answer.status, seconds=took, columns=answer.columns)
    if answer.plan is None:
        bound = answer.bounds[-1]
        return bare if bound is None else replace(bare, figures={"bound": bound})
    return replace(
        bare,
        values=dz.score(instance, case.policy, answer.plan),
        bounds=answer.bounds,
        violations=len(dz.check(instance, case.policy, answer.plan)),
    )


def _peak_mb() -> float:
    """Peak of this process, plus the largest peak of a worker once for each that may run at a time."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return float(own + _WORKERS * worker) / _KIB


if __name__ == "__main__":
    logging.disable()
    main(sys.argv[1:])
