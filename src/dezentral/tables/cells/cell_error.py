"""What a single cell raises inside the tables; it never leaves them."""

from __future__ import annotations


class CellError(Exception):
    """A cell that does not hold what its column needs; the message says what is allowed."""
