"""Cost and Utility: what a site costs, what a household gains there."""

from __future__ import annotations

import numpy as np

from dezentral.domain.policy import Cost, Utility
from dezentral.solver.program import Objective, Program


def cost(program: Program, _goal: Cost) -> Objective:
    """Σ size_t × cost of the site × x[t,p]."""
    compiled = program.compiled
    per_person = np.array([site.cost for site in compiled.pools.sites], dtype=np.float64)
    return Objective(costs=compiled.types.size[:, np.newaxis] * per_person[np.newaxis, :])


def utility(program: Program, _goal: Utility) -> Objective:
    """−Σ utility × x[t,p]; a missing utility is 0."""
    compiled = program.compiled
    benefits = np.zeros((len(compiled.types), len(compiled.pools)))
    table = compiled.instance.utilities
    if table is not None:
        row_of = {key: i for i, key in enumerate(table.rows)}
        column_of = {key: j for j, key in enumerate(table.columns)}
        values = np.nan_to_num(table.array)
        columns = np.array([column_of.get(site.id, -1) for site in compiled.pools.sites], dtype=np.int64)
        known = columns >= 0
        for t, household in enumerate(compiled.types.first):
            if household.id in row_of:
                benefits[t, known] = values[row_of[household.id], columns[known]]
    return Objective(costs=-benefits)
