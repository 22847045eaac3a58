"""Which sums some of the opening costs can make."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from dezentral.solver.openings import Openings, slack_of
from dezentral.solver.scaling import whole, whole_bound

_WORK = 5.0  # deterministic time


def can_cost(openings: Openings, cost: float, given: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether given sites and some of the others may cost just so much; True where nobody knows.

    Parameters
    ----------
    openings
        Costs, and how many sites may open.
    cost
        In all.
    given
        Ids of sites that open.
    others
        Ids of sites that may.
    """
    left = cost - openings.cost(given)
    prices = np.array([openings.costs[key] for key in others], dtype=np.float64)
    coefficients, factor, error = whole(prices, np.ones(len(prices)))
    model = cp_model.CpModel()
    opens = [model.new_bool_var("") for _ in others]
    room = error + slack_of(cost)
    total = cp_model.LinearExpr.weighted_sum(opens, coefficients.tolist())
    model.add(total >= whole_bound(left - room, factor, up=True))
    model.add(total <= whole_bound(left + room, factor, up=False))
    if openings.most is not None:
        model.add(cp_model.LinearExpr.sum(opens) <= openings.most - len(given))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _WORK
    return solver.solve(model) != cp_model.INFEASIBLE
