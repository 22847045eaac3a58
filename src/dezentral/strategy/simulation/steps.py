"""What a simulation returns."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dezentral.domain import Instance, Plan
from dezentral.solver import Result


class Step(NamedTuple):
    """What was planned on one day.

    Attributes
    ----------
    date
        The planning day; None where a simulation without any event has none.
    plan
        Of the households present on that day.
    result
        Of the solve; of a strategy that returns plans, FEASIBLE without bounds.
    """

    date: dt.date | None
    plan: Plan
    result: Result


@dataclass(frozen=True, slots=True)
class Simulation:
    """A city over time.

    Attributes
    ----------
    steps
        In the order of their dates.
    plan
        Of the last step.
    score
        Each level of the policy, averaged over the steps (in the units of its goals).
    instance
        As it was at the last step: the one that `plan` belongs to.
    bounds
        What hindsight has proven about `score`, level by level: no sequence of plans that is as good on the levels
        before has less; None = nothing proven, and always so for other strategies.

    Examples
    --------
    >>> import datetime as dt, dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ... )
    >>> family = dz.Household(id="h", size=3, arrival=dt.date(2026, 1, 5))
    >>> run = dz.simulate(city, [family], dz.Policy(levels=[dz.Level(dz.Placed())]))
    >>> [(str(step.date), len(step.plan.placements)) for step in run.steps], run.score
    ([('2026-01-05', 1)], (0.0,))
    """

    steps: tuple[Step, ...]
    plan: Plan
    score: tuple[float, ...]
    instance: Instance
    bounds: tuple[float | None, ...]


def averaged(scores: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """Return the mean of every level over the steps."""
    return tuple(math.fsum(values) / len(scores) for values in zip(*scores, strict=True))
