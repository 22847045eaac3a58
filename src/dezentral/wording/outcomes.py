"""The outcome of a solve at a glance: one line for a prompt, a small table for a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dezentral.domain import Plan
from dezentral.domain.displays import columns_table
from dezentral.domain.policy import Goal, Level
from dezentral.wording.catalogue import Language, say
from dezentral.wording.names import level_name
from dezentral.wording.numerals import NOTHING, number, percent


class LevelReached(Protocol):
    """What was reached on one level; `dezentral.LevelOutcome` is one."""

    @property
    def goals(self) -> tuple[Goal, ...]:
        """Its goals."""

    @property
    def value(self) -> float:
        """Of its own solve."""

    @property
    def bound(self) -> float | None:
        """What is proven."""

    @property
    def gap(self) -> float | None:
        """Between them."""

    @property
    def status(self) -> object:
        """In one word."""


class Outcome(Protocol):
    """What a solve returned; `dezentral.Result` is one."""

    @property
    def status(self) -> object:
        """In one word."""

    @property
    def plan(self) -> Plan | None:
        """The proposal."""

    @property
    def levels(self) -> Sequence[LevelReached]:
        """One per level of the policy."""

    @property
    def seconds(self) -> float:
        """Wall time."""


def outcome_line(outcome: Outcome) -> str:
    """Return an outcome in one line, as its `repr`.

    Examples
    --------
    >>> import dezentral as dz
    >>> result = dz.solve(dz.Instance(districts=(), sites=()))
    >>> outcome_line(result).split(" after")[0]
    'Result(OPTIMAL'
    """
    proven = sum(str(level.status) == "OPTIMAL" for level in outcome.levels)
    levels = f", {proven} of {len(outcome.levels)} levels proven" if outcome.levels else ""
    return f"Result({outcome.status} after {outcome.seconds:.1f} s{levels}, plan={outcome.plan!r})"


def outcome_html(outcome: Outcome, language: Language = "en") -> str:
    """Return an outcome as a table of its levels, everything escaped.

    Examples
    --------
    >>> import dezentral as dz
    >>> result = dz.solve(dz.Instance(districts=(), sites=()))
    >>> "Placing people" in outcome_html(result)
    True
    """
    names = ("number", "goal", "value", "bound", "gap", "status")
    head = [say(f"report.level.{name}", language) for name in names]
    rows = [_row(i, level, language) for i, level in enumerate(outcome.levels, 1)]
    status = f"{say(f'report.status.{outcome.status}', language)}: {outcome_line(outcome)}"
    return columns_table(head, rows, {0, 1, 5}, status)


def _row(i: int, level: LevelReached, language: Language) -> list[str]:
    return [
        str(i),
        level_name(Level(*level.goals), language),
        number(level.value, language),
        NOTHING if level.bound is None else number(level.bound, language),
        percent(level.gap, language),
        say(f"report.level_status.{level.status}", language),
    ]
