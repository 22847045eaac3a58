"""What a peer brings back, and how a vector of its variables is read as a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.formulation import Formulation
from dezentral.compiled.pools import DORMITORY
from dezentral.domain import Placement, Plan


@dataclass(frozen=True)
class Answer:
    """A peer's outcome.

    Attributes
    ----------
    status
        In the peer's own words.
    plan
        None if it found none, or is no planner.
    bounds
        Proven per level; None where nothing is.
    columns
        Household × unit-kind variables.
    seconds
        Of the parts of its work.
    """

    status: str
    plan: Plan | None
    bounds: tuple[float | None, ...]
    columns: int
    seconds: dict[str, float]


def plan_from(formulation: Formulation, values: NDArray[np.float64]) -> Plan:
    """Read x as placements."""
    columns, compiled = formulation.columns, formulation.columns.compiled
    households = compiled.instance.households
    placements = []
    for column in np.flatnonzero(values[: len(columns)] > 0.5).tolist():  # noqa: PLR2004  0 or 1 but for rounding
        pool = int(columns.pool[column])
        placements.append(
            Placement(
                household=households[int(columns.household[column])].id,
                site=compiled.pools.sites[pool].id,
                unit=compiled.pools.units[pool].id,
                units=1 if _shares(formulation, column) else int(columns.units[column]),
            )
        )
    placed = {placement.household for placement in placements}
    return Plan(placements=tuple(placements), unplaced=tuple(h.id for h in households if h.id not in placed))


def _shares(formulation: Formulation, column: int) -> bool:
    columns = formulation.columns
    sharing = columns.compiled.pools.sharing[columns.pool[column]]
    return bool(sharing == DORMITORY or (sharing != 0 and columns.size[column] == 1))
