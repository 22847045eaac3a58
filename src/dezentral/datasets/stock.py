"""How much accommodation stands where: unevenly, as in the city."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from dezentral.datasets.dealing import dealt
from dezentral.datasets.site_kinds import FLATS, HOSTEL, KINDS, SiteKind
from dezentral.datasets.site_units import total_places
from dezentral.datasets.stuttgart_facts import DISTRICTS
from dezentral.domain import Unit

_SITES_PER_PERSON = 190 / 10_000  # city, 2024
_FEWEST_SITES = 4
_PLACES_PER_PERSON = 1.135
_PLACES_TO_SPARE = 12  # a handful of people fits even where the share is less than a room
_MOST_PLACES = 240  # a site keeps below the city's 250

# Places per inhabitant against the city's mean. What the press reported: most people per inhabitant in Möhringen
# (47 per 1,000) and Plieningen (40) against 17 in the city (about 2024); in 2015 a quarter of all in Bad Cannstatt, a
# tenth in Nord, none yet in Birkach, Münster, Obertürkheim. Softened, so that most districts can reach their share.
_DENSITY = {
    "02": 1.4,
    "04": 0.9,
    "05": 0.7,
    "06": 1.35,
    "07": 0.7,
    "08": 0.6,
    "09": 0.75,
    "10": 1.15,
    "12": 2.2,
    "14": 0.6,
    "15": 0.75,
    "16": 1.8,
    "20": 1.3,
}
_USUAL_DENSITY = 1.06


@dataclass(frozen=True, slots=True)
class Lot:
    """A site before it has a name: its district, kind and units."""

    district: str
    kind: SiteKind
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    district: str
    kind: SiteKind
    places: float


def build_stock(rng: np.random.Generator, persons: int) -> list[Lot]:
    """Return the sites for `persons`, by district: their number and their places grow in proportion."""
    if not persons:
        return []
    places = _PLACES_PER_PERSON * persons + _PLACES_TO_SPARE
    return _built(rng, _stretched(_spread(rng, persons), places))


def _weights() -> dict[str, float]:
    return {facts.code: facts.population * _DENSITY.get(facts.code, _USUAL_DENSITY) for facts in DISTRICTS}


def _spread(rng: np.random.Generator, persons: int) -> list[_Wish]:
    """Deal the kinds, draw their sizes, give each site to the district that lacks most."""
    total = max(_FEWEST_SITES, round(_SITES_PER_PERSON * persons))
    kinds = dealt(rng, {position: kind.share for position, kind in enumerate(KINDS)}, total)
    sizes = rng.random(total).tolist()
    limits = [KINDS[kind].places for kind in kinds]
    nominal = [low + size * (high - low) for size, (low, high) in zip(sizes, limits, strict=True)]
    weights = _weights()
    scale = sum(nominal) / sum(weights.values())
    lacking = {code: weight * scale for code, weight in weights.items()}
    order = sorted(range(total), key=lambda site: (-nominal[site], site))
    wishes = []
    if total >= len(lacking):  # every district gets one of the smallest sites first
        for code, site in zip(sorted(lacking, key=lambda code: (lacking[code], code)), reversed(order), strict=False):
            wishes.append(_Wish(code, KINDS[kinds[site]], nominal[site]))
            lacking[code] -= nominal[site]
        order = order[: total - len(lacking)]
    for site in order:
        code = max(lacking, key=lambda code: lacking[code])
        wishes.append(_Wish(code, KINDS[kinds[site]], nominal[site]))
        lacking[code] -= nominal[site]
    return wishes


def _stretched(wishes: list[_Wish], places: float) -> list[_Wish]:
    """Stretch each district's sites so that together they offer its share of all places."""
    weights = _weights()
    by_district: defaultdict[str, list[_Wish]] = defaultdict(list)
    for wish in wishes:
        by_district[wish.district].append(wish)
    served = sum(weights[code] for code in by_district)
    stretched = []
    for code in sorted(by_district):
        share = places * weights[code] / served
        nominal = sum(wish.places for wish in by_district[code])
        # Flats last: they come in single beds and even out what the others round.
        here = sorted(by_district[code], key=lambda wish: (wish.kind is FLATS, -wish.places))
        stretched += [replace(wish, places=wish.places * share / nominal) for wish in here]
    return stretched


def _built(rng: np.random.Generator, wishes: list[_Wish]) -> list[Lot]:
    lots, left = [], 0.0
    for wish in wishes:
        wanted = min(_MOST_PLACES, max(1, round(wish.places + left)))
        kind = _kind_for(wish.kind, wanted)
        units = kind.units(rng, wanted)
        left += wish.places - total_places(units)
        lots.append(Lot(wish.district, kind, units))
    return lots


def _kind_for(kind: SiteKind, places: int) -> SiteKind:
    """Turn a site that is far too small for its kind into a small hostel, or into flats if it had a kitchen each."""
    if 2 * places >= kind.places[0]:
        return kind
    return FLATS if kind.features == FLATS.features else HOSTEL
