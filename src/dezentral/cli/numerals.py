"""Numbers as people read them."""

from __future__ import annotations

import math

NOTHING = "–"
_PERCENT = 100
_FINE_BELOW = 10  # smaller percentages are told with two decimals
_COARSE_FROM = 1000  # larger numbers are told without decimals


def number(value: float) -> str:
    """Return a number with thousands apart, with two decimals where they matter.

    Examples
    --------
    >>> number(2764826.25), number(20.0), number(114.51799), number(-0.0), number(math.nan)
    ('2,764,826', '20', '114.52', '0', '–')
    """
    if math.isnan(value):
        return NOTHING
    whole = float(value).is_integer() or abs(value) >= _COARSE_FROM
    shown = f"{value:,.0f}" if whole else f"{value:,.2f}"
    return shown if float(value) else "0"


def tenths(value: float, *, signed: bool = False) -> str:
    """Return a number with one decimal.

    Examples
    --------
    >>> tenths(16.918), tenths(1234.56, signed=True), tenths(-0.04, signed=True), tenths(math.nan)
    ('16.9', '+1,234.6', '0.0', '–')
    """
    if math.isnan(value):
        return NOTHING
    shown = f"{value:+,.1f}" if signed else f"{value:,.1f}"
    return "0.0" if shown in {"+0.0", "-0.0"} else shown


def percent(share: float | None) -> str:
    """Return a share as a percentage, with two decimals where it is small.

    Examples
    --------
    >>> percent(0.0), percent(0.000255), percent(0.29), percent(1e-9), percent(None)
    ('0 %', '0.03 %', '29 %', '< 0.01 %', '–')
    """
    if share is None:
        return NOTHING
    value = share * _PERCENT
    if value and abs(value) < 0.01:  # noqa: PLR2004  what two decimals cannot show
        return "< 0.01 %"
    return f"{value:,.0f} %" if value == 0 or abs(value) >= _FINE_BELOW else f"{value:.2f} %"


def counted(amount: int, one: str, many: str) -> str:
    """Return an amount with its noun.

    Examples
    --------
    >>> counted(1, "person", "persons"), counted(4123, "household", "households")
    ('1 person', '4,123 households')
    """
    return f"{amount:,} {one if amount == 1 else many}"
