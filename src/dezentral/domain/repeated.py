"""Keys that stand more than once in one object of JSON: parsers keep the last one and say nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Loc = tuple[int | str, ...]
Repeat = tuple[Loc, object, int]  # where, the value that is kept, how often the key stands
_Repeats = dict[int, tuple[object, dict[str, int]]]  # by identity; the object is held so that no other takes it


def repeated_keys(json_data: str | bytes | bytearray) -> tuple[Any, list[Repeat]]:
    """Return what JSON says (None if it cannot be read), and every key that stands more than once in an object.

    Examples
    --------
    >>> repeated_keys('{"rules": {"max_moves": 1, "max_moves": 2}}')
    ({'rules': {'max_moves': 2}}, [(('rules', 'max_moves'), 2, 2)])
    """
    repeats: _Repeats = {}

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            repeats[id(found)] = (found, {key: count for key, count in counts.items() if count > 1})
        return found

    try:
        data = json.loads(json_data, object_pairs_hook=once)
    except (TypeError, ValueError, RecursionError):
        return None, []
    return data, list(_located(data, repeats, ())) if repeats else []


def _located(here: object, repeats: _Repeats, loc: Loc) -> Iterator[Repeat]:
    if isinstance(here, dict):
        _, counts = repeats.get(id(here), (None, {}))
        for key, value in here.items():
            if key in counts:
                yield (*loc, key), value, counts[key]
            yield from _located(value, repeats, (*loc, key))
    elif isinstance(here, list):
        for position, value in enumerate(here):
            yield from _located(value, repeats, (*loc, position))
