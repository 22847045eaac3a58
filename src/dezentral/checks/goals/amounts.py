"""cost, utility: amounts as given, summed over the placements."""

from __future__ import annotations

import math

import numpy as np

from dezentral.checks.situation import Situation
from dezentral.domain.policy import Cost, Utility


def cost(situation: Situation, _goal: Cost) -> float:
    """Return Σ size × cost of the site."""
    return math.fsum(placed.size * placed.site.cost for placed in situation.placed)


def utility(situation: Situation, _goal: Utility) -> float:
    """Return −Σ utility of household and site; what the table does not hold is 0."""
    table = situation.instance.utilities
    if table is None:
        return 0.0
    values = np.nan_to_num(table.array, nan=0.0)
    rows = {key: row for row, key in enumerate(table.rows)}
    columns = {key: column for column, key in enumerate(table.columns)}
    return -math.fsum(
        float(values[rows[placed.id], columns[placed.site.id]])
        for placed in situation.placed
        if placed.id in rows and placed.site.id in columns
    )
