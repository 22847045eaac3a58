"""Sites and districts as arrays: what is open, who lives where today, which caps bind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints, frozen, ints
from dezentral.domain import Instance, Site
from dezentral.domain.policy import Policy


@dataclass(frozen=True)
class Cap:
    """A limit on the persons of a group of sites, judged on today.

    Attributes
    ----------
    sites
        Which sites belong to the group, shape (n_sites,).
    room
        Persons that may be placed there in all; None where today already exceeds the cap: then nobody new enters.
    """

    sites: Bools
    room: int | None


@dataclass(frozen=True)
class Places:
    """Sites and districts in the order of their ids.

    Attributes
    ----------
    sites, site_index, district_ids
        The records and their positions.
    site_district
        Shape (n_sites,).
    is_open, lasts
        Whether a site takes part; whether a new placement there lasts long enough. Shape (n_sites,).
    housed
        Persons in no table, per district with its sites, shape (n_districts,).
    target_share, target
        Shape (n_districts,); targets in persons.
    caps
        Every cap on persons.
    """

    sites: tuple[Site, ...]
    site_index: dict[str, int]
    district_index: dict[str, int]
    site_district: Ints
    is_open: Bools
    lasts: Bools
    housed: Ints
    target_share: Floats
    target: Floats
    takes_new: Bools
    caps: tuple[Cap, ...]


def places_of(instance: Instance, policy: Policy) -> Places:
    """Compile sites and districts."""
    sites = tuple(sorted(instance.sites, key=lambda site: site.id))
    districts = sorted(instance.districts, key=lambda district: district.id)
    district_index = {district.id: d for d, district in enumerate(districts)}
    site_district = ints(district_index[site.district] for site in sites)
    housed = np.array([district.housed for district in districts], dtype=np.int64)
    np.add.at(housed, site_district, [site.housed for site in sites])
    weights = np.array(
        [d.population if d.target_weight is None else d.target_weight for d in districts], dtype=np.float64
    )
    share = weights / weights.sum() if districts else weights
    everybody = int(housed.sum()) + sum(household.size for household in instance.households)
    living = Counter[str]()
    for household in instance.households:
        if household.current_site is not None:
            living[household.current_site] += household.size
    today = np.array([site.housed + living[site.id] for site in sites], dtype=np.int64)
    return Places(
        sites=sites,
        site_index={site.id: s for s, site in enumerate(sites)},
        district_index=district_index,
        site_district=site_district,
        is_open=frozen(np.array([_is_open(instance, site) for site in sites], dtype=np.bool_)),
        lasts=frozen(np.array([_lasts(instance, policy, site) for site in sites], dtype=np.bool_)),
        housed=frozen(housed),
        target_share=frozen(share),
        target=frozen(share * everybody),
        takes_new=frozen(
            np.array([w > 0 or d.max_persons is not None for w, d in zip(weights, districts, strict=True)], dtype=bool)
        ),
        caps=tuple(_caps(instance, policy, sites, today=today, housed=housed)),
    )


def _is_open(instance: Instance, site: Site) -> bool:
    if site.opening_cost is not None:
        return False
    if instance.date is None:
        return True
    begun = site.open_from is None or site.open_from <= instance.date
    return begun and (site.open_until is None or instance.date < site.open_until)


def _lasts(instance: Instance, policy: Policy, site: Site) -> bool:
    if instance.date is None or site.open_until is None:
        return True
    return (site.open_until - instance.date).days >= policy.rules.min_stay_days


def _caps(instance: Instance, policy: Policy, sites: tuple[Site, ...], *, today: Ints, housed: Ints) -> list[Cap]:
    caps = [
        _cap(np.arange(len(sites)) == s, cap, site.housed, int(today[s]))
        for s, site in enumerate(sites)
        for cap in (site.max_persons, policy.rules.max_site_persons)
        if cap is not None
    ]
    site_housed = np.array([site.housed for site in sites], dtype=np.int64)
    for d, district in enumerate(sorted(instance.districts, key=lambda district: district.id)):
        if district.max_persons is not None:
            inside = np.array([site.district == district.id for site in sites], dtype=np.bool_)
            now = district.housed + int(today[inside].sum())
            caps.append(_cap(inside, district.max_persons, int(housed[d]), now))
    for operator, cap in policy.rules.operator_capacity.items():
        inside = np.array([site.operator == operator for site in sites], dtype=np.bool_)
        caps.append(_cap(inside, cap, int(site_housed[inside].sum()), int(today[inside].sum())))
    return caps


def _cap(sites: Bools, cap: int, housed: int, today: int) -> Cap:
    return Cap(frozen(sites), cap - housed if today <= cap else None)
