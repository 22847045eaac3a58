"""Several values in one cell: ``a;b``, ``school:2;kita:1``, ``x y weight;x y``; ``-`` is the empty set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from dezentral.domain import Anchor
from dezentral.errors import InstanceError
from dezentral.tables.cells.cell_error import CellError
from dezentral.tables.cells.numerals import read_number, read_whole
from dezentral.tables.cells.values import Kind, native, read_id, write_id, write_text

EMPTY_SET = "-"
_COUNTS = "names with whole numbers, e.g. school:2;kita:1, each name once"
_ANCHORS = "points as x y or x y weight in metres of the instance CRS, e.g. 513000 5402000 0.5;512000 5401000"
_PAIR, _TRIPLE = 2, 3


def _elements(cell: Any) -> list[Any]:
    """Split text at semicolons; take collections of frames as they are."""
    if isinstance(cell, str):
        parts = [part.strip() for part in cell.split(";")]
        return [] if parts == [EMPTY_SET] else [part for part in parts if part]
    if isinstance(cell, np.ndarray):
        cell = cell.tolist()
    if isinstance(cell, list | tuple):
        return [native(element) for element in cell]
    if isinstance(cell, set | frozenset):
        return sorted(map(native, cell), key=str)
    return [cell]


def _read_ids(cell: Any) -> tuple[str, ...]:
    return tuple(read_id(element) for element in _elements(cell))


def _read_names(cell: Any) -> frozenset[str]:
    return frozenset(_read_ids(cell))


def _read_counts(cell: Any) -> dict[str, int]:
    pairs: Iterable[tuple[Any, Any]] = cell.items() if isinstance(cell, Mapping) else map(_pair, _elements(cell))
    counts: dict[str, int] = {}
    for name, count in pairs:
        if native(count) is None and isinstance(cell, Mapping):
            continue  # a Parquet struct has every key in every row
        key = read_id(name)
        if not key or key in counts:
            raise CellError(_COUNTS)
        counts[key] = read_whole(native(count))
    return counts


def _pair(element: Any) -> tuple[Any, Any]:
    if isinstance(element, str):
        name, colon, count = element.rpartition(":")
        if colon:
            return name, count
    elif isinstance(element, tuple) and len(element) == _PAIR:  # a Parquet map
        return element
    raise CellError(_COUNTS)


def _read_anchors(cell: Any) -> tuple[Anchor, ...]:
    return tuple(_anchor(element) for element in _elements(cell))


def _anchor(element: Any) -> Anchor:
    if isinstance(element, Anchor):
        return element
    if isinstance(element, Mapping):
        parts = [element.get("x"), element.get("y"), element.get("weight", 1.0)]
    elif isinstance(element, str):
        parts = list(element.split())
    else:
        parts = list(element) if isinstance(element, list | tuple | np.ndarray) else []
    if len(parts) not in {_PAIR, _TRIPLE}:
        raise CellError(_ANCHORS)
    try:
        return Anchor(**dict(zip(("x", "y", "weight"), map(read_number, parts), strict=False)))
    except (CellError, InstanceError):
        raise CellError(_ANCHORS) from None


def _write_ids(values: Iterable[str] | None) -> str | None:
    """Join ids; None = empty cell, which is also how a list without elements looks."""
    return None if values is None else ";".join(_carried(value, ";") for value in values)


def _write_names(values: Iterable[str]) -> str | None:
    return _write_ids(sorted(values))


def _write_optional_names(values: Iterable[str] | None) -> str | None:
    return None if values is None else (_write_names(values) or EMPTY_SET)


def _write_counts(counts: Mapping[str, int]) -> str:
    return ";".join(f"{_carried(name, ';:')}:{count}" for name, count in counts.items())


def _write_anchors(anchors: Iterable[Anchor]) -> str:
    return ";".join(
        f"{anchor.x!r} {anchor.y!r}" + ("" if anchor.weight == 1 else f" {anchor.weight!r}") for anchor in anchors
    )


def _carried(value: str, reserved: str) -> str:
    """Refuse ids that the syntax of a list cannot carry."""
    write_text(value)
    write_id(value)
    if value == EMPTY_SET or any(sign in value for sign in reserved):
        signs = " or ".join(repr(sign) for sign in reserved)
        msg = f"an id without {signs} and other than '-': such a one cannot stand in a list"
        raise CellError(msg)
    return value


IDS = Kind(_read_ids, _write_ids, "text", listed=True)
NAMES = Kind(_read_names, _write_names, "text", listed=True)
OPTIONAL_NAMES = Kind(_read_names, _write_optional_names, "text", listed=True)
COUNTS = Kind(_read_counts, _write_counts, "text", listed=True)
ANCHORS = Kind(_read_anchors, _write_anchors, "text", listed=True)
