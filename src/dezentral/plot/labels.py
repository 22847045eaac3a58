"""Districts and their figures in words, small numbers kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap

from dezentral.domain import District
from dezentral.metrics.evenness_report import DistrictRow
from dezentral.metrics.small_numbers import SMALL_TEXT, PublicSpread
from dezentral.wording import NOTHING, Language, number, say, scale, tenths

_LONGEST = 48
_BESIDE_A_BAR = 26  # signs on one line; more would leave too little room for the bars and for the legend


def district_name(district: District | DistrictRow) -> str:
    """Return what a district is called: its name, or else its id; on one line, cut where it is very long."""
    key = district.id if isinstance(district, District) else district.district
    name = " ".join((district.name or key).split()) or key
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def wrapped(name: str, signs: int, lines: int = 2) -> list[str]:
    """Return a name on a few lines of so many signs; what does not fit is cut, and an ellipsis says so.

    Examples
    --------
    >>> wrapped("Oberschwarzwald-Nord am See", 16), wrapped("Donaudampfschifffahrt 3", 14)
    (['Oberschwarzwald-', 'Nord am See'], ['Donaudampfsch…', '3'])
    >>> wrapped("a very long name of a district", 9)
    ['a very', 'long nam…']
    """
    found = wrap(name, signs, break_long_words=False) or [name]  # an id may be blank
    kept = found[:lines]
    if len(found) > lines:
        kept[-1] += " " + found[lines]
    return [line if len(line) <= signs else line[: signs - 1].rstrip() + "…" for line in kept]


def beside_a_bar(district: District | DistrictRow) -> str:
    """Return what a district is called, on two lines where one would be too long."""
    return "\n".join(wrapped(district_name(district), _BESIDE_A_BAR))


def load_text(spread: PublicSpread, d: int, language: Language) -> str:
    """Return the persons of a district."""
    return SMALL_TEXT if spread.few[d] else number(spread.rows[d].load, language)


def inhabitants_text(spread: PublicSpread, d: int, language: Language) -> str:
    """Return the inhabitants of a district."""
    return SMALL_TEXT if spread.few_inhabitants[d] else number(spread.rows[d].population, language)


def rate_text(spread: PublicSpread, d: int, language: Language) -> str:
    """Return the rate of a district: as a limit where few persons live there, nothing where nearly nobody does."""
    limit = spread.rate_limit(d)
    shown = tenths(limit, language)
    return f"<{shown}" if spread.few[d] and shown != NOTHING else shown


def rate_or_few(spread: PublicSpread, d: int, language: Language) -> str:
    """Return what stands at a district in a picture: its rate, or that few persons live there."""
    return SMALL_TEXT if spread.few[d] else rate_text(spread, d, language)


def class_names(limits: Sequence[float], language: Language) -> list[str]:
    """Return the classes of rates in words."""
    edges = scale([0.0, *limits], language)
    return [say("picture.from_to", language, least=low, most=high) for low, high in pairwise(edges)]


def target_rate(row: DistrictRow) -> float:
    """Return the target of a district per 1,000 inhabitants."""
    return 1000 * row.target / row.population if row.population else float("nan")
