"""What a larger budget, or one more opening, would gain on each level: prices of the relaxation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral.compiled import compile_instance
from dezentral.domain import Plan
from dezentral.domain.policy import Policy
from dezentral.solver.assignment import assignment_of, counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.openings import Openings
from dezentral.solver.params import SolveParams
from dezentral.solver.relaxation import relax
from dezentral.solver.stage import stage_of
from dezentral.solver.watch import Watch

_PRECISION = 1e-6
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
    instance, watch = openings.opening(openings.costs), Watch(params.time_limit)
    gains: dict[str, list[float]] = {"budget": [], "number": []}
    for i, value in enumerate(values):
        levels = policy.levels[: i + 1]
        compiled = compile_instance(instance, policy, levels)
        stage = stage_of(compiled, levels, list(values[:i]), _PRECISION, openings)
        assignment = assignment_of(compiled, plan)
        counts = None if assignment is None else counts_of(compiled, assignment)
        if counts is not None:
            draw_lines(stage.program, counts)
        relaxed = relax(stage.program, stage.objective, counts, params.gap * max(1.0, abs(value)), watch)
        for name, found in gains.items():
            row = stage.program.opening_rows.get(name)
            if relaxed is None or row is None:
                found.append(np.nan)
            else:
                worth = -float(relaxed.prices.duals[row])
                found.append(worth if worth > _NOTHING else 0.0)
    return gains
