"""Which type may be placed in which pool, and how many units it takes there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints, frozen
from dezentral.compiled.places import Places
from dezentral.compiled.pools import DORMITORY, SAME_SEX, Pools, places_in, units_for
from dezentral.compiled.types import Types
from dezentral.domain import Household
from dezentral.domain.policy import Rules


def living_at(types: Types, places: Places) -> Ints:
    """Return each type's current site, −1 where it has none, shape (n_types,)."""
    return frozen(
        np.array(
            [-1 if h.current_site is None else places.site_index[h.current_site] for h in types.first], dtype=np.int64
        )
    )


def staying(types: Types, pools: Pools, current: Ints) -> Bools:
    """Say where a placement means staying: the current site, in the current unit if one is given.

    Returns
    -------
    numpy.ndarray
        Shape (n_types, n_pools).
    """
    stays = current[:, np.newaxis] == pools.site[np.newaxis, :]
    unit_ids = np.array([unit.id for unit in pools.units], dtype=object)
    for t in np.flatnonzero(stays.any(axis=1)):
        unit = types.first[t].current_unit
        if unit is not None:
            stays[t] &= unit_ids == unit
    return frozen(stays)


def units_needed(types: Types, pools: Pools, stays: Bools, rules: Rules) -> Ints:
    """Return the units that one household takes, 0 where it does not fit, shape (n_types, n_pools).

    In a dormitory: the places. Persons living alone who share by sex: 1 (a person).
    """
    needed = np.zeros((len(types), len(pools)), dtype=np.int64)
    for size in np.unique(types.size).tolist():
        row = np.array([_units(size, p, pools, rules.max_units_per_household) for p in range(len(pools))])
        needed[types.size == size] = row
    for t, p in zip(*np.nonzero(stays), strict=True):
        if pools.sharing[p] != DORMITORY:
            needed[t, p] = -(-int(types.size[t]) // int(pools.beds[p]))
    room = np.where(pools.sharing == DORMITORY, pools.count * pools.cap1, pools.count)
    needed[needed > room] = 0
    return frozen(needed)


def _units(size: int, p: int, pools: Pools, most: int) -> int:
    beds, by_area = int(pools.beds[p]), float(pools.persons_by_area[p])
    if pools.sharing[p] == DORMITORY:
        return size if pools.cap1[p] >= 1 else 0
    if pools.sharing[p] == SAME_SEX and size == 1:
        return 1 if pools.cap1[p] >= 1 else 0
    # cap(k) grows with k: if even the most units hold too few, no number does
    return units_for(size, beds, by_area) if places_in(most, beds, by_area) >= size else 0


def new_allowed(
    types: Types, pools: Pools, places: Places, *, current: Ints, rules: Rules, kind_metres: Mapping[str, Floats]
) -> Bools:
    """Say where a type may be newly placed, capacity aside, shape (n_types, n_pools)."""
    allowed = _by(types, len(pools), lambda h: h.traits, lambda h: _admitted(h, pools))
    allowed &= _by(types, len(pools), lambda h: h.requires, lambda h: _required(h, pools))
    allowed &= places.lasts[pools.site]
    for kind, most in rules.max_distance.items():
        near = kind_metres[kind] <= most if kind in kind_metres else np.zeros(len(places.sites), dtype=np.bool_)
        needs = np.array([kind in h.needs for h in types.first], dtype=np.bool_)
        allowed[needs] &= near[pools.site]
    here = current[:, np.newaxis]
    home = np.where(current >= 0, places.site_district[current], -1) if len(places.sites) else current
    allowed &= places.takes_new[pools.district] | (home[:, np.newaxis] == pools.district)
    for cap in places.caps:
        if cap.room is None:
            lives_inside = np.where(current >= 0, cap.sites[current], False)
            allowed &= ~cap.sites[pools.site] | lives_inside[:, np.newaxis]
    allowed &= _singles_allowed(types, pools, places, here, rules)
    return allowed


def _singles_allowed(types: Types, pools: Pools, places: Places, here: Ints, rules: Rules) -> Bools:
    """Close sites to persons living alone where today's share is already above the rule."""
    room = single_room(types, pools, places, rules)
    if room is None:
        return np.ones((1, len(pools)), dtype=np.bool_)
    closed = (room < 0)[pools.site]
    free: Bools = (types.size != 1)[:, np.newaxis] | ~closed | (here == pools.site)
    return free


def single_room(types: Types, pools: Pools, places: Places, rules: Rules) -> Ints | None:
    """Return how many persons living alone each site may hold, −1 where today's are more already.

    Returns
    -------
    numpy.ndarray or None
        Shape (n_sites,); None without the rule.
    """
    if rules.max_single_share is None:
        return None
    beds = np.zeros(len(places.sites), dtype=np.int64)
    np.add.at(beds, pools.site, pools.count * pools.cap1)
    most = np.ceil(rules.max_single_share * beds - 1e-9).astype(np.int64)
    today = np.zeros(len(places.sites), dtype=np.int64)
    alone = types.size == 1
    for t in np.flatnonzero(alone):
        site = types.first[t].current_site
        if site is not None:
            today[places.site_index[site]] += types.count[t]
    return frozen(np.where(today > most, -1, most))


def not_excluded(types: Types, pools: Pools) -> Bools:
    """Say where exclusions and fixed sites let a type be, shape (n_types, n_pools)."""
    return _by(
        types, len(pools), lambda h: (h.excluded_sites, h.excluded_districts, h.fixed_site), lambda h: _free(h, pools)
    )


def _by(
    types: Types, width: int, key: Callable[[Household], Hashable], row: Callable[[Household], Bools]
) -> Bools:
    """Work out a row of booleans once per distinct key."""
    out = np.ones((len(types), width), dtype=np.bool_)
    known: dict[Hashable, Bools] = {}
    for t, household in enumerate(types.first):
        read = key(household)
        if read not in known:
            known[read] = row(household)
        out[t] = known[read]
    return out


def _admitted(household: Household, pools: Pools) -> Bools:
    return np.array([s.admits is None or bool(s.admits & household.traits) for s in pools.sites], dtype=np.bool_)


def _required(household: Household, pools: Pools) -> Bools:
    return np.array(
        [household.requires <= u.features | s.features for u, s in zip(pools.units, pools.sites, strict=True)],
        dtype=np.bool_,
    )


def _free(household: Household, pools: Pools) -> Bools:
    return np.array(
        [
            s.id not in household.excluded_sites
            and s.district not in household.excluded_districts
            and household.fixed_site in (None, s.id)
            for s in pools.sites
        ],
        dtype=np.bool_,
    )

