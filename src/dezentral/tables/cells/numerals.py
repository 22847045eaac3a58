"""Numbers as analysts write them: decimal points, decimal commas, unambiguous thousands separators."""

from __future__ import annotations

import re
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

from dezentral.tables.cells.cell_error import CellError

_NUMBER = "a number"
_WHOLE = "a whole number without a thousands separator"
_LONGEST = 40  # characters; no number of an instance needs more
_EXACT = 2**53  # beyond it a float does not say which whole number was meant

_POINT = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_THOUSANDS_BY_POINT = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})", re.ASCII)
_THOUSANDS_BY_COMMA = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})", re.ASCII)
_POINT_OR_THOUSANDS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}", re.ASCII)


def read_number(cell: Any) -> float:
    """Read a float; ``"1.234,5"`` and ``"1,234.5"`` are both 1234.5, ``"0,5"`` is 0.5."""
    if isinstance(cell, str):
        return float(_with_point(cell, _NUMBER))
    if isinstance(cell, bool) or not isinstance(cell, Real | Decimal):
        raise CellError(_NUMBER)
    return _as_float(cell, _NUMBER)


def read_whole(cell: Any) -> int:
    """Read a whole number; ``7.0`` is 7, but ``"12.345"`` may be 12 or 12 345 and is refused."""
    if isinstance(cell, str):
        text = cell.strip()
        if _POINT_OR_THOUSANDS.fullmatch(text):
            raise CellError(_WHOLE)
        plain = _with_point(text, _WHOLE)
        if plain.lstrip("+-").isdecimal():
            return int(plain)
        cell = float(plain)
    if isinstance(cell, bool) or not isinstance(cell, Real | Decimal):
        raise CellError(_WHOLE)
    if isinstance(cell, Integral):
        return int(cell)
    value = _as_float(cell, _WHOLE)
    if not value.is_integer() or abs(value) >= _EXACT:
        raise CellError(_WHOLE)
    return int(value)


def _as_float(cell: Any, allowed: str) -> float:
    try:
        return float(cell)
    except (ArithmeticError, ValueError):  # beyond all floats, or a decimal that signals
        raise CellError(allowed) from None


def _with_point(text: str, allowed: str) -> str:
    """Return the text as Python writes numbers."""
    text = text.strip().replace("−", "-")
    if len(text) <= _LONGEST:
        if _POINT.fullmatch(text):
            return text
        if _COMMA.fullmatch(text):
            return text.replace(",", ".")
        if _THOUSANDS_BY_POINT.fullmatch(text):
            return text.replace(".", "").replace(",", ".")
        if _THOUSANDS_BY_COMMA.fullmatch(text):
            return text.replace(",", "")
    raise CellError(allowed)
