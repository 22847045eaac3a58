"""Level after level with a solver of linear programs: each level's best value limits the next."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, vstack

from benchmarks.peers.answer import Answer, plan_from
from benchmarks.peers.columns import Floats
from benchmarks.peers.formulation import Formulation, formulate
from benchmarks.peers.tangents import add_tangents
from dezentral.domain import Instance
from dezentral.domain.policy import Policy

_ROUNDING = 1e-6  # relative: how far a level may be from its limit


@dataclass(frozen=True)
class Program:
    """Minimise cost · v over low ≤ A v ≤ high, 0 ≤ v ≤ upper, some v whole, within so many seconds and this gap."""

    cost: Floats
    matrix: csr_matrix
    low: Floats
    high: Floats
    upper: Floats
    whole: np.ndarray[tuple[int], np.dtype[np.bool_]]
    seconds: float
    gap: float


@dataclass(frozen=True)
class Solved:
    """What a solver says: in its own words, the best v or None, the proven bound or None."""

    status: str
    values: Floats | None
    bound: float | None


Solver = Callable[[Program], Solved]


def solve_by_levels(instance: Instance, policy: Policy, solver: Solver, seconds: float, gap: float) -> Answer:
    """Solve all levels one after another until time is up; the plan is that of the last level that had one."""
    began = time.perf_counter()
    formulation = formulate(instance, policy)
    add_tangents(formulation, formulation.rows)
    built = time.perf_counter() - began
    limits: list[float] = []
    bounds: list[float | None] = [None] * len(policy.levels)
    plan, status = None, "time limit"
    for i, objective in enumerate(formulation.objectives):
        if not objective.any():
            bounds[i] = 0.0
            limits.append(0.0)
            continue
        left = seconds - (time.perf_counter() - began - built)
        if left <= 0:
            status = "time limit"
            break
        solved = solver(program_of(formulation, i, limits, left, gap))
        status, bounds[i] = solved.status, solved.bound
        if solved.values is None:
            break
        plan = plan_from(formulation, solved.values)
        limits.append(policy.levels[i].limit(float(objective @ solved.values)))
    search = time.perf_counter() - began - built
    return Answer(status, plan, tuple(bounds), len(formulation.columns), {"formulate": built, "search": search})


def program_of(
    formulation: Formulation, level: int, limits: Sequence[float], seconds: float, gap: float
) -> Program:
    """Write one level under limits on those before."""
    matrix, (low, high) = formulation.rows.matrix(), formulation.rows.sides()
    bound = [(formulation.objectives[i], limit) for i, limit in enumerate(limits) if formulation.objectives[i].any()]
    if bound:
        matrix = vstack([matrix, csr_matrix(np.array([row for row, _ in bound]))]).tocsr()
        slack = [limit + _ROUNDING * max(1.0, abs(limit)) for _, limit in bound]
        low, high = np.concatenate([low, np.full(len(bound), -np.inf)]), np.concatenate([high, slack])
    objective = formulation.objectives[level]
    return Program(objective, matrix, low, high, formulation.upper, formulation.whole, seconds, gap)
