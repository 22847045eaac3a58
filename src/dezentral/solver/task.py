"""One level's work order, and what comes back."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from dezentral.compiled.arrays import Ints
from dezentral.solver.params import SolveParams
from dezentral.solver.pricing import Prices
from dezentral.solver.stage import Stage
from dezentral.solver.watch import Watch

_WORK = 0.2  # of the time limit
SOLVER_NOISE = 1e-4  # what a solver's floats may add to a bound


@dataclass(frozen=True)
class Task:
    """A level to be solved from a plan that respects everything but may be far from best.

    Attributes
    ----------
    stage
        The level's program.
    assignment
        Pool of each household in the best plan so far, −1 = unplaced.
    value
        Its value on this level.
    shapes
        Shape of each type: its type on the levels before; None where this level tells no more households apart.
    coarser
        Builds the same level over these shapes; what a place costs there means nothing.
    evaluate
        Value of a plan on this level, None if it breaks the limits of the levels before.
    tolerance
        Absolute distance between value and bound at which the level counts as optimal, for a value.
    gap
        Relative gap at which to stop: 0 on levels of counts, where every person matters.
    params, watch
        Habits and clock of the solve.
    report
        To be told value and bound whenever one of them improves.
    step
        Between two possible values of the level; None = there is no such step.
    """

    stage: Stage
    assignment: Ints
    value: float
    shapes: Ints | None
    coarser: Callable[[], Stage]
    evaluate: Callable[[Ints], float | None]
    tolerance: Callable[[float], float]
    gap: float
    params: SolveParams
    watch: Watch
    report: Callable[[float, float | None], None]
    step: float | None = None

    def rounded(self, bound: float) -> float:
        """Return the least possible value that is not below a bound."""
        return rounded(bound, self.step)

    @property
    def work(self) -> float:
        """Deterministic time that one call of CP-SAT may take."""
        return self.params.time_limit * _WORK


@dataclass(frozen=True)
class Found:
    """What a level's solve brings.

    Attributes
    ----------
    assignments
        Plans worth a look, best last.
    bound
        Proven lower bound, −inf without.
    prices
        Those that prove the most, None without a relaxation.
    """

    assignments: tuple[Ints, ...]
    bound: float
    prices: Prices | None = None


def rounded(bound: float, step: float | None, noise: float = SOLVER_NOISE) -> float:
    """Round a bound up where values between two steps do not exist, but for what floats may have added to it."""
    return step * math.ceil(bound / step - noise) if step and math.isfinite(bound) else bound
