"""One level's program: the instance as the levels so far read it, rules, objectives and earlier limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dezentral.compiled import Compiled
from dezentral.domain.policy import Level
from dezentral.solver.goals import objective_of
from dezentral.solver.openings import Openings
from dezentral.solver.program import FINE, Objective, Program
from dezentral.solver.rules import add_rules

DIRECT = 100  # placements up to which CP-SAT sees all of them at once, without a relaxation first
_SLACK = 1e-8  # relative; what floats may differ by, unevenness summed over districts in steps of 1e-9 included
_LIMIT = 1e-7  # relative: how far a plan may be from a limit before it is refused
_FORGIVEN = 0.5  # of that: by how much HiGHS, whose fractions are a bit off, may exceed a limit of unevenness

_FLOAT = 1e-15  # relative: what a few sums in floats are off by
_SEEN = 1e-9  # relative: what that may hide


@dataclass(frozen=True)
class Stage:
    """A level to be solved.

    Attributes
    ----------
    program
        Rules, and the limits of the earlier levels.
    objective
        Of this level.
    """

    program: Program
    objective: Objective


def furthest(limit: float) -> float:
    """Return the largest value that still keeps a limit, for what floats may be off by."""
    return limit + _LIMIT * max(1.0, abs(limit))


def stage_of(
    compiled: Compiled,
    levels: Sequence[Level],
    limits: Sequence[float],
    precision: float,
    openings: Openings | None = None,
    *,
    lazy: bool | None = None,
) -> Stage:
    """Build the program of the last of `levels`, the earlier ones limited to `limits`."""
    program = limited(compiled, levels[:-1], limits, precision, openings, lazy=lazy)
    return Stage(program, objective_of(program, levels[-1]))


def limited(
    compiled: Compiled,
    levels: Sequence[Level],
    limits: Sequence[float],
    precision: float,
    openings: Openings | None = None,
    *,
    lazy: bool | None = None,
) -> Program:
    """Build the program of the rules and of levels that each must keep a limit; by its size `lazy` or not if None."""
    if lazy is None:
        lazy = bool(np.count_nonzero(compiled.units) > DIRECT)
    # A limit gives way by a step for every district: were that more than is forgiven, HiGHS would find refused plans.
    program = Program(compiled, FINE if lazy else precision, lazy=lazy, openings=openings)
    add_rules(program)
    for level, limit in zip(levels, limits, strict=True):
        objective = objective_of(program, level)
        slack = _SLACK * max(1.0, abs(limit))
        if floor_of(program, objective) < limit - slack:
            row = program.bounded(objective, limit + slack)
            if not program.measures.isdisjoint(objective.auxiliary):
                program.forgiven[row] = _FORGIVEN * (furthest(limit) - limit)
        else:
            _keep_cheapest(program, objective)
            if objective.auxiliary:
                program.bounded(objective, limit + slack)
    return program


def _keep_cheapest(program: Program, objective: Objective) -> None:
    """Leave only what a level needs that can go no lower: every household at its cheapest places."""
    costs = np.where(program.allowed, objective.costs, np.inf)
    cheapest = np.minimum(costs.min(axis=1, initial=np.inf), 0.0)
    scale = _SLACK * np.maximum(1.0, np.abs(cheapest))
    program.allowed = program.allowed & (costs <= (cheapest + scale)[:, np.newaxis])
    for t in np.flatnonzero(cheapest < -scale).tolist():
        program.lower[t] = program.upper[t]


def feasibility_of(compiled: Compiled, openings: Openings | None = None) -> Program:
    """Build the program of the rules alone."""
    program = Program(compiled, openings=openings)
    add_rules(program)
    return program


def floor_of(program: Program, objective: Objective) -> float:
    """Return what no plan can undercut when rows are ignored: every household at its cheapest place.

    What floats may be off by is taken off where sums are so large that it could be seen.
    """
    costs = np.where(program.allowed, objective.costs, np.inf)
    cheapest = np.minimum(costs.min(axis=1, initial=np.inf), 0.0)
    lower, upper = program.auxiliary_lower, program.auxiliary_upper
    auxiliary = sum(
        cost * (lower if cost > 0 else upper)[variable] for variable, cost in objective.auxiliary.items()
    )
    housed = cheapest @ program.counts
    noise = _FLOAT * (abs(objective.constant) - housed + abs(auxiliary))
    floor = float(objective.constant + housed + auxiliary)
    return floor - (noise if noise > _SEEN * max(1.0, abs(floor)) else 0.0)
