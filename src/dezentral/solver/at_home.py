"""The last step of a solve: fewer leave the rooms that they live in, and no level loses by it.

Of plans that are equal on every level a solver takes any, and sends households from room to room for nothing. Where
some are away from home, those at the same sites choose anew: at the last level's cost, and at a little more for
everyone who is not at home. That nobody more could stay is not proven: time, and rooms at other sites, set an end.
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Bools, Ints
from dezentral.solver.assignment import counts_of, spread
from dezentral.solver.core import Room
from dezentral.solver.direct import refine
from dezentral.solver.guide import loads
from dezentral.solver.mip import solve_mip
from dezentral.solver.openings import slack_of
from dezentral.solver.program import Objective, Program
from dezentral.solver.same_sites import at_sites_of
from dezentral.solver.task import Task
from dezentral.solver.variants import copied

_LITTLE = 1e-5  # of the level's value or largest cost: what all changes weigh together
_ALIKE = 1e-9  # relative gap that leaves hardly a change too many: all of them together weigh 1e-5
_NODES = 20
_ROUNDS = 3  # of lines and cuts that a choice turns out to need


def stay_at_home(task: Task) -> Ints | None:
    """Return a plan no worse on any level in which fewer households leave their rooms; None without one.

    Returns
    -------
    numpy.ndarray or None
        Pool of each household, −1 = unplaced, shape (n_households,).
    """
    program = task.stage.program
    compiled, away = program.compiled, _away(program)
    counts = counts_of(compiled, task.assignment)
    leaving = (counts > 0) & away
    if not leaving.any():
        return None
    free = _rooms(program, counts, leaving)
    program = copied(program, loads(program, counts))
    room = Room.of(program, free, np.where(free, 0, counts))
    columns, objective = room.columns, _leaning(task, away)
    start, changes = counts[columns.types, columns.pools], away[columns.types, columns.pools]
    refine(program, columns, start)
    for _ in range(_ROUNDS):
        answer = solve_mip(program, room, objective, task.watch, gap=_ALIKE, nodes=_NODES, start=start)
        if answer.counts is None or answer.counts @ changes >= start @ changes:
            return None
        if not refine(program, columns, answer.counts):
            return _no_worse(task, spread(compiled, columns, answer.counts))
    return None


def _away(program: Program) -> Bools:
    """Mark the placements of those who could be at home and are not, shape (n_types, n_pools)."""
    home: Bools = program.compiled.stays & program.allowed
    could: Bools = np.asarray(home.any(axis=1))
    return could[:, np.newaxis] & ~home


def _rooms(program: Program, counts: Ints, leaving: Bools) -> Bools:
    """Mark the rooms for all who are where somebody leaves or could be at home, shape (n_types, n_pools)."""
    compiled = program.compiled
    who: Bools = np.asarray(leaving.any(axis=1))
    homes: Bools = compiled.stays & who[:, np.newaxis]
    concerned = np.isin(compiled.pools.site, compiled.pools.site[(leaving | homes).any(axis=0)])
    rooms: Bools = program.allowed & at_sites_of(compiled, (counts > 0) | homes) & concerned
    return rooms


def _leaning(task: Task, away: Bools) -> Objective:
    """Return the level's cost, so much that all changes together weigh little, and one for every change."""
    objective, households = task.stage.objective, int(task.stage.program.counts.sum())
    scale = max(1.0, abs(task.value), float(np.abs(objective.costs).max(initial=0.0)))
    little = _LITTLE * scale if task.step is None else task.step / 2
    return objective.times(households / little) + Objective(costs=away.astype(np.float64))


def _no_worse(task: Task, assignment: Ints) -> Ints | None:
    value = task.evaluate(assignment)
    return assignment if value is not None and value <= task.value + slack_of(task.value) else None
