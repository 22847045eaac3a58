"""What pydantic says about a refused input, in our words: record, field, value, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from dezentral.domain.record import ClashError
from dezentral.errors import Fault, written

Loc = Sequence[int | str]

_INSTEAD = {"missing": "(missing)", "json_invalid": "(unreadable)"}  # of a whole file, what it says tells of anyone
_PREFIXES = ("Input should be a valid ", "Input should be ", "Value error, ", "Assertion failed, ")
_NAMING = ("id", "household")  # what a record is called by; a placement by its household
_A_GOAL = "a goal: Evenness() and its like, or a mapping with 'goal' = {}"
_ALLOWED = {
    "bool_type": "True or False",
    "date_type": "a date (YYYY-MM-DD)",
    "dict_type": "a mapping",
    "extra_forbidden": "no such field",
    "finite_number": "a finite number",
    "float_type": "a number",
    "frozen_set_type": "a set, list or tuple",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "int_type": "a whole number",
    "less_than_equal": "at most {le}",
    "literal_error": "{expected}",
    "mapping_type": "a mapping",
    "missing": "a value (the field is required)",
    "model_attributes_type": _A_GOAL.format("'evenness' …"),
    "model_type": "{class_name}, or a mapping of its fields",
    "set_item_not_hashable": "a string",
    "string_too_short": "text that is not empty",
    "string_type": "a string",
    "string_unicode": "text that UTF-8 can hold",
    "too_short": "at least {min_length} of them",
    "tuple_type": "a list or tuple",
    "union_tag_invalid": _A_GOAL.format("{expected_tags}"),
    "union_tag_not_found": _A_GOAL.format("'evenness' …"),
}


def faults_of(cls: type[BaseModel], error: ValidationError, data: object) -> list[Fault]:
    """Translate every single error of pydantic, in the order of the input."""
    return [fault for entry in error.errors(include_url=False) for fault in _faults(cls, entry, data)]


def place(cls: type[BaseModel], loc: Loc, data: object) -> tuple[str, str]:
    """Name the innermost record that has an id, and the field inside it."""
    labels, field, here = [_label(_words(cls.__name__), data)], "", data
    for position, step in enumerate(loc):
        if step == "[key]" or _is_tag(step, here, last=position == len(loc) - 1):
            continue
        here = _inside(here, step)
        if isinstance(step, str):
            field += f".{step}" if field else step
        elif field and _name(here) is not None:
            labels.append(_label(field.rsplit(".", 1)[-1].removesuffix("s"), here))
            field = ""
        else:
            field += f"[{step}]"
    return ", ".join(labels[1:] or labels), field


def joined(field: str, inner: str) -> str:
    """Name a field inside a field."""
    return f"{field}.{inner}" if field and inner else field or inner


def _faults(cls: type[BaseModel], entry: Any, data: object) -> Iterator[Fault]:
    record, field = place(cls, entry["loc"], data)
    cause = entry.get("ctx", {}).get("error")
    if isinstance(cause, ClashError):
        for clash in cause.clashes:
            yield Fault(record, joined(field, clash.field), clash.value, clash.allowed)
    else:
        yield Fault(record, field, _INSTEAD.get(entry["type"], entry["input"]), _allowed(entry))


def _allowed(entry: Any) -> str:
    if entry["type"] in _ALLOWED:
        return _ALLOWED[entry["type"]].format_map(_rounded(entry.get("ctx", {})))
    message: str = entry["msg"]
    for prefix in _PREFIXES:
        message = message.removeprefix(prefix)
    return message


def _rounded(context: Mapping[str, object]) -> dict[str, object]:
    """Show the limit 0.0 as 0."""
    return {
        key: int(value) if isinstance(value, float) and value.is_integer() else value for key, value in context.items()
    }


def _is_tag(step: int | str, here: object, *, last: bool) -> bool:
    """Say whether a step names the member of a tagged union, which is no field of the input."""
    return isinstance(step, str) and isinstance(here, Mapping) and step not in here and not last


def _inside(here: object, step: int | str) -> object:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(step, str):
        return getattr(here, step, None)
    return here[step] if isinstance(here, list | tuple) and step < len(here) else None


def _name(here: object) -> object:
    if not isinstance(here, Mapping | BaseModel):
        return None
    return next((name for name in (_inside(here, key) for key in _NAMING) if name is not None), None)


def _label(word: str, here: object) -> str:
    name = _name(here)
    return word if name is None else f"{word} {written(name)}"


def _words(class_name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()
