"""Read-only arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Numbers = np.ndarray[Any, Any]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


def frozen(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the array, which nobody may write to any more."""
    array.setflags(write=False)
    return array


def ints(values: Any) -> Ints:
    """Return whole numbers as a read-only int64 array."""
    return frozen(np.asarray(list(values), dtype=np.int64))
