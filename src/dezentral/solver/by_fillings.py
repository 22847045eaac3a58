"""A level whose dormitories the relaxation fills with parts of households: a better bound, and plans near it.

The bound of whole fillings (`dezentral.solver.fillings`) closes most of what the relaxation leaves open, and its prices
tell far better which columns a good plan uses. Bound and plan are improved in turns where all pools are dormitories, by
sharing them out; elsewhere HiGHS has a look at the columns of least regret.
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Bools, Floats
from dezentral.solver.ascent import Ascent
from dezentral.solver.columns import Columns
from dezentral.solver.core import Room
from dezentral.solver.direct import meet
from dezentral.solver.fillings import Bound, Fillings, whole_pools
from dezentral.solver.guide import Guide, Haste
from dezentral.solver.mip import solve_mip
from dezentral.solver.pricing import padded
from dezentral.solver.relaxation import Relaxed
from dezentral.solver.sharing import Sharing, sees_every_row
from dezentral.solver.variants import copied

_SHARE = 0.5  # of the relaxation's fractions that must be in dormitories
_FRACTION = 1e-6
_COLUMNS = 2_000_000  # in all, above which a step takes too long
_AT_FIRST, _TURNS = 175, 24  # steps of the bound before the turns
_STARTS = 8  # turns after which plans are looked for from a new start
_STEPS, _SHAKES = 25, 10  # steps of the bound and shakes of the plan in each turn
_ROOMS = 4  # small integer programs in each turn
_POOLS, _FREE = 12, 500  # pools and columns free in one of them
_SMALL_PART, _SMALL_NODES = 0.01, 20  # of the gap asked for, and nodes, at which it is done
_HOPED = 2.0  # tolerances above the relaxation's bound
_LEAST, _PER_TYPE = 2_000, 2  # columns among which HiGHS looks for a plan
_FEW = 4_000  # columns in all, up to which it does so at once
_CLOSE = 0.95  # of the tolerance: near enough to the bound
_PART = 0.3  # of the gap asked for, at which HiGHS may stop for its own bound
_NODES = 100
_CUT_ROUNDS = 3


def fill_dormitories(guide: Guide) -> None:
    """Improve bound and plan of a level, its relaxation solved, where whole households in dormitories matter."""
    if not _matters(guide):
        return
    program = guide.program
    fillings = Fillings(program, guide.objective, padded(program, guide.relaxed.prices.duals))
    ascent = Ascent(fillings, guide.bound, _HOPED * guide.task.tolerance(guide.bound))
    sharing = _sharing(guide, fillings)
    _raise(guide, ascent, _AT_FIRST)
    for turn in range(_TURNS):
        _raise(guide, ascent, _STEPS)
        here = fillings.bound(ascent.best)
        prices = fillings.prices(ascent.best, here)
        if prices.bound > guide.relaxed.prices.bound:
            guide.relaxed = Relaxed(guide.relaxed.solution, prices)
        if sharing is not None and not guide.done:
            _share(guide, sharing, here, fillings.constant, anew=turn % _STARTS == 0)
        if guide.done:
            return
    _choose(guide)


def _sharing(guide: Guide, fillings: Fillings) -> Sharing | None:
    """Prepare to share out dormitories where there is nothing else, and more to choose from than HiGHS sees anyhow."""
    if len(guide.columns) <= _FEW or not (fillings.whole.all() and sees_every_row(guide.program)):
        return None
    watch = guide.task.watch
    return Sharing(fillings, guide.task.params.seed, over=lambda: watch.over)


def _matters(guide: Guide) -> bool:
    """Say whether a level is open, most of what the relaxation places in parts being in dormitories of whole ones."""
    if guide.done:
        return False
    program, solution = guide.program, guide.relaxed.solution
    parts: Bools = np.abs(solution.amounts - np.rint(solution.amounts)) > _FRACTION
    inside = int(np.count_nonzero(parts & whole_pools(program)[solution.columns.pools]))
    return program.allowed.size <= _COLUMNS and inside > _SHARE * int(np.count_nonzero(parts))


def _raise(guide: Guide, ascent: Ascent, steps: int) -> None:
    for _ in range(steps):
        guide.task.watch.glance()
        goes_on = ascent.step()
        guide.prove(ascent.bound)
        if guide.done or not goes_on:
            return


def _share(guide: Guide, sharing: Sharing, here: Bound, constant: float, *, anew: bool) -> None:
    """Look for a better plan by the prices that prove most, and what is filled at these."""
    tolerance, regret = guide.task.tolerance(guide.bound), guide.relaxed.prices.regret()
    near_enough = guide.bound + _CLOSE * tolerance - constant
    if anew:
        sharing.begin(regret, here.values, here.filled.full)
    for _ in range(_SHAKES):
        guide.task.watch.glance()
        if guide.task.watch.over or sharing.value <= near_enough:
            break
        sharing.shake(regret, here.values, tolerance)
    guide.offer(sharing.counts())
    _mend(guide, sharing, regret)


def _mend(guide: Guide, sharing: Sharing, regret: Floats) -> None:
    """Let HiGHS choose anew among few pools at a time, those that take each other's households."""
    program = copied(guide.program)
    for _ in range(_ROOMS if sharing.counts() is not None else 0):
        if guide.done:
            return
        room = sharing.room(regret, _POOLS, _FREE)
        counts, _ = guide.solve(program, room, guide.objective, Haste(_SMALL_PART * guide.task.gap, _SMALL_NODES))
        if counts is not None:
            sharing.take(counts)
            guide.offer(counts)


def _choose(guide: Guide) -> None:
    """Let HiGHS choose among the columns of least regret."""
    program, prices, tolerance = guide.program, guide.relaxed.prices, guide.task.tolerance
    mask, beyond = guide.helpful(max(_LEAST, _PER_TYPE * len(program.counts)))
    some = copied(program)
    room = Room.of(some, mask | guide.used)
    for _ in range(_CUT_ROUNDS):
        answer = solve_mip(
            some,
            room,
            guide.objective,
            guide.task.watch,
            gap=_PART * guide.task.gap,
            nodes=_NODES,
            enough=guide.bound + _CLOSE * min(tolerance(guide.bound), tolerance(guide.value)),
        )
        guide.prove(min(answer.bound, prices.bound + beyond))
        if answer.counts is None:
            return
        counts = np.zeros(program.allowed.shape, dtype=np.int64)
        counts[room.columns.types, room.columns.pools] = answer.counts
        guide.offer(counts)
        used = Columns.where(counts > 0)
        if guide.done or not meet(some, used, counts[used.types, used.pools]):
            return
