"""The errors of dezentral: one clear message that lists every fault of an input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_SHOWN = 60


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
        place = ", ".join(part for part in (self.where, self.record, self.field) if part)
        return f"{place}: {_short(self.value)}; allowed: {self.allowed}"


class DezentralError(Exception):
    """Base of everything that dezentral raises on purpose.

    Attributes
    ----------
    faults
        Every fault of the input, in the order of the input.
    """

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(message)
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
    """Records that contradict their fields, each other or themselves."""


class TableError(DezentralError, ValueError):
    """Tables or files that cannot be read or written as they are."""


class PolicyError(DezentralError, ValueError):
    """A policy or solver parameters that cannot be used."""


class PlanError(DezentralError, ValueError):
    """A plan that does not belong to its instance."""


class MissingExtraError(DezentralError, ImportError):
    """An optional library is missing."""

    @classmethod
    def for_extra(cls, extra: str, what: str) -> Self:
        """Say which extra installs what is missing."""
        return cls(f'{what} needs an optional library: pip install "dezentral[{extra}]"')


_SAID = frozenset({"(missing)", "(hidden)"})  # stand for a value, and are none


def _short(value: object) -> str:
    text = value if isinstance(value, str) and value in _SAID else repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
