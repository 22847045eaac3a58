"""The sites of the synthetic city, as records."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from dezentral.datasets.dealing import dealt
from dezentral.datasets.planning_day import PLANNING_DAY
from dezentral.datasets.schematic import Array, scattered
from dezentral.datasets.site_kinds import OPERATORS, WOMAN, Admission, SiteKind
from dezentral.datasets.site_units import STEP_FREE, total_places
from dezentral.datasets.stock import Lot, build_stock
from dezentral.datasets.stuttgart_facts import DISTRICTS
from dezentral.domain import Site

_PROTECTED = 0.025  # share of sites
_PROTECTED_KINDS = frozenset({"Wohnungen", "Wohnheim"})
# Closing dates, months after the planning day: leases and permits that run out soon and later.
_MONTHS_LEFT = {2: 0.1, 4: 0.15, 7: 0.2, 12: 0.25, 20: 0.2, 30: 0.1}


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is dealt to the sites of one kind."""

    admits: Admission
    lift: bool
    temporary: bool


def build_sites(rng: np.random.Generator, persons: int, outlines: dict[str, Array]) -> list[Site]:
    """Return the sites for `persons`, ids by district (``"06-001"``), every name marked as synthetic."""
    lots = build_stock(rng, persons)
    operators = dealt(rng, OPERATORS, len(lots))
    months = dealt(rng, _MONTHS_LEFT, len(lots))
    terms = _terms(rng, lots)
    protected = _protected(rng, lots)
    points = _points(rng, lots, outlines)
    numbers: Counter[str] = Counter()
    sites = []
    for position, lot in enumerate(lots):
        numbers[lot.district] += 1
        hidden, term = position in protected, terms[position]
        x, y = points[position]
        sites.append(
            Site(
                id=f"{lot.district}-{numbers[lot.district]:03d}",
                district=lot.district,
                units=lot.units,
                name=_name(lot, numbers[lot.district], hidden),
                kind=lot.kind.name,
                operator=operators[position],
                x=x,
                y=y,
                features=lot.kind.features | ({STEP_FREE} if term.lift else set()),
                admits=frozenset({WOMAN}) if hidden else term.admits,
                open_until=_months_after(PLANNING_DAY, months[position]) if term.temporary and not hidden else None,
                cost=lot.kind.cost,
                confidential=hidden,
            ),
        )
    return sites


def _name(lot: Lot, number: int, hidden: bool) -> str:
    district = next(facts.name for facts in DISTRICTS if facts.code == lot.district)
    kind = "Schutzwohnung" if hidden else lot.kind.name
    return f"{kind} {district} {number} (synthetic)"


def _terms(rng: np.random.Generator, lots: list[Lot]) -> list[_Terms]:
    """Deal admissions, lifts and closing dates within each kind, so that the shares of the kind come out."""
    terms: dict[int, _Terms] = {}
    kinds: dict[str, SiteKind] = {lot.kind.name: lot.kind for lot in lots}
    for name in sorted(kinds):
        kind, here = kinds[name], [position for position, lot in enumerate(lots) if lot.kind.name == name]
        admissions = dealt(rng, dict(kind.admissions), len(here))
        lifts = dealt(rng, {False: 1 - kind.lift, True: kind.lift}, len(here))
        endings = dealt(rng, {False: 1 - kind.temporary, True: kind.temporary}, len(here))
        for position, admits, lift, temporary in zip(here, admissions, lifts, endings, strict=True):
            terms[position] = _Terms(admits, lift, temporary)
    return _with_a_lift(lots, terms)


def _with_a_lift(lots: list[Lot], terms: dict[int, _Terms]) -> list[_Terms]:
    """Give the largest site a lift where a small stock would have nothing without steps."""
    level = any(STEP_FREE in unit.features for lot in lots for unit in lot.units)
    if lots and not level and not any(term.lift for term in terms.values()):
        largest = max(range(len(lots)), key=lambda k: (total_places(lots[k].units), -k))
        terms[largest] = replace(terms[largest], lift=True, admits=None)
    return [terms[position] for position in range(len(lots))]


def _protected(rng: np.random.Generator, lots: list[Lot]) -> set[int]:
    """Choose the protected sites for women, smallest kinds of building only."""
    possible = [position for position, lot in enumerate(lots) if lot.kind.name in _PROTECTED_KINDS]
    number = min(len(possible), round(_PROTECTED * len(lots)))
    return {possible[k] for k in rng.permutation(len(possible))[:number]}


def _points(rng: np.random.Generator, lots: list[Lot], outlines: dict[str, Array]) -> list[tuple[float, float]]:
    counts = Counter(lot.district for lot in lots)
    drawn = {code: scattered(rng, code, outlines, counts[code]).tolist() for code in sorted(counts)}
    return [tuple(drawn[lot.district].pop()) for lot in lots]


def _months_after(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)
