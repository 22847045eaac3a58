"""The mark of what was given, refused and reported: nothing else is to follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class _Refused:
    """Stands where a value was given that is already reported as refused."""

    def __repr__(self) -> str:
        return "(refused)"


REFUSED = _Refused()


def entries(value: object) -> tuple[Any, ...]:
    """Return the readable entries of a collection (the keys of a mapping)."""
    if isinstance(value, list):  # only what was never accepted is still a list
        return tuple(entry for entry in value if entry is not REFUSED)
    if isinstance(value, tuple):
        return value
    return tuple(value) if isinstance(value, set | frozenset | Mapping) else ()


def labelled(instance: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the readable records of one kind with what to call them: by id, or else by position."""
    for position, record in enumerate(entries(getattr(instance, name + "s"))):
        yield f"{name} {record.id!r}" if isinstance(record.id, str) else f"instance, {name}s[{position}]", record
