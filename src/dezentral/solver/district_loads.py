"""Which loads the districts should have: the relaxation with the loads alone in whole persons.

Whole loads as even as the levels before demand are few, and one choice of them may cost this level far more than
another. With households in parts and only the loads whole, HiGHS finds good ones fast.
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Ints
from dezentral.solver.core import Room
from dezentral.solver.direct import draw
from dezentral.solver.guide import Guide, lowest
from dezentral.solver.mip import solve_mip
from dezentral.solver.variants import copied

_WIDTH = 3_000  # columns of least regret among which the loads are chosen
_NEAR = 2  # persons by which loads may differ from the relaxation's
_GAP = 0.1  # of the gap asked for
_NODES = 200
_ROUNDS = 3  # of lines that a choice turns out to need


def choose_loads(guide: Guide) -> Ints | None:
    """Return the districts' loads that this level should have, None without any; shape (n_districts,)."""
    program, relaxed = guide.program, guide.relaxed
    if not program.loads:
        return None
    mask, _ = lowest(relaxed.prices.regret(), _WIDTH)
    mask |= guide.used | (guide.counts > 0)
    for _ in range(_ROUNDS):
        near = copied(program)
        for variable in program.loads:
            load = relaxed.solution.auxiliary[variable]
            near.auxiliary_lower[variable] = max(near.auxiliary_lower[variable], float(np.floor(load)) - _NEAR)
            near.auxiliary_upper[variable] = min(near.auxiliary_upper[variable], float(np.ceil(load)) + _NEAR)
        answer = solve_mip(
            near,
            Room.of(near, mask),
            guide.objective,
            guide.task.watch,
            gap=_GAP * guide.task.gap,
            nodes=_NODES,
            whole=program.loads,
        )
        if answer.auxiliary is None:
            return None
        chosen = np.rint(answer.auxiliary[program.loads]).astype(np.int64)
        if not draw(program, chosen):
            return chosen
    return None

