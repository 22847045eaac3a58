"""Whole numbers as arguments."""

from __future__ import annotations

from numbers import Integral

from dezentral.errors import Fault, PolicyError


def is_whole(value: object) -> bool:
    """Say whether a value is a whole number; numpy's are, True and 2.0 are not."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def require_whole(function: str, argument: str, value: object, least: int) -> int:
    """Return a whole number, or refuse what is none or too small.

    Raises
    ------
    PolicyError
        If it is not a whole number of `least` or more.
    """
    if isinstance(value, Integral) and is_whole(value) and int(value) >= least:
        return int(value)
    raise PolicyError.of([Fault(function, argument, value, f"a whole number, {least} or more")])
