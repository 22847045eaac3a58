"""A sparse program while it is being written: variables and rows are added, then it is read as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_matrix, csr_matrix

Floats = NDArray[np.float64]


class Rows:
    """Rows low ≤ A v ≤ high over variables v ≥ 0."""

    def __init__(self, variables: int) -> None:
        self.width, self.height = variables, 0
        self._upper = [np.full(variables, np.inf)]
        self._whole = [np.zeros(variables, dtype=np.bool_)]
        self._low: list[Floats] = []
        self._high: list[Floats] = []
        self._entries: list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]] = []

    def add_variables(self, number: int, *, upper: float, whole: bool) -> int:
        """Add variables and return the position of the first."""
        self._upper.append(np.full(number, upper))
        self._whole.append(np.full(number, whole))
        self.width += number
        return self.width - number

    def add_rows(self, number: int, low: ArrayLike, high: ArrayLike) -> int:
        """Add empty rows and return the position of the first."""
        self._low.append(np.broadcast_to(np.asarray(low, dtype=np.float64), (number,)))
        self._high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), (number,)))
        self.height += number
        return self.height - number

    def put(self, rows: NDArray[np.int64], variables: NDArray[np.int64], factors: Floats) -> None:
        """Enter coefficients."""
        self._entries.append((np.asarray(rows), np.asarray(variables), np.asarray(factors, dtype=np.float64)))

    def variables(self) -> tuple[Floats, NDArray[np.bool_]]:
        """Return upper bounds and whether variables are whole."""
        return np.concatenate(self._upper), np.concatenate(self._whole)

    def sides(self) -> tuple[Floats, Floats]:
        """Return low and high."""
        if not self._low:
            return np.zeros(0), np.zeros(0)
        return np.concatenate(self._low), np.concatenate(self._high)

    def matrix(self) -> csr_matrix:
        """Return A."""
        parts = [np.concatenate([entry[part] for entry in self._entries]) for part in range(3)]
        return coo_matrix((parts[2], (parts[0], parts[1])), shape=(self.height, self.width)).tocsr()
