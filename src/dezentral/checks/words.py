"""Numbers and lists as staff read them."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED = 5


def counted(number: int, noun: str) -> str:
    """Return ``"1 person"``, ``"2 persons"``.

    Examples
    --------
    >>> counted(1, "person"), counted(3, "person living alone")
    ('1 person', '3 persons living alone')
    """
    if number == 1:
        return f"1 {noun}"
    first, *rest = noun.split(" ")
    return " ".join([str(number), f"{first}s", *rest])


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Return ``"a, b and c"``, cut where the list is long.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed([str(number) for number in range(9)])
    ('a, b and c', '0, 1, 2, 3, 4 and 4 more')
    """
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} more"]
        joint = "and"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"
