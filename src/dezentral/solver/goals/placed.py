"""KeepHoused, Placed, Stability: persons left without a place, or with another one than today's."""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Numbers
from dezentral.domain.policy import KeepHoused, Placed, Stability
from dezentral.solver.program import Objective, Program
from dezentral.solver.rules.moves import moves


def keep_housed(program: Program, _goal: KeepHoused) -> Objective:
    """Σ_{t housed today} size_t × (n_t − Σ_p x[t,p])."""
    compiled = program.compiled
    return _unplaced(program, compiled.types.size * (compiled.current >= 0))


def placed(program: Program, _goal: Placed) -> Objective:
    """Σ_t size_t × priority_t × (n_t − Σ_p x[t,p])."""
    types = program.compiled.types
    return _unplaced(program, types.size * np.array([household.priority for household in types.first], dtype=np.int64))


def stability(program: Program, _goal: Stability) -> Objective:
    """Σ size_t × x[t,p] over placements at another site than the current one."""
    compiled = program.compiled
    return Objective(costs=compiled.types.size[:, np.newaxis] * moves(compiled).astype(np.float64))


def _unplaced(program: Program, worth: Numbers) -> Objective:
    total = float(worth @ program.compiled.types.count)
    return Objective(total, -worth[:, np.newaxis].astype(np.float64))
