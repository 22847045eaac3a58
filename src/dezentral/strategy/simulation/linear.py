"""A mixed-integer program that is built term by term."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from dezentral.solver.watch import Watch

Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Terms = Mapping[int, float]
_NODES = 60  # of the branch and bound: a number, not seconds, so that the answer is always the same
_GAP = 2e-3


class Program:
    """Minimise Σ cost × variable under linear constraints.

    Attributes
    ----------
    bound
        What the latest solve has proven: no values cost less; None = nothing.
    """

    def __init__(self) -> None:
        self.bound: float | None = None
        self.costs: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self._entries: list[tuple[int, int, float]] = []
        self._most: list[float] = []
        self._least: list[float] = []

    def variable(self, cost: float = 0.0, upper: float = np.inf, *, whole: bool = False) -> int:
        """Add a variable of at least 0 and return its number."""
        self.costs.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.costs) - 1

    def limit(self, terms: Iterable[tuple[int, float]], most: float, least: float = -np.inf) -> None:
        """Demand least ≤ Σ factor × variable ≤ most."""
        row = len(self._most)
        self._entries += [(row, number, factor) for number, factor in terms if factor]
        self._most.append(most)
        self._least.append(least)

    def solve(self, nodes: int = _NODES, gap: float = _GAP, seconds: float = np.inf) -> Values | None:
        """Return the variables' values, None if none are found."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  keeps the names light to use
        from scipy.sparse import csr_array  # noqa: PLC0415

        if not self.costs:
            return np.zeros(0)
        rows, columns, factors = zip(*self._entries, strict=True) if self._entries else ((), (), ())
        place = (np.array(rows, dtype=np.int32), np.array(columns, dtype=np.int32))  # what SciPy before 1.15 asks for
        matrix = csr_array((factors, place), shape=(len(self._most), len(self.costs)))
        found = Watch(math.inf).run(  # Ctrl-C waits for no branch and bound
            lambda: milp(
                np.array(self.costs),
                integrality=np.array(self.whole, dtype=np.int64),
                bounds=Bounds(np.zeros(len(self.costs)), np.array(self.upper)),
                constraints=LinearConstraint(matrix, np.array(self._least), np.array(self._most)),
                options={"node_limit": nodes, "mip_rel_gap": gap, "time_limit": seconds},
            ),
            lambda: None,
        )
        assert found is not None, "without a limit nothing is left behind"  # noqa: S101
        self.bound = found.mip_dual_bound
        return None if found.x is None else np.asarray(found.x)
