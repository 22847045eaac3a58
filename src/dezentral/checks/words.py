"""Numbers and lists as staff read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dezentral.wording import Language, number, say
from dezentral.wording import listed as joined

_NAMED = 5


def figure(value: float, language: Language = "en") -> str:
    """Return a number as it stands; in German with thousands apart.

    Examples
    --------
    >>> figure(1250), figure(1250.0), figure(0.5), figure(1250, "de"), figure(0.5, "de")
    ('1250', '1250', '0.5', '1.250', '0,50')
    """
    if language != "en":
        return number(value, language)
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def counted(amount: int, noun: str, language: Language = "en") -> str:
    """Return ``"1 person"``, ``"2 persons"``; the nouns are those of the catalogue.

    Examples
    --------
    >>> counted(1, "person"), counted(3, "person_alone"), counted(1200, "unit", "de")
    ('1 person', '3 persons living alone', '1.200 Einheiten')
    """
    return f"{figure(amount, language)} {say(f'noun.{noun}.one' if amount == 1 else f'noun.{noun}.many', language)}"


def listed(names: Sequence[str], language: Language = "en", joint: Literal["and", "or"] = "and") -> str:
    """Return ``"a, b and c"``, cut where the list is long.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed([str(number) for number in range(9)])
    ('a, b and c', '0, 1, 2, 3, 4 and 4 more')
    """
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], say("violation.more", language, amount=len(names) - _NAMED)]
        joint = "and"
    return joined(names, language, joint)
