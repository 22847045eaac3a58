"""Proximity: Σ weight_kind × members in need × d(site, kind) + Σ anchors weight × metres."""

from __future__ import annotations

import numpy as np

from dezentral.compiled import Compiled
from dezentral.compiled.arrays import Floats
from dezentral.domain.policy import Proximity
from dezentral.geo.distance import anchor_metres
from dezentral.solver.program import Objective, Program

_ANCHORS_AT_ONCE = 20_000


def proximity(program: Program, goal: Proximity) -> Objective:
    """Return the weighted metres of each type at each pool's site."""
    compiled = program.compiled
    metres = _need_metres(compiled, goal) + _anchor_metres(compiled)
    return Objective(costs=metres[:, compiled.pools.site])


def _need_metres(compiled: Compiled, goal: Proximity) -> Floats:
    metres = np.zeros((len(compiled.types), len(compiled.places.sites)))
    for kind, nearest in compiled.kind_metres.items():
        members = np.array([household.needs.get(kind, 0) for household in compiled.types.first], dtype=np.float64)
        weight = goal.weights.get(kind, 1.0)
        if weight and members.any():
            reached = np.where(np.isfinite(nearest), nearest, goal.out_of_reach)
            metres += weight * members[:, np.newaxis] * reached[np.newaxis, :]
    return metres


def _anchor_metres(compiled: Compiled) -> Floats:
    """Sum the weighted metres to each type's anchors, a bounded number of anchors at a time."""
    metres = np.zeros((len(compiled.types), len(compiled.places.sites)))
    owners = [(t, anchor) for t, household in enumerate(compiled.types.first) for anchor in household.anchors]
    for start in range(0, len(owners), _ANCHORS_AT_ONCE):
        some = owners[start : start + _ANCHORS_AT_ONCE]
        weights = np.array([anchor.weight for _, anchor in some])
        away = anchor_metres(compiled.places.sites, [anchor for _, anchor in some], compiled.instance.detour)
        away[~np.isfinite(away)] = 0.0  # a site without a point has no units
        np.add.at(metres, np.array([t for t, _ in some]), (away * weights).T)
    return metres
