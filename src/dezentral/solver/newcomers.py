"""Newcomers first: who is unplaced is placed among those who stay where they are, before anything else is thought of.

On the levels that want people placed this is often all there is to do, and it moves nobody. Where it is not enough,
residents may change their rooms at the same sites, or lose them.
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Bools, Ints
from dezentral.solver.assignment import counts_of, spread
from dezentral.solver.core import Room
from dezentral.solver.mip import solve_mip
from dezentral.solver.same_sites import MANY_ROOMS, at_sites_of
from dezentral.solver.stage import floor_of
from dezentral.solver.task import Task
from dezentral.solver.variants import complete

_COLUMNS = 30_000  # above which the relaxation is the better start
_NODES = 300


def place_newcomers(task: Task) -> Ints | None:
    """Return a plan in which all who are placed keep their places and the others find some; None without one.

    Nobody is sought a place for whom a place gains nothing on this level; where nobody has one yet, all are newcomers
    and nothing is gained by this.
    """
    return _place(task, residents_stay=True)


def place_among_residents(task: Task) -> Ints | None:
    """Return a plan in which newcomers find places and all who are placed stay at their sites, or lose their places.

    None without one. All other plans may send some to the places of others of their type, who then go to a third: as
    long as no level tells them apart, and for nothing.
    """
    return _place(task, residents_stay=False)


def _place(task: Task, *, residents_stay: bool) -> Ints | None:
    program, objective = task.stage.program, task.stage.objective
    counts = counts_of(program.compiled, task.assignment)
    waiting = counts.sum(axis=1) < program.counts
    gains = np.broadcast_to(objective.costs, program.allowed.shape) < 0
    free: Bools = program.allowed & gains & waiting[:, np.newaxis]
    if not counts.any() or not 0 < np.count_nonzero(free) <= _COLUMNS:
        return None
    kept = counts
    if not residents_stay:
        rooms: Bools = program.allowed & at_sites_of(program.compiled, counts > 0)
        if np.count_nonzero(rooms) > MANY_ROOMS:
            return None
        free, kept = free | rooms, np.where(rooms, 0, counts)
    room = Room.of(program, free, kept)
    answer = solve_mip(
        complete(program),
        room,
        objective,
        task.watch,
        gap=task.gap / 2,
        nodes=_NODES,
        enough=floor_of(program, objective) + task.tolerance(task.value),
        rounding=True,
    )
    return None if answer.counts is None else spread(program.compiled, room.columns, answer.counts)
