"""From a record's fault back to the file, row and column that it came from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from dezentral.errors import Fault
from dezentral.tables.reading.drafts import Draft
from dezentral.tables.reading.findings import Findings, Source
from dezentral.tables.reading.matrices import MatrixDraft

_POSITION = re.compile(r"(?:instance, )?(\w+)\[(\d+)\]\.?(.*)")  # "instance, sites[3]", "relations[0].households"
_ANYWHERE = Source("")


class Places:
    """Finds the rows that a fault between records is about.

    Parameters
    ----------
    drafts
        Table name → its rows.
    matrices
        Table name → matrix.
    """

    def __init__(self, drafts: Mapping[str, list[Draft]], matrices: Mapping[str, MatrixDraft]) -> None:
        self._drafts = drafts
        self._matrices = matrices
        self._by_label: dict[str, list[Draft]] = defaultdict(list)
        for rows in drafts.values():
            for draft in rows:
                self._by_label[draft.label].append(draft)

    def add_all(self, findings: Findings, faults: Iterable[Fault]) -> None:
        """Note faults between records where their cells stand."""
        for fault in faults:
            if fault.record in self._matrices:
                self._matrices[fault.record].add(fault)
            else:
                self._add(findings, fault)

    def _add(self, findings: Findings, fault: Fault) -> None:
        drafts, column = self._rows(fault)
        if drafts:
            source, rows, record = drafts[0].source, [draft.row for draft in drafts], drafts[0].label
        elif self._drafts.get(fault.record):  # about the whole table, e.g. populations that are all 0
            source, rows, record = self._drafts[fault.record][0].source, [], ""
        else:
            source, rows, record = _ANYWHERE, [], fault.record
        findings.add(source, column, fault.value, fault.allowed, rows=rows, record=record)

    def _rows(self, fault: Fault) -> tuple[list[Draft], str]:
        for text, column in ((fault.record, fault.field), (fault.field, "")):
            found = _POSITION.fullmatch(text)
            if found and found[1] in self._drafts:
                return [self._drafts[found[1]][int(found[2])]], column_of(column or found[3])
        column = column_of(fault.field)
        drafts = self._by_label.get(fault.record, []) if fault.record else []
        # Where several rows bear one id, the fault is about those that hold the value.
        return [draft for draft in drafts if _holds(draft.fields.get(column), fault.value)] or drafts, column


def column_of(field: str) -> str:
    """Return the column that a record's field is read from: ``needs.school`` and ``wishes[0]`` are in one cell."""
    return re.split(r"[.\[]", field, maxsplit=1)[0]


def _holds(given: object, value: object) -> bool:
    if isinstance(given, tuple | frozenset | dict):
        return value in given
    return given == value
