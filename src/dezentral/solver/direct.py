"""A level small enough to give CP-SAT every placement at once."""

from __future__ import annotations

from functools import partial

import numpy as np

from dezentral.compiled.arrays import Ints
from dezentral.solver.assignment import counts_of, spread
from dezentral.solver.columns import Columns
from dezentral.solver.core import Effort, Room, solve_core
from dezentral.solver.program import Program
from dezentral.solver.task import Found, Task
from dezentral.solver.transport import separate

_ONE_WORKER = 3_000  # columns up to which one worker is as good as many
_WORKERS = 8  # a fixed number: the plan must not depend on the machine


def solve_directly(task: Task, proven: float = -np.inf) -> Found:
    """Minimise the level over all its columns, adding lines of convex goals until they are exact.

    Parameters
    ----------
    proven
        A bound that is known already.
    """
    program, compiled = task.stage.program, task.stage.program.compiled
    room = Room.everything(program)
    columns = room.columns
    effort = effort_of(task, len(columns))
    hint = counts_of(compiled, task.assignment)[columns.types, columns.pools]
    found: list[Ints] = []
    bound = proven
    while not task.watch.over:
        answer = solve_core(
            program,
            room,
            task.stage.objective,
            effort,
            task.watch,
            hint=hint,
            at_least=proven,
            on_bound=partial(_report, task, bound),
        )
        bound = max(bound, answer.bound) if np.isfinite(answer.bound) else bound
        if answer.counts is None:
            break
        hint = answer.counts
        found.append(spread(compiled, columns, hint))
        if not refine(program, columns, hint):
            break
    return Found(tuple(found), bound)


def _report(task: Task, known: float, better: float) -> None:
    task.report(task.value, max(known, better))


def effort_of(task: Task, width: int) -> Effort:
    """Return how hard CP-SAT may try on a number of columns."""
    fixed = 1 if width <= _ONE_WORKER else _WORKERS
    return Effort(
        work=task.work,
        gap=task.gap,
        workers=task.params.workers or fixed,
        seed=task.params.seed,
        deterministic=task.params.deterministic,
    )


def loads_of(program: Program, columns: Columns, counts: Ints) -> Ints:
    """Return every district's load, persons in no table included, shape (n_districts,)."""
    compiled = program.compiled
    loads = compiled.places.housed.copy()
    np.add.at(loads, compiled.pools.district[columns.pools], compiled.types.size[columns.types] * counts)
    return loads


def refine(program: Program, columns: Columns, counts: Ints) -> bool:
    """Add the lines and cuts that make the program exact at a plan; False if they all were there."""
    added = meet(program, columns, counts)
    return draw(program, loads_of(program, columns, counts)) or added


def draw(program: Program, loads: Ints) -> bool:
    """Add the lines that make every curve exact at some loads of the districts; False if they all were there."""
    load_of = dict(zip(program.loads, loads.tolist(), strict=False))
    added = False
    for curve in program.curves:
        for line in (load_of[curve.load] - 1, load_of[curve.load]):
            added |= program.line(curve, line)
    return added


def meet(program: Program, columns: Columns, counts: Ints) -> bool:
    """Add the cuts of transports that a plan violates; False if it violates none."""
    added = False
    for transport in program.transports:
        added |= separate(program, transport, columns.types, columns.pools, counts.astype(np.float64))
    return added
