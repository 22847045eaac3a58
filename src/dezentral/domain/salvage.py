"""What can still be read of a refused input, so that its references are judged together with its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError

from dezentral.domain.faults import joined, place
from dezentral.domain.record import Clash, Record
from dezentral.domain.refused import REFUSED
from dezentral.errors import Fault

Loc = tuple[int | str, ...]
_Found = list[tuple[Loc, Clash]]
_COLLECTIONS = (list, tuple, set, frozenset)


def salvaged(cls: type[Record], data: object, error: ValidationError) -> tuple[SimpleNamespace, list[Fault]]:
    """Read what is left of `data` as `cls`, and list the clashes that pydantic did not come to see.

    `REFUSED` stands for what was refused. Pydantic looks at fields that must fit each other only once each of them
    is right alone; here they are looked at wherever they can be read.
    """
    refused = [tuple(entry["loc"]) for entry in error.errors(include_url=False, include_input=False)]
    found: list[tuple[Loc, Clash]] = []
    record = _record(cls, data, refused, (), found)
    faults = []
    for loc, clash in found:
        label, field = place(cls, loc, data)
        faults.append(Fault(label, joined(field, clash.field), clash.value, clash.allowed))
    return record, faults


def _record(cls: type[Record], data: object, refused: list[Loc], here: Loc, found: _Found) -> SimpleNamespace:
    if isinstance(data, cls):
        return SimpleNamespace(**{name: getattr(data, name) for name in cls.model_fields})
    given = data if isinstance(data, Mapping) else {}
    below = _by_first_step(refused)
    values: dict[str, Any] = {}
    for name, field in cls.model_fields.items():
        nested, many = _nested_in(cls)[name]
        if name not in given:
            values[name] = REFUSED if field.is_required() else field.get_default(call_default_factory=True)
        elif nested is None:
            values[name] = _kept(given[name], below[name]) if name in below else given[name]
        elif many:
            values[name] = _records(nested, given[name], below[name], (*here, name), found)
        elif given[name] is None:
            values[name] = None
        else:
            values[name] = _record(nested, given[name], below[name], (*here, name), found)
    record = SimpleNamespace(**values)
    if any(refused):
        found += [(here, clash) for clash in cls.clashes(record)]
    return record


def _records(cls: type[Record], data: object, refused: list[Loc], here: Loc, found: _Found) -> object:
    if not isinstance(data, list | tuple):
        return REFUSED
    below = _by_first_step(refused)
    return tuple(
        _record(cls, element, below.get(position, []), (*here, position), found)
        for position, element in enumerate(data)
    )


def _by_first_step(refused: list[Loc]) -> defaultdict[int | str, list[Loc]]:
    below: defaultdict[int | str, list[Loc]] = defaultdict(list)
    for loc in refused:
        if loc:
            below[loc[0]].append(loc[1:])
    return below


def _kept(value: object, refused: list[Loc]) -> object:
    """Put `REFUSED` for the refused entries of a collection, or for all of it."""
    below = _by_first_step(refused)
    if () in refused or not isinstance(value, (Mapping, *_COLLECTIONS)):
        return REFUSED
    if isinstance(value, Mapping):
        return {key: entry for key, entry in value.items() if key not in below}
    return [_kept(entry, below[position]) if position in below else entry for position, entry in enumerate(value)]


@cache
def _nested_in(cls: type[Record]) -> dict[str, tuple[type[Record] | None, bool]]:
    return {name: _nested(field.annotation) for name, field in cls.model_fields.items()}


def _nested(annotation: Any) -> tuple[type[Record] | None, bool]:
    """Find the record type of a field that holds one record or a tuple of records."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation, False
    if get_origin(annotation) is tuple and get_args(annotation)[1:] == (...,):
        nested, many = _nested(get_args(annotation)[0])
        return (None, False) if many else (nested, nested is not None)
    if get_origin(annotation) in {Union, UnionType}:
        members = [member for member in get_args(annotation) if member is not type(None)]
        return _nested(members[0]) if len(members) == 1 else (None, False)
    return None, False
