"""Everything that is wrong with tables, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dezentral.errors import Fault, TableError


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table comes from.

    Attributes
    ----------
    label
        In messages: ``"households.csv"``, ``"city.xlsx, sheet households"``.
    rank
        Place of the table in the order of messages.
    """

    label: str
    rank: int = 0


@dataclass(slots=True)
class Findings:
    """Collects faults, to be raised as one error in the order of tables and rows."""

    _found: list[tuple[int, int, Fault]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(
        self,
        source: Source,
        column: str,
        value: object,
        allowed: str,
        *,
        rows: Iterable[int] = (),
        record: str = "",
    ) -> None:
        """Note one fault.

        Parameters
        ----------
        source, column, value, allowed, record
            Where, what was given, what is allowed, the row's record.
        rows
            Row numbers as a spreadsheet shows them; none for the table as a whole.
        """
        numbers = sorted(rows)
        word = "row" if len(numbers) == 1 else "rows"
        place = f", {word} {', '.join(map(str, numbers))}" if numbers else ""
        fault = Fault(record, column, value, allowed, where=source.label + place)
        self._found.append((source.rank, numbers[0] if numbers else 0, fault))

    def error(self) -> TableError:
        """Return everything that was found as one error, in the order of tables and rows."""
        ordered = sorted(self._found, key=lambda entry: entry[:2])
        return TableError.of(fault for _, _, fault in ordered)
