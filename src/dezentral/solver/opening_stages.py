"""Stages of which the sites that may open are what matters."""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Ints
from dezentral.solver.assignment import counts_of
from dezentral.solver.program import Objective, Program
from dezentral.solver.stage import Stage
from dezentral.solver.variants import copied


def is_about_sites(stage: Stage) -> bool:
    """Say whether a stage measures which sites open, and nothing else."""
    objective = stage.objective
    return not np.any(objective.costs) and objective.auxiliary.keys() <= set(stage.program.opened.values())


def strays(program: Program, assignment: Ints, opened: frozenset[int]) -> frozenset[int]:
    """Return the sites that may open and that an assignment uses besides some (positions)."""
    used = np.unique(program.compiled.pools.site[assignment[assignment >= 0]])
    return frozenset(used.tolist()) & program.opened.keys() - opened


def closing(stage: Stage, opened: frozenset[int], assignment: Ints, dear: float) -> Stage:
    """Return a stage in which all sites stay closed but some (positions); these open where that can do no harm.

    Where there is a price for each other site, an assignment that uses some keeps its placements there: the work can
    then begin with it, and drive it out.
    """
    program = stage.program
    site = program.compiled.pools.site
    closed = [one for one in program.opened if one not in opened]
    left = strays(program, assignment, opened) if dear else frozenset()
    kept = (counts_of(program.compiled, assignment) > 0) & np.isin(site, sorted(left))
    copy = copied(program)
    copy.allowed = program.allowed & (~np.isin(site, closed) | kept)
    for one in closed:
        if one not in left:
            copy.auxiliary_upper[program.opened[one]] = 0.0
    harmless = program.compiled.policy.rules.max_moves is None and not left
    if harmless and not is_about_sites(stage):
        for one in opened:
            copy.auxiliary_lower[program.opened[one]] = 1.0
    prices = {program.opened[one]: dear for one in sorted(left)}
    return Stage(copy, stage.objective + Objective(auxiliary=prices))
