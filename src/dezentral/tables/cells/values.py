"""Single values in cells: ids, texts, numbers, booleans, dates. What is read is what was written."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.numerals import read_number, read_whole

Dtype = Literal["text", "whole", "number", "boolean", "date", "geometry"]

_MISSING = frozenset({"NAType", "NaTType"})  # pandas' missing values, told without importing pandas
_EXACT = 2**53
_ENDLESS = 10**600  # Python writes numbers of some hundred digits, and refuses those of thousands
_ID = "an id as text (a number with decimals, a date or a truth value is none)"
_ID_CARRIED = "an id without spaces at its ends and without line breaks or control characters"
_TEXT_CARRIED = "text without NUL and without broken characters"
_DATE = "a date, e.g. 2026-01-31 or 31.01.2026"
_TRUE = frozenset({"true", "wahr", "ja", "j", "yes", "y", "x", "1", "1.0"})
_FALSE = frozenset({"false", "falsch", "nein", "n", "no", "0", "0.0"})
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: 00:00(?::00)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds.

    Attributes
    ----------
    read
        From a cell that is not empty to the record's value; raises `CellError`.
    write
        From the record's value to text, a number, a truth value, a date or None (empty); raises `CellError`.
    dtype
        Of the column in a frame.
    verbatim
        Whether spaces around the text belong to it.
    listed
        Whether a cell holds several values, and ``-`` is none of them.
    """

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    dtype: Dtype
    verbatim: bool = False
    listed: bool = False

    def value(self, cell: Any) -> Any:
        """Read any cell; None if it is empty."""
        plain = native(cell)
        if isinstance(plain, str) and not self.verbatim:
            plain = plain.strip() or None
        return None if plain is None else self.read(plain)


def native(cell: Any) -> Any:
    """Return a cell as a plain Python value; None for whatever means empty."""
    if isinstance(cell, np.datetime64):
        cell = None if np.isnat(cell) else cell.astype("datetime64[us]").item()
    elif isinstance(cell, np.generic):
        cell = cell.item()
    if cell is None or type(cell).__name__ in _MISSING or (isinstance(cell, float) and math.isnan(cell)):
        return None
    return None if isinstance(cell, str) and not cell else cell


def is_blank(cell: Any) -> bool:
    """Say whether a cell holds nothing but spaces."""
    plain = native(cell)
    return plain is None or (isinstance(plain, str) and not plain.strip())


def read_id(cell: Any) -> str:
    """Read an id; a spreadsheet's 7.0 is ``"7"``, text stays as it is."""
    if isinstance(cell, str):
        if "\0" in cell:
            raise CellError(_ID_CARRIED)
        return cell.strip()
    if isinstance(cell, bool):
        raise CellError(_ID)
    if isinstance(cell, int) and abs(cell) < _ENDLESS:
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    raise CellError(_ID)


def write_id(value: str | None) -> str | None:
    """Return the id if a cell can carry it."""
    if value is None:
        return None
    if not value or value != value.strip() or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
        raise CellError(_ID_CARRIED)
    return value


def _read_text(cell: Any) -> str:
    if isinstance(cell, str):
        if "\0" in cell:
            raise CellError(_TEXT_CARRIED)
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, float | dt.date) or (isinstance(cell, int) and abs(cell) < _ENDLESS):
        return str(cell)
    msg = "text"
    raise CellError(msg)


def write_text(value: str) -> str:
    """Return the text if files can carry it."""
    if "\0" in value or any(unicodedata.category(sign) == "Cs" for sign in value):
        raise CellError(_TEXT_CARRIED)
    return value


def _read_choice(cell: Any) -> str:
    return read_id(cell).lower()


def _read_boolean(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    word = str(cell).strip().casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    msg = "true or false (also ja/nein, yes/no, wahr/falsch, 1/0, x)"
    raise CellError(msg)


def read_date(cell: Any) -> dt.date:
    """Read a date: ISO or DD.MM.YYYY text, a date, or midnight of one."""
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            raise CellError(_DATE)
        return dt.date(cell.year, cell.month, cell.day)
    if isinstance(cell, dt.date):
        return cell
    text = cell.strip() if isinstance(cell, str) else ""
    try:
        if iso := _ISO.fullmatch(text):
            return dt.date(*map(int, iso.groups()))
        if german := _GERMAN.fullmatch(text):
            return dt.date(*map(int, reversed(german.groups())))
    except ValueError:
        pass  # e.g. 31.02.: refused like any other text that is no date
    raise CellError(_DATE)


def _same(value: Any) -> Any:
    return value


def _nothing(_value: Any) -> None:
    return None


ID = Kind(read_id, write_id, "text")
TEXT = Kind(_read_text, write_text, "text", verbatim=True)
CHOICE = Kind(_read_choice, _same, "text")
WHOLE = Kind(read_whole, _same, "whole")
NUMBER = Kind(read_number, _same, "number")
BOOLEAN = Kind(_read_boolean, _same, "boolean")
DATE = Kind(read_date, _same, "date")
IGNORED = Kind(_nothing, _same, "text")  # what a table tells its readers and is known from elsewhere
