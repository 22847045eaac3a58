"""From fractions to the whole numbers that CP-SAT computes with, in one place, guarded against overflow."""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Floats, Ints

LARGEST = 2.0**58  # a sum of |coefficient| × bound above this could overflow 64 bits inside the solver
_COMFORTABLE = 2.0**53
_EXACT = 1e-9
_FACTORS = (1, 2, 4, 5, 8, 10, 20, 25, 50, 100, 200, 500, 1000, 10**4, 10**5, 10**6, 10**7, 10**8, 10**9)


def whole(values: Floats, most: Floats) -> tuple[Ints, float, float]:
    """Scale coefficients to whole numbers, exactly where a factor makes them whole.

    Parameters
    ----------
    values
        Coefficients, shape (n,).
    most
        Largest absolute value of what each multiplies, shape (n,).

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
            if reach * unit * factor <= LARGEST and np.all(np.abs(scaled - rounded) <= _EXACT * np.abs(scaled)):
                return rounded.astype(np.int64), unit * factor, 0.0
    finest = 1.0 / smallest
    fitting = [finest * factor for factor in _FACTORS if reach * finest * factor <= _COMFORTABLE]
    scale = max(fitting, default=min(finest, LARGEST / max(reach, 1.0)))
    rounded = np.rint(values * scale)
    return rounded.astype(np.int64), scale, float(np.abs(rounded / scale - values) @ most)
