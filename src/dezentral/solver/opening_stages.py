"""Stages of which the sites that may open are what matters."""

from __future__ import annotations

import numpy as np

from dezentral.solver.stage import Stage
from dezentral.solver.variants import copied


def is_about_sites(stage: Stage) -> bool:
    """Say whether a stage measures which sites open, and nothing else."""
    objective = stage.objective
    return not np.any(objective.costs) and objective.auxiliary.keys() <= set(stage.program.opened.values())


def closing(stage: Stage, opened: frozenset[int]) -> Stage:
    """Return a stage in which all sites stay closed but some (positions); these open where that can do no harm."""
    program = stage.program
    closed = [site for site in program.opened if site not in opened]
    copy = copied(program)
    copy.allowed = program.allowed & ~np.isin(program.compiled.pools.site, closed)
    for site in closed:
        copy.auxiliary_upper[program.opened[site]] = 0.0
    harmless = program.compiled.policy.rules.max_moves is None
    if harmless and not is_about_sites(stage):
        for site in opened:
            copy.auxiliary_lower[program.opened[site]] = 1.0
    return Stage(copy, stage.objective)
