"""Calls of MathOpt that may fail inside a solver: a failure is no answer, never an exception."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from pybind11_abseil.status import StatusNotOk

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


def attempt(call: Callable[[], T]) -> T | None:
    """Return what a call returns, None if the solver behind it gave up.

    GLOP and HiGHS report numerical trouble as an internal error, as StatusNotOk or as RuntimeError.
    """
    try:
        return call()
    except (StatusNotOk, RuntimeError) as error:
        _LOG.debug("a solver gave up: %s", type(error).__name__)
        return None
