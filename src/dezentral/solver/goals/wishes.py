"""Wishes: Σ size × min(position of the district in the household's wishes, depth)."""

from __future__ import annotations

import numpy as np

from dezentral.domain.policy import Wishes
from dezentral.solver.program import Objective, Program


def wishes(program: Program, goal: Wishes) -> Objective:
    """Return the persons' ranks of the districts where they are placed."""
    compiled = program.compiled
    ranks = np.zeros((len(compiled.types), len(compiled.places.district_index)))
    for t, household in enumerate(compiled.types.first):
        if household.wishes:
            ranks[t] = goal.depth
            for position, district in reversed(list(enumerate(household.wishes[: goal.depth]))):
                ranks[t, compiled.places.district_index[district]] = position
    ranks *= compiled.types.size[:, np.newaxis]
    return Objective(costs=ranks[:, compiled.pools.district])
