"""The errors of dezentral: one clear message that lists every fault of an input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass
from typing import Self, TypeGuard

_SHOWN = 60  # characters of a value
_NAMED = 200  # of what names a record, a field or a place
_SAID_OF_IT = 1000  # of what is allowed
_LINE = 2000  # of any line at all


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input.

    Attributes
    ----------
    record
        The record it is about, e.g. ``"site 's3', unit 'u0'"``.
    field
        Its field or column.
    value
        What was given.
    allowed
        What is allowed instead, in plain words.
    where
        Where it stands in a table: ``"households.csv, row 7"``; empty outside tables.
    """

    record: str
    field: str
    value: object
    allowed: str
    where: str = ""

    def __str__(self) -> str:
        place = ", ".join(_cut(part, _NAMED) for part in (self.where, self.record, self.field) if part)
        return f"{place}: {_short(self.value)}; allowed: {_cut(self.allowed, _SAID_OF_IT)}"


class DezentralError(Exception):
    """Base of everything that dezentral raises on purpose.

    However long an id, a path or a value is, the message stays readable: its lines are cut in their middle.

    Attributes
    ----------
    faults
        Every fault of the input, in the order of the input.

    Examples
    --------
    >>> import dezentral as dz
    >>> try:
    ...     dz.Household(id="h", size=0, priority=0)
    ... except dz.DezentralError as error:
    ...     print(error)
    2 faults:
      household 'h', size: 0; allowed: 1 or more
      household 'h', priority: 0; allowed: 1 or more
    """

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__("\n".join(_cut(line, _LINE) for line in message.split("\n")))
        self.faults = tuple(faults)

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> Self:
        """Build one error whose message names every fault, one a line."""
        listed = tuple(faults)
        head = "1 fault" if len(listed) == 1 else f"{len(listed)} faults"
        return cls("\n".join([f"{head}:", *(f"  {fault}" for fault in listed)]), listed)

    def __reduce__(self) -> tuple[type[DezentralError], tuple[str, tuple[Fault, ...]]]:
        """Keep the faults when the error travels between processes."""
        return type(self), (str(self), self.faults)


class InstanceError(DezentralError, ValueError):
    """Records that contradict their fields, each other or themselves.

    Examples
    --------
    >>> import dezentral as dz
    >>> try:
    ...     dz.Unit(id="flat", beds=0)
    ... except ValueError as error:
    ...     print(type(error).__name__, error)
    InstanceError 1 fault:
      unit 'flat', beds: 0; allowed: 1 or more
    """


class TableError(DezentralError, ValueError):
    """Tables or files that cannot be read or written as they are.

    Examples
    --------
    >>> import dezentral as dz, pandas as pd
    >>> districts = pd.DataFrame({"id": ["01"], "population": ["many"]})
    >>> sites = pd.DataFrame({"id": ["s"], "district": ["01"], "beds": [4]})
    >>> try:
    ...     dz.Instance.from_frames(districts=districts, sites=sites)
    ... except dz.TableError as error:
    ...     print(error)
    1 fault:
      districts, row 2, district '01', population: 'many'; allowed: a whole number without a thousands separator
    """


class PolicyError(DezentralError, ValueError):
    """A policy or solver parameters that cannot be used.

    Examples
    --------
    >>> import dezentral as dz
    >>> try:
    ...     dz.SolveParams(time_limit=-1.0)
    ... except dz.PolicyError as error:
    ...     print(error)
    1 fault:
      solve_params, time_limit: -1.0; allowed: 0 or more
    """


class PlanError(DezentralError, ValueError):
    """A plan that does not belong to its instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> try:
    ...     dz.evenness(dz.Instance(districts=(), sites=()), dz.Plan(unplaced=["stranger"]))
    ... except dz.PlanError as error:
    ...     print(error)
    1 fault:
      household 'stranger', household: 'stranger'; allowed: the id of a household of the instance
    """


class MissingExtraError(DezentralError, ImportError):
    """An optional library is missing.

    Examples
    --------
    >>> import dezentral as dz
    >>> print(dz.MissingExtraError.for_extra("plot", "dezentral.plot"))
    dezentral.plot needs an optional library: pip install "dezentral[plot]"
    """

    @classmethod
    def for_extra(cls, extra: str, what: str) -> Self:
        """Say which extra installs what is missing."""
        return cls(f'{what} needs an optional library: pip install "dezentral[{extra}]"')


_SAID = frozenset({"(missing)", "(hidden)", "(unreadable)"})  # stand for a value, and are none


def _short(value: object) -> str:
    return value if isinstance(value, str) and value in _SAID else written(value, _SHOWN)


def written(value: object, most: int = _NAMED) -> str:
    """Return how a value of any kind is written in a message, by its type if it cannot be.

    What is longer than `most` characters ends in "…" and how long it is: ``'nnn… (100000 characters)``.
    """
    try:
        if _holds_records(value):  # a message about one record tells nothing of others
            return f"{type(value).__name__} of {len(value)}"
        text = repr(value[:most] if isinstance(value, str | bytes) else value)
        whole = len(text) <= most + len("''") and not (isinstance(value, str | bytes) and len(value) > most)
        if "\n" in text:  # a frame: its rows would be records
            return type(value).__name__
        return text if whole else f"{text[: most - 1]}…{_length(value)}"
    except Exception:  # noqa: BLE001  whatever it is (a number of too many digits, too), saying so must not fail
        return type(value).__name__


def _length(value: object) -> str:
    if not isinstance(value, Sized):
        return ""
    noun = "characters" if isinstance(value, str) else "bytes" if isinstance(value, bytes) else "entries"
    return f" ({len(value)} {noun})"


def _holds_records(value: object) -> TypeGuard[Sized]:
    if not isinstance(value, Mapping | list | tuple | set | frozenset):
        return False
    entries = list(value.values() if isinstance(value, Mapping) else value)
    records = [entry for entry in entries if hasattr(type(entry), "model_fields")]
    return len(records) > 1 or any(isinstance(entry, Mapping) for entry in entries)


def _cut(text: str, most: int) -> str:
    """Leave out the middle of a text that is too long, and write what is no letter so that it can be seen."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
    if len(text) <= most:
        return text
    head = most * 2 // 3
    return f"{text[:head]}…{text[head + 1 - most :]}"
