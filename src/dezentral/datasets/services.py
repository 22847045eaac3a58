"""Schools, kitas and what else people need near, and who supports newcomers in a district."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dezentral.datasets.compositions import LANGUAGES
from dezentral.datasets.dealing import drawn, quota
from dezentral.datasets.schematic import Array, scattered
from dezentral.datasets.site_kinds import OPERATORS
from dezentral.datasets.site_units import total_places
from dezentral.datasets.stuttgart_facts import DISTRICTS
from dezentral.domain import Household, Service, Site

_SEATS_PER_NEED = 1.04  # enough in the city, tight around large sites


@dataclass(frozen=True, slots=True)
class _Kind:
    """How many of a service there are, one a district at least; some grow with the persons."""

    kind: str
    label: str
    least: int
    per_person: float = 0.0
    reach: float | None = None


# Preparatory classes (VKL): 54 schools for about 10,000 people in 2024. Kita places for refugees: not published.
# The ways that children can go are assumptions, short enough that seats near large sites run out.
_SEATED = (
    _Kind("school", "Schule mit VKL", least=46, per_person=0.0054, reach=4_000.0),
    _Kind("kita", "Kita", least=69, per_person=0.011, reach=2_500.0),
)
# Volunteer circles: 26 to 30 in 2015/16. The other numbers are invented.
_OPEN = (
    _Kind("clinic", "Klinik", least=23),
    _Kind("language_course", "Sprachkurs", least=28),
    _Kind("volunteer_circle", "Freundeskreis", least=28),
    _Kind("leisure", "Freizeit", least=46),
)
_OFFICES_PER_OPERATOR = 2
_SUPPORTED_SHARE = 0.03  # of the persons, by circles and self-help
_LANGUAGES_PER_DISTRICT = 3


def build_services(
    rng: np.random.Generator,
    persons: int,
    households: Sequence[Household],
    sites: Sequence[Site],
    outlines: dict[str, Array],
) -> list[Service]:
    """Return the services; seats at schools and kitas follow the population as much as the sites."""
    weights = _seat_weights(sites)
    services: list[Service] = []
    for kind in _SEATED:
        demand = sum(household.needs.get(kind.kind, 0) for household in households)
        seats = quota(weights, math.ceil(_SEATS_PER_NEED * demand))
        services += _spread(rng, kind, _number(kind, persons), outlines, seats)
    for kind in _OPEN:
        services += _spread(rng, kind, _number(kind, persons), outlines, None)
    return services + _counselling(rng, outlines)


def build_support(rng: np.random.Generator, persons: int) -> dict[str, dict[str, int]]:
    """Return code → language → persons whom circles and self-help in the district can support."""
    spoken: dict[str, float] = {}
    for languages, share in LANGUAGES.items():
        for language in languages:
            spoken[language] = spoken.get(language, 0.0) + share
    support = {}
    for facts, total in zip(DISTRICTS, _by_population(round(_SUPPORTED_SHARE * persons)), strict=True):
        draws = Counter(drawn(rng, spoken, _LANGUAGES_PER_DISTRICT))
        parts = quota([draws[language] for language in sorted(draws)], total)
        support[facts.code] = {language: part for language, part in zip(sorted(draws), parts, strict=True) if part}
    return support


def _number(kind: _Kind, persons: int) -> int:
    return max(kind.least, round(kind.per_person * persons))


def _seat_weights(sites: Sequence[Site]) -> list[float]:
    """Return per district the mean of its share of the population and its share of the places."""
    places = Counter({facts.code: 0 for facts in DISTRICTS})
    for site in sites:
        places[site.district] += total_places(site.units)
    population, everywhere = sum(facts.population for facts in DISTRICTS), max(1, places.total())
    return [facts.population / population + places[facts.code] / everywhere for facts in DISTRICTS]


def _by_population(total: int) -> list[int]:
    return quota([facts.population for facts in DISTRICTS], total)


def _spread(
    rng: np.random.Generator,
    kind: _Kind,
    number: int,
    outlines: dict[str, Array],
    seats: list[int] | None,
) -> list[Service]:
    """One service in every district, the others by population; seats as given per district."""
    here = [1 + more for more in _by_population(number - len(DISTRICTS))]
    seats_here = [None] * len(here) if seats is None else seats
    services = []
    for facts, count, total in zip(DISTRICTS, here, seats_here, strict=True):
        parts = [None] * count if total is None else quota([1.0] * count, total)
        for number_here, ((x, y), part) in enumerate(
            zip(scattered(rng, facts.code, outlines, count).tolist(), parts, strict=True),
            start=1,
        ):
            services.append(
                Service(
                    id=f"{kind.kind}-{facts.code}-{number_here:02d}",
                    kind=kind.kind,
                    x=x,
                    y=y,
                    capacity=part,
                    reach=kind.reach,
                    name=f"{kind.label} {facts.name} {number_here} (synthetic)",
                ),
            )
    return services


def _counselling(rng: np.random.Generator, outlines: dict[str, Array]) -> list[Service]:
    """Two offices of every operator, where more people live more likely."""
    populations = {facts.code: float(facts.population) for facts in DISTRICTS}
    services = []
    for operator in OPERATORS:
        for number, code in enumerate(drawn(rng, populations, _OFFICES_PER_OPERATOR), start=1):
            x, y = scattered(rng, code, outlines, 1)[0].tolist()
            services.append(
                Service(
                    id=f"counselling-{operator.lower()}-{number}",
                    kind="counselling",
                    x=x,
                    y=y,
                    name=f"Beratung {operator} {number} (synthetic)",
                ),
            )
    return services
