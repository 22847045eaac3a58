"""One scenario: what is solved, by what it is recognised, what comes out."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from typing import NamedTuple

from dezentral.domain import Instance
from dezentral.domain.policy import Policy
from dezentral.solver import Result, SolveParams
from dezentral.solver.solve import solve_unless_interrupted


class Task(NamedTuple):
    """What is solved."""

    instance: Instance
    policy: Policy
    params: SolveParams

    @property
    def key(self) -> str:
        """SHA-256 of all that decides about the result: instance, policy, parameters and versions."""
        parts = [part.model_dump_json() for part in self]
        parts += [version(name) for name in ("dezentral", "ortools")]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Row(NamedTuple):
    """What came out, or what went wrong.

    Attributes
    ----------
    status
        Of the result; None if there is none.
    digest
        Of the plan.
    values, bounds
        Per level; None = nothing.
    seconds
        Of the solve.
    error
        What went wrong.
    """

    status: str | None = None
    digest: str | None = None
    values: tuple[float | None, ...] = ()
    bounds: tuple[float | None, ...] = ()
    seconds: float | None = None
    error: str | None = None

    @classmethod
    def of(cls, result: Result) -> Row:
        """Read a result."""
        return cls(
            status=result.status.value,
            digest=None if result.plan is None else result.plan.digest,
            values=tuple(level.value for level in result.levels),
            bounds=tuple(level.bound for level in result.levels),
            seconds=result.seconds,
        )

    @classmethod
    def failed(cls, error: BaseException) -> Row:
        """Note why there is no result."""
        return cls(error=f"{type(error).__name__}: {error}")


def run_task(task: Task, attempt: str = "") -> Row:
    """Solve; runs in any process.

    Parameters
    ----------
    task
        What is solved.
    attempt
        Tells this call from earlier ones for the same task; not read.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C came during the solve, which alone would return the best plan so far: no result of the scenario.
    """
    del attempt
    return Row.of(solve_unless_interrupted(*task))
