"""Changed copies of records, checked like any other."""

from __future__ import annotations

from typing import Any, TypeVar

from dezentral.domain.record import Record

R = TypeVar("R", bound=Record)


def changed(record: R, **fields: Any) -> R:
    """Return a record with some fields changed."""
    return type(record)(**{name: getattr(record, name) for name in type(record).model_fields} | fields)
