"""A minimal part of something that cannot be, by halving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def minimal_conflict(members: Sequence[T], conflicts: Callable[[Sequence[T]], bool]) -> list[T]:
    """Return members that conflict with each other, none of which can be missed; earlier members are preferred.

    Parameters
    ----------
    members
        In conflict as a whole, and not without any of them.
    conflicts
        Says whether some members are proven to conflict; more members never conflict less.

    References
    ----------
    Junker, U. (2004). QuickXplain: preferred explanations and relaxations for over-constrained problems.

    Examples
    --------
    >>> minimal_conflict(range(9), lambda some: {2, 7} <= set(some))
    [2, 7]
    """

    def needed(background: list[T], unsettled: bool, rest: list[T]) -> list[T]:
        if unsettled and conflicts(background):
            return []
        if len(rest) <= 1:
            return rest
        left, right = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        from_right = needed([*background, *left], bool(left), right)
        from_left = needed([*background, *from_right], bool(from_right), left)
        return [*from_left, *from_right]

    return needed([], False, list(members))
