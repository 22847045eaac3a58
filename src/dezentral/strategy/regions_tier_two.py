"""Tier two at work: every region solved on its own, by any executor, within the time that is left."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from dezentral.domain import Instance
from dezentral.domain.policy import Policy
from dezentral.solver import Result, SolveParams, solve
from dezentral.strategy.regions_parts import Part


@dataclass(frozen=True)
class Slice:
    """A part of the time limit, in [0, 1].

    Attributes
    ----------
    share
        What a solve may take.
    least
        What it may take even where others have used up the time before it: no region goes without a plan.
    """

    share: float
    least: float = 0.0


@dataclass(frozen=True)
class Deadline:
    """The wall limit of the whole, in a form that other processes understand.

    Attributes
    ----------
    at
        Seconds since the epoch.
    """

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the deadline so many seconds from now."""
        return cls(time.time() + seconds)

    def within(self, params: SolveParams, slice_: Slice) -> tuple[SolveParams, bool]:
        """Return parameters with a part of the time limit, and whether the deadline cut that short.

        The part decides how much work is done; the deadline only breaks off what takes too long.
        """
        wanted, left = params.time_limit * slice_.share, self.at - time.time()
        given = min(wanted, max(left, params.time_limit * slice_.least))
        return params.model_copy(update={"time_limit": given}), given < wanted


@dataclass(frozen=True)
class Solved:
    """A region's result; `cut` = the deadline left it less time than its share."""

    result: Result
    cut: bool


def solve_parts(
    parts: Sequence[Part], params: SolveParams, slice_: Slice, deadline: Deadline, executor: Executor | None
) -> list[Solved]:
    """Solve every region with a part of the time limit each; one after another without an executor."""
    if executor is None:
        return [solve_within(part.instance, part.policy, params, slice_, deadline) for part in parts]
    futures = [
        executor.submit(solve_within, part.instance, part.policy, params, slice_, deadline) for part in parts
    ]
    return [future.result() for future in futures]


def solve_within(
    instance: Instance, policy: Policy, params: SolveParams, slice_: Slice, deadline: Deadline
) -> Solved:
    """Solve one instance with a part of the time limit, but not beyond the deadline."""
    limited, cut = deadline.within(params, slice_)
    return Solved(solve(instance, policy, limited), cut)
