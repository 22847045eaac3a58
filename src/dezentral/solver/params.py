"""How long and how exactly to solve."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from dezentral.domain.record import Record
from dezentral.errors import DezentralError, Fault, PolicyError


class SolveParams(Record):
    """Limits and habits of a solve.

    Attributes
    ----------
    time_limit
        Seconds of wall time, a safety net: then the best plan so far is returned, about a second later at most in a
        city of 10,000 persons. Where it strikes, the plan depends on the machine's load (`Result.reproducible`).
    gap
        Relative gap at which a level counts as optimal.
    seed
        Of everything random.
    workers
        Parallel searches; None = a fixed number that does not depend on the machine.
    deterministic
        Whether the same input must give the same plan, whatever the machine's load.

    Raises
    ------
    PolicyError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.SolveParams(gap=0.0).time_limit
    60.0
    """

    error: ClassVar[type[DezentralError]] = PolicyError

    time_limit: Annotated[float, Field(ge=0, le=1e9)] = 60.0
    gap: Annotated[float, Field(ge=0, le=1e6)] = 1e-3
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    workers: Annotated[int, Field(ge=1, le=256)] | None = None
    deterministic: bool = True

    @classmethod
    def given_or(cls, given: object, default: SolveParams | None = None) -> SolveParams:
        """Return what was given, the default for None.

        Raises
        ------
        PolicyError
            If it is anything else.
        """
        if given is None:
            return cls() if default is None else default
        if not isinstance(given, cls):
            raise PolicyError.of([Fault("arguments", "params", type(given).__name__, "SolveParams, or None")])
        return given
