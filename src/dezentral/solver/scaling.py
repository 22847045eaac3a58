"""From fractions to the whole numbers that CP-SAT computes with, in one place, guarded against overflow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dezentral.compiled.arrays import Floats, Ints

TOLERANCE = 1e-6  # of one whole: what a bound may miss it by
LARGEST = 2.0**58  # a sum of |coefficient| × bound above this could overflow 64 bits inside the solver
_COMFORTABLE = 2.0**53
_EXACT = 1e-9  # of a coefficient: what it may be off by
_NEAR = 1e-6  # of one whole: what it may be off by, however large it is
_FLOAT = 5e-16  # of a coefficient: what it is off by anyhow, having come of a few sums and products
_DOUBTFUL = 1e-2  # of one whole: where floats may be off by more, everything would look whole
_SUMS = 1e-13  # relative error of a few sums in floats
_LAST = 3e-16  # the same, of a product
_SURE = 2**43  # up to which floats leave no doubt to which whole number fractions add up
_BEYOND = 8 * LARGEST  # no row reaches it
_LEAST, _MOST = -(2**63), 2**63 - 1  # no bound at all
_FACTORS = (
    1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 30, 50, 60, 100, 200, 300, 500, 1000, 3000, 10**4, 3 * 10**4, 10**5, 10**6,
    3 * 10**6, 10**7, 10**8, 10**9,
)  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """How an objective in whole numbers is read: (whole + offset) / factor + rest, right but for an error.

    Large parts that cancel out do so in whole numbers, where nothing is lost.
    """

    factor: float
    offset: int
    rest: float
    error: float

    @classmethod
    def of(cls, factor: float, constant: float, error: float) -> Scale:
        """Split the constant part of an objective into a whole number and the rest."""
        offset = round(constant * factor)
        rest = float(Fraction(constant) - Fraction(offset) / Fraction(factor))
        if abs(rest * factor) <= max(_NEAR, _FLOAT * abs(offset)):
            rest = 0.0
        if error or (factor != 1 and abs(offset) > _SURE):
            error += _LAST * abs(constant)
        return cls(factor, offset, rest, error)

    def read(self, bound: int) -> float:
        """Return the bound in the objective's own unit, lowered by the error."""
        return (bound + self.offset) / self.factor + self.rest - self.error


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
                sure = _FLOAT * np.abs(scaled).max(initial=0.0) <= _NEAR
                error = 0.0 if sure else _off(values, most, rounded, unit * factor)
                return rounded.astype(np.int64), unit * factor, error
    finest = 1.0 / smallest
    fitting = [finest * factor for factor in _FACTORS if reach * finest * factor <= _COMFORTABLE]
    for scale in fitting or [min(finest, _coarsest(values, most, LARGEST / max(reach, 1.0)))]:
        rounded = np.rint(values * scale)
        error = _off(values, most, rounded, scale)
        if error <= enough * reach:
            break
    return rounded.astype(np.int64), scale, error


def _off(values: Floats, most: Floats, rounded: Floats, scale: float) -> float:
    return float(np.abs(rounded / scale - values) @ most)


def _coarsest(values: Floats, most: Floats, highest: float) -> float:
    """Return the highest scale allowed at which what may become largest has a whole coefficient."""
    lead = float(np.abs(values[np.argmax(np.where(values != 0, most, -1.0))]))
    times = np.floor(highest * lead)
    return float(times / lead) if times else highest


def _is_exact(scaled: Floats, rounded: Floats) -> bool:
    size = np.abs(scaled)
    allowed = np.maximum(np.minimum(_EXACT * size, _NEAR), np.minimum(_FLOAT * size, _DOUBTFUL))
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
