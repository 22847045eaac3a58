"""From fractions to the whole numbers that CP-SAT computes with, in one place, guarded against overflow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Floats, Ints

TOLERANCE = 1e-6  # of one whole: what a bound may miss it by
LARGEST = 2.0**58  # a sum of |coefficient| × bound above this could overflow 64 bits inside the solver
_COMFORTABLE = 2.0**53
_EXACT = 1e-9  # of a coefficient: what it may be off by
_NEAR = 1e-6  # of one whole: what it may be off by, however large it is
_FLOAT = 2e-15  # of a coefficient: what it is off by anyhow, having come of a few sums and products
_SUMS = 1e-13  # relative error of a few sums in floats
_BEYOND = 8 * LARGEST  # no row reaches it
_LEAST, _MOST = -(2**63), 2**63 - 1  # no bound at all
_FACTORS = (
    1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 30, 50, 60, 100, 200, 300, 500, 1000, 3000, 10**4, 3 * 10**4, 10**5, 10**6,
    3 * 10**6, 10**7, 10**8, 10**9,
)  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """How an objective in whole numbers is read: (whole + offset) / factor, right but for an error.

    Large parts that cancel out do so in whole numbers, where nothing is lost.
    """

    factor: float
    offset: int
    error: float

    def read(self, bound: int) -> float:
        """Return the bound in the objective's own unit, lowered by the error."""
        return (bound + self.offset) / self.factor - self.error


def whole(values: Floats, most: Floats, enough: float = 0.0) -> tuple[Ints, float, float]:
    """Scale coefficients to whole numbers, exactly where a factor makes them whole.

    Parameters
    ----------
    values
        Coefficients, shape (n,).
    most
        Largest absolute value of what each multiplies, shape (n,).
    enough
        Error, as a part of the largest sum, at which a finer scale is not looked for: small numbers solve faster.

    Returns
    -------
    tuple
        Whole coefficients, the factor, and the largest error of the scaled sum (in the unit of `values`).
    """
    smallest = float(np.abs(values[values != 0]).min(initial=1.0))
    most = np.maximum(most, 1.0)  # a coefficient must fit even where nothing multiplies it
    reach = float(np.abs(values) @ most)
    for unit in (1.0, 1.0 / smallest):
        for factor in _FACTORS:
            scaled = values * (unit * factor)
            rounded = np.rint(scaled)
            if reach * unit * factor <= LARGEST and _is_exact(scaled, rounded):
                return rounded.astype(np.int64), unit * factor, 0.0
    finest = 1.0 / smallest
    fitting = [finest * factor for factor in _FACTORS if reach * finest * factor <= _COMFORTABLE]
    for scale in fitting or [min(finest, LARGEST / max(reach, 1.0))]:
        rounded = np.rint(values * scale)
        error = float(np.abs(rounded / scale - values) @ most)
        if error <= enough * reach:
            break
    return rounded.astype(np.int64), scale, error


def _is_exact(scaled: Floats, rounded: Floats) -> bool:
    size = np.abs(scaled)
    allowed = np.maximum(np.minimum(_EXACT * size, _NEAR), _FLOAT * size)
    return bool(np.all(np.abs(scaled - rounded) <= allowed))


def whole_bound(bound: float, factor: float, *, up: bool) -> int:
    """Scale the bound of a row; a tolerance keeps what a limit allows from being rounded away.

    A limit beyond all that a row can reach may be too large for 64 bits; one just beyond says the same.
    """
    if np.isinf(bound):
        return _LEAST if bound < 0 else _MOST
    scaled = min(max(bound * factor, -_BEYOND), _BEYOND)
    slack = TOLERANCE + _SUMS * abs(scaled)
    return int(np.ceil(scaled - slack)) if up else int(np.floor(scaled + slack))
