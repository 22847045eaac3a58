"""Numbers and days as people read them: thousands apart, decimals where they matter, units."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Literal

from dezentral.wording.catalogue import Language, require_language, say

NOTHING = "–"
_PERCENT = 100
_FINE_BELOW = 10  # smaller percentages are told with two decimals
_COARSE_FROM = 1000  # larger numbers are told without decimals
_FINEST = 6  # decimals of a scale
_METRES_PER_KM = 1000
_KM_FROM = 10_000  # longer ways are told in kilometres
_GERMAN_SIGNS = str.maketrans(",.", ".,")


def number(value: float, language: Language = "en") -> str:
    """Return a number with thousands apart, with two decimals where they matter.

    Examples
    --------
    >>> number(2764826.25), number(20.0), number(114.51799), number(-0.0), number(math.nan)
    ('2,764,826', '20', '114.52', '0', '–')
    >>> number(2764826.25, "de"), number(114.51799, "de")
    ('2.764.826', '114,52')
    """
    if not math.isfinite(value):
        return NOTHING
    whole = float(value).is_integer() or abs(value) >= _COARSE_FROM
    shown = f"{value:,.0f}" if whole else f"{value:,.2f}"
    return _written(shown if float(value) else "0", language)


def tenths(value: float, language: Language = "en", *, signed: bool = False) -> str:
    """Return a number with one decimal.

    Examples
    --------
    >>> tenths(16.918), tenths(1234.56, signed=True), tenths(-0.04, signed=True), tenths(math.nan)
    ('16.9', '+1,234.6', '0.0', '–')
    >>> tenths(1234.56, "de", signed=True)
    '+1.234,6'
    """
    if not math.isfinite(value):
        return NOTHING
    shown = f"{value:+,.1f}" if signed else f"{value:,.1f}"
    return _written("0.0" if shown in {"+0.0", "-0.0"} else shown, language)


def scale(values: Sequence[float], language: Language = "en") -> list[str]:
    """Return the numbers of one scale, all with the decimals that its finest one needs.

    Examples
    --------
    >>> scale([0.0, 1.2, 6.0]), scale([0.0, 20.0, 1000.0]), scale([0.5, 0.25], "de"), scale([])
    (['0.0', '1.2', '6.0'], ['0', '20', '1,000'], ['0,50', '0,25'], [])
    """
    decimals = next((k for k in range(_FINEST) if all(_ends_after(value, k) for value in values)), _FINEST)
    return [_written(f"{round(value, decimals) + 0.0:,.{decimals}f}", language) for value in values]


def percent(share: float | None, language: Language = "en") -> str:
    """Return a share as a percentage, with two decimals where it is small.

    Examples
    --------
    >>> percent(0.0), percent(0.000255), percent(0.29), percent(1e-9), percent(None)
    ('0 %', '0.03 %', '29 %', '< 0.01 %', '–')
    >>> percent(0.0255, "de")
    '2,55 %'
    """
    if share is None or not math.isfinite(share):
        return NOTHING
    value = share * _PERCENT
    if value and abs(value) < 0.01:  # noqa: PLR2004  what two decimals cannot show
        return _written("< 0.01 %", language)
    fine = value and abs(value) < _FINE_BELOW
    return _written(f"{value:.2f} %" if fine else f"{value:,.0f} %", language)


def metres(value: float, language: Language = "en") -> str:
    """Return a distance in whole metres, in kilometres from ten on.

    Examples
    --------
    >>> metres(1250), metres(1250, "de"), metres(12_340), metres(12_340, "de"), metres(math.inf)
    ('1,250 m', '1.250 m', '12.3 km', '12,3 km', '–')
    """
    if not math.isfinite(value):
        return NOTHING
    whole = math.floor(value + 0.5)
    shown = f"{whole / _METRES_PER_KM:,.1f} km" if whole >= _KM_FROM else f"{whole:,} m"
    return _written(shown, language)


def counted(amount: int, key: str, language: Language = "en") -> str:
    """Return an amount with its noun.

    Parameters
    ----------
    amount
        How many.
    key
        The noun, as in `dezentral.wording.sentences.nouns`: ``"person"``, ``"household"`` …
    language
        ``"en"`` or ``"de"``.

    Examples
    --------
    >>> counted(1, "person"), counted(4123, "household"), counted(3, "person", "de")
    ('1 person', '4,123 households', '3 Personen')
    """
    noun = say(f"noun.{key}.{'one' if amount == 1 else 'many'}", language)
    return f"{_written(f'{amount:,}', language)} {noun}"


def listed(names: Sequence[str], language: Language = "en", joint: Literal["and", "or"] = "and") -> str:
    """Return names as a list of words.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a", "b"], "de", "or"), listed([])
    ('a, b and c', 'a oder b', '')
    """
    if len(names) < 2:  # noqa: PLR2004  a joint needs two
        return "".join(names)
    return say(f"list.{joint}", language, first=", ".join(names[:-1]), last=names[-1])


def day(date: dt.date, language: Language = "en") -> str:
    """Return a day of the calendar.

    Examples
    --------
    >>> day(dt.date(2026, 3, 1)), day(dt.date(2026, 3, 1), "de")
    ('2026-03-01', '01.03.2026')
    """
    return f"{date:%d.%m.%Y}" if require_language(language) == "de" else date.isoformat()


def _ends_after(value: float, decimals: int) -> bool:
    return math.isclose(round(value, decimals), value, rel_tol=1e-9, abs_tol=1e-9)


def _written(shown: str, language: Language) -> str:
    """Swap points and commas where German wants it."""
    return shown.translate(_GERMAN_SIGNS) if require_language(language) == "de" else shown
