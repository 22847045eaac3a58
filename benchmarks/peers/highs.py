"""HiGHS as scipy brings it: the mixed-integer program, and the linear relaxation alone (the yardstick)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import vstack

from benchmarks.peers.answer import Answer
from benchmarks.peers.formulation import formulate
from benchmarks.peers.lexicographic import Program, Solved, program_of, solve_by_levels
from benchmarks.peers.tangents import add_tangents
from dezentral.domain import Instance
from dezentral.domain.policy import Policy


def solve_with_highs(instance: Instance, policy: Policy, seconds: float, gap: float) -> Answer:
    """Solve the levels with `scipy.optimize.milp`."""
    return solve_by_levels(instance, policy, _milp, seconds, gap)


def _milp(program: Program) -> Solved:
    found = milp(
        program.cost,
        integrality=program.whole.astype(np.int64),
        bounds=Bounds(np.zeros(len(program.cost)), program.upper),
        constraints=LinearConstraint(program.matrix, program.low, program.high),
        options={"time_limit": program.seconds, "mip_rel_gap": program.gap},
    )
    bound = getattr(found, "mip_dual_bound", None)
    return Solved(str(found.message), found.x, None if bound is None or not np.isfinite(bound) else float(bound))


def relax_last_level(instance: Instance, policy: Policy, limits: Sequence[float], seconds: float) -> Answer:
    """Solve the linear relaxation of the last level alone, given what the earlier levels reached.

    Parameters
    ----------
    limits
        Value of every earlier level, from a plan that is known.
    """
    began = time.perf_counter()
    formulation = formulate(instance, policy)
    add_tangents(formulation, formulation.rows)
    last = len(policy.levels) - 1
    widest = [level.limit(value) for level, value in zip(policy.levels[:last], limits, strict=False)]
    program = program_of(formulation, last, widest, seconds, 0.0)
    built = time.perf_counter()
    equal = program.low == program.high
    above, below = np.isfinite(program.low) & ~equal, np.isfinite(program.high) & ~equal
    solve: Any = linprog  # its stub knows no sparse matrices
    found = solve(
        program.cost,
        A_ub=vstack([program.matrix[below], -program.matrix[above]]),
        b_ub=np.concatenate([program.high[below], -program.low[above]]),
        A_eq=program.matrix[equal],
        b_eq=program.low[equal],
        bounds=np.column_stack([np.zeros(len(program.cost)), program.upper]),
        method="highs",
        options={"time_limit": seconds},
    )
    took = {"formulate": built - began, "search": time.perf_counter() - built}
    bounds = (*[None] * last, float(found.fun) if found.success else None)
    return Answer(str(found.message), None, bounds, len(formulation.columns), took)
