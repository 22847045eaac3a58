"""The bound of whole fillings raised step by step.

Subgradients that remember the directions before (Camerini, Fratta and Maffioli, 1975), with steps as long as the bound
is below what can be hoped for (Polyak, 1969).
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Floats
from dezentral.solver.fillings import Fillings

_MEMORY = 0.9  # of the directions before
_STEP = 0.05  # of Polyak's
_SHORTER, _PATIENCE = 0.8, 10  # steps are shortened after so many without a better bound
_CLOSE, _FARTHER = 0.25, 0.5  # of what was hoped for at first: when so little is missing, hope for so much more


class Ascent:
    """Where an ascent stands.

    Parameters
    ----------
    fillings
        What bounds.
    known
        A bound that is known already.
    ahead
        How far above it, or above where the ascent starts, the bound is not expected to come; if it nearly does, more
        is hoped for.

    Attributes
    ----------
    best, bound
        The best prices so far, and what they prove.
    """

    def __init__(self, fillings: Fillings, known: float, ahead: float) -> None:
        self._fillings, self._hoped, self._ahead = fillings, known + ahead, ahead
        self.best: Floats = fillings.admissible(fillings.start)
        self.bound = -np.inf
        self._prices, self._direction = self.best, np.zeros(len(self.best))
        self._step, self._idle = _STEP, 0

    def step(self) -> bool:
        """Take a step; False if there is none to take."""
        here = self._fillings.bound(self._prices)
        self._idle += 1
        if not np.isfinite(self.bound):
            self._hoped = max(self._hoped, here.value + self._ahead)
        if here.value > self.bound:
            self.bound, self.best, self._idle = here.value, self._prices, 0
        if self._hoped - self.bound < _CLOSE * self._ahead:
            self._hoped = self.bound + _FARTHER * self._ahead
        from_ = self._prices
        if self._idle >= _PATIENCE:
            from_, self._step, self._idle = self.best, self._step * _SHORTER, 0
        new = 1.0 - _MEMORY if self._direction.any() else 1.0
        self._direction = _MEMORY * self._direction + new * here.slope
        length, missing = float(self._direction @ self._direction), self._hoped - here.value
        if not length or missing <= 0:
            return False
        self._prices = self._fillings.admissible(from_ + self._step * missing / length * self._direction)
        return True
