"""What a plan brings to each household, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dezentral.domain import Instance, Plan, Table
from dezentral.geo.distance import kind_metres
from dezentral.metrics.loads import Counts, Shares


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One entry per household, in the order of the instance; NaN = does not apply.

    Attributes
    ----------
    size
        Persons.
    unplaced, moved
        1.0 or 0.0: left unplaced; placed at another site than the current one.
    wish_rank
        Position of the district in the wishes, unlisted = their number.
    utility
        Predicted benefit of the placement.
    kinds
        Needed service kinds, sorted.
    members
        Members in need, shape ``(n_households, n_kinds)``.
    metres
        To the nearest reachable service, shape ``(n_households, n_kinds)``.
    """

    size: Counts
    unplaced: Shares
    moved: Shares
    wish_rank: Shares
    utility: Shares
    kinds: tuple[str, ...]
    members: Counts
    metres: Shares


def outcomes(instance: Instance, plan: Plan) -> Outcomes:
    """Read the outcome of a plan, which must match the instance, for every household."""
    position = {site.id: i for i, site in enumerate(instance.sites)}
    home = {placement.household: placement.site for placement in plan.placements}
    homes = [home.get(household.id) for household in instance.households]
    site = np.array([-1 if key is None else position[key] for key in homes], dtype=np.int64)
    kinds = tuple(sorted({kind for household in instance.households for kind in household.needs}))
    needs = [[household.needs.get(kind, 0) for kind in kinds] for household in instance.households]
    moves = [
        household.current_site is not None and key is not None and key != household.current_site
        for household, key in zip(instance.households, homes, strict=True)
    ]
    return Outcomes(
        size=np.array([household.size for household in instance.households], dtype=np.int64),
        unplaced=(site < 0).astype(np.float64),
        moved=np.array(moves, dtype=np.float64),
        wish_rank=_wish_ranks(instance, homes),
        utility=_utilities(instance, homes),
        kinds=kinds,
        members=np.array(needs, dtype=np.int64).reshape(len(homes), len(kinds)),
        metres=_metres(instance, kinds, site),
    )


def _wish_ranks(instance: Instance, homes: Sequence[str | None]) -> Shares:
    district_of = {site.id: site.district for site in instance.sites}
    ranks = np.full(len(homes), np.nan)
    for i, (household, home) in enumerate(zip(instance.households, homes, strict=True)):
        if home is not None and household.wishes:
            district, wishes = district_of[home], household.wishes
            ranks[i] = wishes.index(district) if district in wishes else len(wishes)
    return ranks


def _utilities(instance: Instance, homes: Sequence[str | None]) -> Shares:
    if instance.utilities is None:
        return np.full(len(homes), np.nan)
    cells = np.nan_to_num(instance.utilities.array, nan=0.0)
    rows, columns = _positions(instance.utilities)
    utilities = np.zeros(len(homes))
    for i, (household, home) in enumerate(zip(instance.households, homes, strict=True)):
        if home is None:
            utilities[i] = np.nan
        elif household.id in rows and home in columns:
            utilities[i] = cells[rows[household.id], columns[home]]
    return utilities


def _positions(table: Table) -> tuple[dict[str, int], dict[str, int]]:
    rows = {key: i for i, key in enumerate(table.rows)}
    return rows, {key: j for j, key in enumerate(table.columns)}


def _metres(instance: Instance, kinds: Sequence[str], site: Counts) -> Shares:
    metres = np.full((len(site), len(kinds)), np.nan)
    placed, by_kind = site >= 0, kind_metres(instance)
    for j, kind in enumerate(kinds):
        metres[placed, j] = by_kind[kind][site[placed]]
    metres[np.isinf(metres)] = np.nan
    return metres
