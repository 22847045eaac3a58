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

_WIDTH = 3_000  # columns of least regret among which the loads are chosen
_GAP = 0.1  # of the gap asked for
_NODES = 200
_ROUNDS = 3  # of lines that a choice turns out to need


def choose_loads(guide: Guide) -> Ints | None:
    """Return the districts' loads that this level should have, None without any; shape (n_districts,)."""
    program, relaxed = guide.program, guide.relaxed
    if not program.loads:
        return None
    mask, beyond = lowest(relaxed.prices.regret(), _WIDTH, guide.value - relaxed.prices.bound)
    mask |= guide.used | (guide.counts > 0)
    for _ in range(_ROUNDS):
        answer = solve_mip(
            program,
            Room.of(program, mask),
            guide.objective,
            guide.task.watch,
            gap=_GAP * guide.task.gap,
            nodes=_NODES,
            whole=program.loads,
        )
        guide.prove(min(answer.bound, relaxed.prices.bound + beyond))
        if answer.auxiliary is None:
            return None
        chosen = np.rint(answer.auxiliary[program.loads]).astype(np.int64)
        if not draw(program, chosen):
            return chosen
    return None
