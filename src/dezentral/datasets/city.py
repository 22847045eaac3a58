"""Stuttgart as an instance: real districts, synthetic everything else."""

from __future__ import annotations

import math
from numbers import Integral, Real

import numpy as np

from dezentral.datasets.anchors import with_anchors
from dezentral.datasets.households import build_households
from dezentral.datasets.planning_day import PLANNING_DAY
from dezentral.datasets.present import with_present
from dezentral.datasets.schematic import schematic_outlines, schematic_polygons
from dezentral.datasets.services import build_services, build_support
from dezentral.datasets.sites import build_sites
from dezentral.datasets.stuttgart_facts import DISTRICTS
from dezentral.domain import District, Instance
from dezentral.errors import Fault, InstanceError

_MOST_PERSONS = 1_000_000
_MOST_SEED = 2**128 - 1


def stuttgart(persons: int = 10_000, seed: int = 0, anchors: bool = False, occupied: float = 0.0) -> Instance:
    """Return Stuttgart with its 23 real districts and a synthetic, seeded stock.

    Real are the districts' codes, names, neighbours, areas, centroids and populations (see `stuttgart_districts`
    for dates, sources and which populations are estimates). Their polygons are schematic: see `with_geometry` for
    the city's own. Sites, households and services are invented, shaped by what was published (190 sites for 10,000
    persons, 36 % of them alone, a third children, 54 schools with preparatory classes), and say so in their names.

    Parameters
    ----------
    persons
        Persons in all households together (0 … 1,000,000). Sites, seats and support grow in proportion.
    seed
        Same seed, same city (0 or more).
    anchors
        Whether each household gets one or two anchors (work, relatives), which makes nearly every one unique.
    occupied
        Share in [0, 1] of the persons who already live somewhere: the first to arrive, at places that respect
        `Policy.stuttgarter_weg`; fewer if no more fit.

    Returns
    -------
    Instance
        On the planning day 1 November 2026, in EPSG:25832. Its places at 7 m² a person exceed `persons` by 13.5 %,
        spread as unevenly over the districts as the press describes it.

    Raises
    ------
    InstanceError
        With every argument that is not as described.

    Examples
    --------
    >>> from dezentral.datasets import stuttgart
    >>> city = stuttgart(persons=500, seed=1)
    >>> city.name, len(city.districts), sum(household.size for household in city.households)
    ('Stuttgart (synthetic stock, seed 1)', 23, 500)
    """
    _require(persons, seed, anchors, occupied)
    persons, seed, occupied = int(persons), int(seed), float(occupied)
    # One stream per part: anchors and a present leave sites, households and services as they are.
    for_sites, for_households, for_services, for_anchors, for_present = np.random.default_rng(seed).spawn(5)
    outlines = schematic_outlines()
    sites = build_sites(for_sites, persons, outlines)
    households = build_households(for_households, persons)
    services = build_services(for_services, persons, households, sites, outlines)
    support = build_support(for_services, persons)
    if anchors:
        households = with_anchors(for_anchors, households, outlines)
    if occupied:
        households = with_present(for_present, households, sites, occupied)
    return Instance(
        districts=_districts(support),
        sites=tuple(sites),
        households=tuple(households),
        services=tuple(services),
        date=PLANNING_DAY,
        name=f"Stuttgart (synthetic stock, seed {seed})",
    )


def _districts(support: dict[str, dict[str, int]]) -> tuple[District, ...]:
    polygons = schematic_polygons()
    return tuple(
        District(
            id=facts.code,
            name=facts.name,
            population=facts.population,
            support=support[facts.code],
            geometry=polygons[facts.code],
        )
        for facts in DISTRICTS
    )


def _require(persons: object, seed: object, anchors: object, occupied: object) -> None:
    faults = []
    if not _is_whole(persons, _MOST_PERSONS):
        faults.append(Fault("stuttgart", "persons", persons, f"a whole number from 0 to {_MOST_PERSONS:_}"))
    if not _is_whole(seed, _MOST_SEED):
        faults.append(Fault("stuttgart", "seed", seed, "a whole number from 0 to below 2^128"))
    if not isinstance(anchors, bool | np.bool_):
        faults.append(Fault("stuttgart", "anchors", anchors, "True or False"))
    if not _is_share(occupied):
        faults.append(Fault("stuttgart", "occupied", occupied, "a share in [0, 1]"))
    if faults:
        raise InstanceError.of(faults)


def _is_whole(value: object, most: float = math.inf) -> bool:
    return not isinstance(value, bool) and isinstance(value, Integral) and 0 <= int(value) <= most


def _is_share(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real) and 0 <= value <= 1  # type: ignore[operator]  # NaN is in no range
