"""What a larger budget, or one more opening, would gain on each level: prices of the relaxation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral.domain import Plan
from dezentral.domain.policy import Policy
from dezentral.solver.level_prices import level_prices
from dezentral.solver.openings import Openings
from dezentral.solver.params import SolveParams

_NOTHING = 1e-9  # prices below are noise


def opening_prices(
    openings: Openings, policy: Policy, plan: Plan, values: Sequence[float], params: SolveParams
) -> dict[str, list[float]]:
    """Estimate what one more of each limit on the openings would gain on each level.

    Parameters
    ----------
    openings
        What may open, and within which limits.
    policy, plan
        A plan that keeps them.
    values
        The plan's value on each level: the levels before stay as good.
    params
        Its time limit holds for all levels together.

    Returns
    -------
    dict
        "budget" (per unit of money), "number" (per site) → the gain on each level, ≥ 0, in a relaxation in which
        sites may open in part; NaN where there is no such limit or no price could be found.
    """
    instance = openings.opening(openings.costs)
    gains: dict[str, list[float]] = {"budget": [], "number": []}
    for program, duals in level_prices(instance, policy, plan, values, params, openings=openings):
        for name, found in gains.items():
            row = program.opening_rows.get(name)
            worth = np.nan if duals is None or row is None else -float(duals[row])
            found.append(0.0 if worth <= _NOTHING else worth)
    return gains
