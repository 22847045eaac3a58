"""Colours that colour-blind readers and grey printers can tell apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

# Six steps of cividis, light to dark: their lightness falls evenly, so they keep their order in grey.
SHADES = ("#fee838", "#c8b866", "#948e77", "#666970", "#35456c", "#00224e")
DARK, ACCENT, PALE, INK, LINE = "#00224e", "#c8b866", "#e9e9e4", "#1a1a1a", "#5a5a5a"
UNKNOWN = "#ffffff"
_NICE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def class_limits(values: Sequence[float], classes: int = 5) -> tuple[float, ...]:
    """Return round upper limits of equally wide classes from 0 that hold all values.

    Examples
    --------
    >>> class_limits([0.4, 1.7, 2.3])
    (0.5, 1.0, 1.5, 2.0, 2.5)
    >>> class_limits([])
    (1.0,)
    """
    top = max((value for value in values if math.isfinite(value)), default=0.0)
    if top <= 0:
        return (1.0,)
    step = _nice_step(top / classes)
    return tuple(round(step * k, 10) for k in range(1, math.ceil(round(top / step, 9)) + 1))


def shade(value: float, limits: Sequence[float]) -> str:
    """Return the colour of a value's class; white for what is not known.

    Examples
    --------
    >>> shade(0.0, (0.5, 1.0)), shade(1.0, (0.5, 1.0)), shade(float("nan"), (0.5, 1.0))
    ('#fee838', '#00224e', '#ffffff')
    """
    if math.isnan(value):
        return UNKNOWN
    place = next((i for i, limit in enumerate(limits) if value <= limit), len(limits) - 1)
    return SHADES[round(place * (len(SHADES) - 1) / max(len(limits) - 1, 1))]


def ink_on(colour: str) -> str:
    """Return black or white, whichever can be read on a colour.

    Examples
    --------
    >>> ink_on("#fee838"), ink_on("#00224e")
    ('#000000', '#ffffff')
    """
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # The contrast with black is (luminance + 0.05) / 0.05, that with white 1.05 / (luminance + 0.05).
    return "#000000" if (luminance + 0.05) ** 2 >= 0.05 * 1.05 else "#ffffff"


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  the sRGB curve


def _nice_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * nice for nice in _NICE if power * nice >= least * (1 - 1e-9))
