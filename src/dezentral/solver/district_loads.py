"""Which loads the districts should have: the relaxation with the loads alone in whole persons.

Whole loads as even as the levels before demand are few, and one choice of them may cost this level far more than
another. Nearly all loads of the relaxation are whole, or soon are when one after another is rounded; where rounding
costs too much, HiGHS finds good ones with households in parts and only the loads whole.
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.core import Room
from dezentral.solver.direct import draw
from dezentral.solver.guide import Guide
from dezentral.solver.linear import Optimum, Simplex
from dezentral.solver.mip import solve_mip, written

_WIDTH = 3_000  # columns of least regret among which the loads are chosen
_GAP = 0.1  # of the gap asked for
_NODES = 200
_ROUNDS = 3  # of lines that a choice turns out to need
_WHOLE = 1e-6


def choose_loads(guide: Guide) -> Ints | None:
    """Return the districts' loads that this level should have, None without any; shape (n_districts,)."""
    program = guide.program
    if not program.loads:
        return None
    mask, beyond = guide.helpful(_WIDTH)
    room = Room.of(program, mask | guide.used | (guide.counts > 0))
    for _ in range(_ROUNDS):
        chosen = _rounded(guide, room)
        if chosen is None:
            chosen = _branched(guide, room, beyond)
        if chosen is None:
            return None
        whole = np.rint(chosen).astype(np.int64)
        if not draw(program, whole):
            return whole
    return None


def _branched(guide: Guide, room: Room, beyond: float) -> Floats | None:
    """Let HiGHS choose the loads, and note what it proves; shape (n_districts,)."""
    program = guide.program
    answer = solve_mip(
        program,
        room,
        guide.objective,
        guide.task.watch,
        gap=_GAP * guide.task.gap,
        nodes=_NODES,
        whole=program.loads,
    )
    guide.prove(min(answer.bound, guide.relaxed.prices.bound + beyond))
    return None if answer.auxiliary is None else answer.auxiliary[program.loads]


def _rounded(guide: Guide, room: Room) -> Floats | None:
    """Round one load after another, the nearest to a whole number first; None where that is too dear.

    GLOP goes on from where it stood, which takes it hundredths of a second.
    """
    variables, rows = written(guide.program, room, guide.objective)
    loads = len(room.columns) + np.array(guide.program.loads)
    simplex = Simplex(variables, rows)
    best = simplex.solve(guide.task.watch)
    most = np.inf if best is None else best.value + _GAP * guide.task.gap * max(1.0, abs(best.value))
    while best is not None:
        values: Floats = best.values[loads]
        off = np.abs(values - np.rint(values))
        if np.all(off <= _WHOLE):
            return values
        nearest = int(np.argmin(np.where(off > _WHOLE, off, np.inf)))
        best = _fixed(guide, simplex, int(loads[nearest]), float(values[nearest]), most)
    return None


def _fixed(guide: Guide, simplex: Simplex, load: int, value: float, most: float) -> Optimum | None:
    """Fix a load at the nearer whole number, or at the other one where that costs too much."""
    near = float(np.rint(value))
    for whole in (near, near + np.sign(value - near)):
        if guide.task.watch.over:  # what is left behind may still be at work on it
            return None
        simplex.bound(load, whole, whole)
        best = simplex.solve(guide.task.watch)
        if best is not None and best.value <= most:
            return best
    return None
