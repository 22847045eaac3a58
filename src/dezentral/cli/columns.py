"""Rows of text in columns."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """Return rows as lines whose columns stand below each other.

    Parameters
    ----------
    rows
        All as long as `sides`.
    sides
        ``<`` for each column that starts at the left, ``>`` for each that ends at the right.

    Examples
    --------
    >>> aligned([["id", "persons"], ["07", "9"]], "<>")
    ['  id  persons', '  07        9']
    """
    widths = [max(len(row[i]) for row in rows) for i in range(len(sides))]
    return [
        "".join(f"  {cell:{side}{width}}" for cell, side, width in zip(row, sides, widths, strict=True)).rstrip()
        for row in rows
    ]
