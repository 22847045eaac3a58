"""The compiled instance: what the engine works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints, frozen
from dezentral.compiled.compatible import (
    living_at,
    new_allowed,
    not_excluded,
    single_room,
    staying,
    units_needed,
)
from dezentral.compiled.places import Places, places_of
from dezentral.compiled.pools import Pools, pools_of
from dezentral.compiled.reads import Reads
from dezentral.compiled.types import Types, types_of
from dezentral.domain import Instance
from dezentral.domain.policy import Level, Policy
from dezentral.geo.distance import kind_metres, service_metres


@dataclass(frozen=True)
class Compiled:
    """An instance as its policy reads it.

    Attributes
    ----------
    instance, policy, reads
        Where it comes from; `reads` says for which levels it holds.
    places, pools, types
        Sites and districts; kinds of units at open sites; kinds of households.
    current
        Index of each type's current site, −1 = none, shape (n_types,).
    stays
        Where a placement means staying, shape (n_types, n_pools).
    units
        Units that a household takes (dormitory: places; sharing by sex: 1); 0 = not allowed, (n_types, n_pools).
    single_room
        Persons living alone whom each site may hold, −1 = nobody new, or None, shape (n_sites,).
    service_metres
        Site × service, in the order of `places.sites` and `instance.services`; ``inf`` = unreachable.
    kind_metres
        Kind → metres from each site to the nearest service, shape (n_sites,).
    """

    instance: Instance
    policy: Policy
    reads: Reads
    places: Places
    pools: Pools
    types: Types
    current: Ints
    stays: Bools
    units: Ints
    single_room: Ints | None
    service_metres: Floats
    kind_metres: dict[str, Floats]


def compile_instance(instance: Instance, policy: Policy, levels: Sequence[Level] | None = None) -> Compiled:
    """Compile an instance for the rules of a policy and some of its levels (all by default)."""
    reads = Reads.of(instance, policy, policy.levels if levels is None else levels)
    places = places_of(instance, policy)
    pools = pools_of(instance, policy, places)
    types = types_of(instance, reads, places, pools)
    order = np.array([place for place, _ in sorted(enumerate(instance.sites), key=lambda pair: pair[1].id)], dtype=int)
    by_kind = {kind: frozen(metres[order]) for kind, metres in kind_metres(instance).items()}
    current = living_at(types, places)
    stays = staying(types, pools, current)
    allowed = new_allowed(types, pools, places, current=current, rules=policy.rules, kind_metres=by_kind)
    allowed |= stays
    allowed &= not_excluded(types, pools)
    return Compiled(
        instance=instance,
        policy=policy,
        reads=reads,
        places=places,
        pools=pools,
        types=types,
        current=current,
        stays=stays,
        units=frozen(np.where(allowed, units_needed(types, pools, stays, policy.rules), 0)),
        single_room=single_room(types, pools, places, policy.rules),
        service_metres=frozen(service_metres(instance)[order]),
        kind_metres=by_kind,
    )
