"""A city whose solve is cut off at every moment, by the clock and by its listener: what it still says must be true.

``python -m benchmarks.trust.deadlines --persons 1500`` solves the city of Stuttgart to its end, then again with parts
of that time, then with a listener that answers ``False`` at one of its calls. Of every answer the plan is checked and
scored by the specification, statuses and gaps are read again, and every bound is held against every plan of the other
answers that keeps the limits of the levels before. How late each came is told, and judged by nobody. It ends with 1
if anything said was false.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import dezentral as dz
from benchmarks.trust.cities import add_city, asked_for
from benchmarks.trust.truth import false_bounds, more, near

_PARTS = (0, 0.001, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_CALLS = 10
Listener = Callable[[dz.Progress], bool]


@dataclass(frozen=True)
class Answer:
    """A result, and what its plan comes to by the specification."""

    name: str
    result: dz.Result
    values: tuple[float, ...]


class Stopper:
    """A listener that answers False from one of its calls on (never, if None), and notes when."""

    def __init__(self, call: int | None = None) -> None:
        self.call, self.calls, self.at = call, 0, None

    def __call__(self, progress: dz.Progress) -> bool:
        """Answer one call."""
        del progress
        self.calls += 1
        if self.call is None or self.calls < self.call:
            return True
        self.at = self.at or time.perf_counter()
        return False


def main() -> int:
    """Cut the solve off again and again, and say what was false."""
    options = _options()
    city, policy = asked_for(options)
    answers, faults = [], []
    listener = Stopper()
    began = time.perf_counter()
    answers.append(_answer("to its end", city, policy, 3600.0, listener))
    seconds = time.perf_counter() - began
    cuts = [(f"{part} of the time", seconds * part, Stopper()) for part in _PARTS]
    calls = sorted({max(1, listener.calls * step // _CALLS) for step in range(_CALLS + 1)})
    cuts += [(f"stopped at call {call}", 3600.0, Stopper(call)) for call in calls]
    for name, limit, stopper in cuts:
        began = time.perf_counter()
        answers.append(_answer(name, city, policy, limit, stopper))
        print(f"    {time.perf_counter() - (stopper.at or began + limit):+.2f} s late", flush=True)
    for answer in answers:
        faults += _untrue(city, policy, answer)
    for one, other in product(answers, repeat=2):
        told = false_bounds(policy, one.result, other.values)
        faults += [f"{one.name}: {fault}, the plan {other.name}" for fault in told]
    print(f"{len(answers)} answers, {len(faults)} faults\n" + "\n".join(faults))
    return int(bool(faults))


def _answer(name: str, city: dz.Instance, policy: dz.Policy, limit: float, listener: Listener) -> Answer:
    result = dz.solve(city, policy, dz.SolveParams(time_limit=limit), on_progress=listener)
    gaps = " ".join("–" if level.gap is None else f"{level.gap:.1e}" for level in result.levels)
    print(f"{name}: {result.status.value}, gaps {gaps}", flush=True)
    return Answer(name, result, dz.score(city, policy, result.plan))


def _untrue(city: dz.Instance, policy: dz.Policy, answer: Answer) -> Iterator[str]:
    """Yield what the specification says otherwise, and what contradicts itself."""
    result = answer.result
    if dz.check(city, policy, result.plan):
        yield f"{answer.name}: the plan breaks a rule"
    if (result.status is dz.Status.OPTIMAL) != all(one.status is dz.Status.OPTIMAL for one in result.levels):
        yield f"{answer.name}: {result.status.value} against its levels"
    for number, (level, value) in enumerate(zip(result.levels, answer.values, strict=True), start=1):
        place = f"{answer.name}, level {number}"
        if not near(level.final, value):
            yield f"{place}: {level.final}, and the specification says {value}"
        if more(value, policy.levels[number - 1].limit(level.value)):
            yield f"{place}: {value} is beyond the limit of {level.value}"
        proven = level.gap is not None and (level.gap <= dz.SolveParams().gap or level.value - level.bound < 1)
        if level.status is dz.Status.OPTIMAL and not proven:
            yield f"{place}: OPTIMAL at a gap of {level.gap}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_city(parser, 1_500)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
