"""Types: households that are equal in everything the policy reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from dezentral.compiled.arrays import Ints, frozen, ints
from dezentral.compiled.places import Places
from dezentral.compiled.pools import SAME_SEX, Pools
from dezentral.compiled.reads import Reads
from dezentral.domain import Household, Instance


@dataclass(frozen=True)
class Types:
    """Households by type, types in the order of their first member's id.

    Attributes
    ----------
    first
        One household of each type, length n_types.
    size, count
        Persons of a household and households of each type, shape (n_types,).
    members
        Positions in `instance.households` of each type's households: earlier arrival first, then smaller id.
    of_household
        Type of each household, shape (n_households,).
    """

    first: tuple[Household, ...]
    size: Ints
    count: Ints
    members: tuple[Ints, ...]
    of_household: Ints

    def __len__(self) -> int:
        return len(self.first)


def types_of(instance: Instance, reads: Reads, places: Places, pools: Pools) -> Types:
    """Group the households by what is read of them."""
    signature = _Signature(instance, reads, places, pools)
    groups: dict[tuple[Any, ...], list[int]] = {}
    order = sorted(range(len(instance.households)), key=lambda h: instance.households[h].id)
    for h in order:
        groups.setdefault(signature(instance.households[h]), []).append(h)
    households = instance.households
    of_household = np.zeros(len(households), dtype=np.int64)
    members = []
    for t, group in enumerate(groups.values()):
        of_household[group] = t
        members.append(ints(sorted(group, key=lambda h: (households[h].arrival or dt.date.max, households[h].id))))
    first = tuple(households[group[0]] for group in groups.values())
    return Types(
        first=first,
        size=ints(household.size for household in first),
        count=ints(len(group) for group in groups.values()),
        members=tuple(members),
        of_household=frozen(of_household),
    )


class _Signature:
    """What is read of a household, as a hashable key."""

    def __init__(self, instance: Instance, reads: Reads, places: Places, pools: Pools) -> None:
        self.reads = reads
        self.sex_matters = bool((pools.sharing == SAME_SEX).any())
        admitted = [site.admits for site in places.sites if site.admits is not None]
        self.admitted = frozenset[str]().union(*admitted)
        self.related = {key for relation in instance.relations for key in relation.households}
        self.utilities: dict[str, tuple[float, ...]] = {}
        if reads.utility and instance.utilities is not None:
            rows = np.nan_to_num(instance.utilities.array)
            self.utilities = {key: tuple(row) for key, row in zip(instance.utilities.rows, rows.tolist(), strict=True)}

    def __call__(self, household: Household) -> tuple[Any, ...]:
        return (
            household.size,
            self._sex(household),
            household.traits & self.admitted,
            household.requires,
            tuple((kind, members) for kind, members in household.needs.items() if kind in self.reads.kinds),
            self._anchors(household),
            self._wishes(household),
            self._peers(household),
            (household.current_site, household.current_unit, household.fixed_site),
            household.excluded_sites,
            household.excluded_districts,
            household.priority if self.reads.priority else 1,
            self.utilities.get(household.id),
            household.id if household.id in self.related else None,
        )

    def _sex(self, household: Household) -> str | None:
        if household.size > 1 or not self.sex_matters:
            return None
        return household.sex if household.sex in ("f", "m") else "x"

    def _anchors(self, household: Household) -> tuple[tuple[float, float, float], ...]:
        if not self.reads.anchors:
            return ()
        return tuple(sorted((anchor.x, anchor.y, anchor.weight) for anchor in household.anchors))

    def _wishes(self, household: Household) -> tuple[tuple[str, int], ...]:
        seen: dict[str, int] = {}
        for position, district in enumerate(household.wishes[: self.reads.wish_depth]):
            seen.setdefault(district, position)
        return tuple(seen.items())

    def _peers(self, household: Household) -> tuple[Any, ...]:
        if not self.reads.peers or not (household.supports or household.seeks_support):
            return ()
        return (household.supports, household.seeks_support, household.languages)
