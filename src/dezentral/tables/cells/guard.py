"""Text that a spreadsheet would run as a formula, or take for a comment row, gets a leading apostrophe."""

from __future__ import annotations

import re
from typing import Any

# What makes a formula or breaks out of a cell, full-width forms included. Apostrophes before it are counted in, so that
# one more on writing and one less on reading is exact for every text.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_COMMENT = re.compile(r"'*#")


class Comment(str):
    """The first cell of a row that is meant as a comment: it is written as it is."""

    __slots__ = ()


def guarded(text: str, *, first: bool = False) -> str:
    """Return the text as it is safe in a spreadsheet.

    Parameters
    ----------
    text
        Of one cell.
    first
        Whether the cell is the first of its row, where ``#`` starts a comment.

    Examples
    --------
    >>> guarded("=1+1"), guarded("a=1"), guarded("'=1+1")
    ("'=1+1", 'a=1', "''=1+1")
    """
    if isinstance(text, Comment):
        return text
    return "'" + text if _FORMULA.match(text) or (first and _COMMENT.match(text)) else text


def unguarded(cell: Any, *, first: bool = False) -> Any:
    """Return the cell as it was before `guarded`.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'s-Hertogenbosch"), unguarded(-5)
    ('=1+1', "'s-Hertogenbosch", -5)
    """
    if isinstance(cell, str) and cell.startswith("'") and guarded(cell[1:], first=first) == cell:
        return cell[1:]
    return cell


def guarded_first(cell: Any) -> Any:
    """Guard the first cell of a row where only comments matter."""
    return "'" + cell if isinstance(cell, str) and not isinstance(cell, Comment) and _COMMENT.match(cell) else cell


def unguarded_first(cell: Any) -> Any:
    """Return the cell as it was before `guarded_first`."""
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") and _COMMENT.match(cell) else cell


def is_comment(cell: Any) -> bool:
    """Say whether a row that starts with this cell is a comment."""
    return isinstance(cell, str) and cell.lstrip().startswith("#")
