"""A level too large for all its placements at once: the relaxation bounds it and shows the few that matter.

Types that the level cannot tell apart are one type to it (`dezentral.solver.twins`).

1. Where the level adds only costs, households that were alike before exchange places at least cost.
2. The relaxation gives a bound and prices; where most of what it splits is households in dormitories, whole fillings
   of those give better ones, and plans.
3. A plan at hand that is near already, as in a city that is planned again, is improved first, among the columns of
   lowest regret. Where the level adds only costs, a plan near the relaxation is looked for, shapes first where types
   are many, rooms are chosen anew at the same sites, and the plan is repaired where it hurts; elsewhere one that keeps
   to the columns of the relaxation as far as it can, and for shortages some districts at a time, one between plan and
   relaxation and one among the columns that the relaxation knows first. Once few placements may still help, HiGHS cuts
   the relaxation among them: often what the plan lacks is in the bound.
4. HiGHS chooses among more and more columns, those of lowest regret and those of the plans so far, until value and
   bound meet. A plan that uses a column left out costs at least the bound plus that column's regret.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.assignment import counts_of
from dezentral.solver.by_fillings import fill_dormitories
from dezentral.solver.by_shapes import place_by_shapes
from dezentral.solver.core import Room
from dezentral.solver.district_loads import choose_loads
from dezentral.solver.fill import fill
from dezentral.solver.guide import UNHURRIED, Guide, Haste, draw_lines, loads, lowest, refine_at
from dezentral.solver.head_start import HeadStart
from dezentral.solver.likely import head_start
from dezentral.solver.newcomers import place_among_residents
from dezentral.solver.program import Objective, Program
from dezentral.solver.relaxation import USED, relax
from dezentral.solver.repair import repair
from dezentral.solver.same_sites import choose_rooms
from dezentral.solver.shortage import district_by_district
from dezentral.solver.task import Found, Task
from dezentral.solver.twins import Twins
from dezentral.solver.variants import copied

_SHARE = 0.05  # of a level's tolerance that the relaxation may leave open
# Columns among which a plan near the relaxation is looked for, and among which once no repair helps any more.
_NEAR, _FARTHER = (2_000, 5_000), (30_000,)
# Of a city that is planned again the plan at hand is often so near, times the tolerance, and so near that it is worth
# more effort; columns among which it is improved.
_AT_HAND, _NEAR_BY, _LIKELIEST = 100.0, 3.0, (1_000, 5_000)
_WIDTHS = (5_000, 15_000)  # columns that HiGHS sees, step by step
_WIDEST = 60_000  # the last step of levels that know no loads: those are easy
# A first plan near the relaxation: columns, households by which their counts may differ from the relaxation's, nodes of
# the search tree before another way is tried.
_CLOSE_BY, _FEW, _TRY = 3_000, 2, 1
_SEEDS = (0, 1)  # of HiGHS, searched at the same time: some fail by bad luck
_WIDER = (2, 4)  # times these columns and households, where so few hold no plan
# Shapes first: columns at least, columns per type; then between them and the relaxation, where hardly any other column
# comes in but those that cost nothing, and at which part of the gap to stop.
_LEAST, _PER_TYPE, _USED_OR_FREE, _PART = 2_000, 2, 1, 0.3
# Times the tolerance, near enough for a plan that is repaired next, faster than HiGHS would end: of types, of shapes.
_NEARLY, _REPAIRABLE = 1.5, 2.5
_KNOWN = 10_000  # columns of the relaxation up to which HiGHS sees them all
# Between the relaxation and a plan: columns, and at which part of the gap to stop, first somewhere near, then closer.
_AROUND = ((2_000, 5.0), (10_000, 0.1))
_SOME = 100  # nodes of the search tree between relaxation and plan: a shortage has many plans alike
_ROUNDS = 4
_ROUGHLY = 20  # times that tolerance: likely prices need not be exact
_ROUGH = 0.5


def solve_guided(task: Task) -> Found:
    """Solve a level by its relaxation."""
    twins = Twins.of(task.stage)
    joined = twins.joined(task)
    start = twins.together(counts_of(task.stage.program.compiled, task.assignment))
    draw_lines(joined.stage.program, start)
    guide = Guide(joined, start, twins)
    solved = _measure(guide) if guide.measures_more_than_costs else _place(guide, task)
    if solved and not guide.done:
        _widen(guide)
    return Found(tuple(guide.found), guide.bound, twins.prices(guide.relaxed.prices) if solved else None)


def _measure(guide: Guide) -> bool:
    """Solve a level about loads or shortages; False if not even its relaxation was."""
    shapes = guide.task.shapes
    if not _relax(guide, None):
        return False
    fill_dormitories(guide)
    if guide.measures_shortage and not guide.program.loads:
        _among_known(guide)
    if shapes is not None and not guide.done:
        _same_places(guide, shapes)
    if guide.measures_shortage and guide.program.loads and not guide.done:
        district_by_district(guide)
        _between(guide, guide.counts, *_AROUND[-1], Haste(nodes=_SOME))
        _among_known(guide)
        _tighten(guide, _WIDEST)
    if guide.program.loads and not guide.done:
        _level_out(guide)
    repair(guide, given=False)
    return True


def _level_out(guide: Guide) -> None:
    """Repair a plan at hand, and look for one near the relaxation, among more and more columns."""
    if guide.is_within(_AT_HAND):
        for width in _LIKELIEST:
            _among_likeliest(guide, width)
        repair(guide, given=False)
    for widths in (_NEAR, _FARTHER):
        if guide.done:
            return
        before = guide.value
        _near_columns(guide, widths)
        if guide.value < before:
            repair(guide, given=False)


def _place(guide: Guide, task: Task) -> bool:
    """Solve a level that adds only costs; False if not even its relaxation was.

    The task is that of all types, twins or not.
    """
    shapes, coarse, start = guide.task.shapes, None, None
    if shapes is not None:
        _exchange(guide, shapes)
        coarse = guide.task.coarser()
        start = head_start(guide, coarse, shapes, _ROUGHLY * _exact(guide))
    if not _relax(guide, start):
        return False
    if not guide.done:
        guide.offer_assignment(place_among_residents(task))
    if guide.is_within(_AT_HAND):
        _place_again(guide)
    _first_plan(guide, None if coarse is None else coarse.program)
    choose_rooms(guide)
    if guide.is_within(_NEAR_BY) and not guide.program.has_many_types:
        repair(guide, given=True, patience=1)  # where types are few, this often ends what follows at once
    few = len(guide.columns) <= _AROUND[-1][0]
    tight = False
    for width, part in _AROUND[-1:] if few else _AROUND:
        if not guide.is_within(part):
            _draw_near(guide, width, part)
            tight = tight or _tighten(guide, _WIDEST)
            repair(guide, given=True)
    repair(guide, given=False)
    fill_dormitories(guide)
    return True


def _place_again(guide: Guide) -> None:
    """Improve a plan at hand: what changed since it was best concerns few."""
    few, more = _LIKELIEST
    choose_rooms(guide)
    _among_likeliest(guide, few)
    _draw_near(guide, *_AROUND[-1])
    if guide.is_within(_NEAR_BY):
        _among_likeliest(guide, more)
    if guide.is_within(_NEARLY):
        _tighten(guide, _AROUND[-1][0])


def _draw_near(guide: Guide, width: int, part: float) -> None:
    """Bring the plan closer to the relaxation, then repair it as long as every repair helps."""
    _between(guide, guide.counts, width, part)
    repair(guide, given=True, patience=1)


def _exact(guide: Guide) -> float:
    return _SHARE * guide.task.tolerance(guide.value)


def _relax(guide: Guide, start: HeadStart | None) -> bool:
    """Solve the relaxation; False if there was no time."""
    relaxed = relax(guide.program, guide.objective, guide.counts, _exact(guide), guide.task.watch, head_start=start)
    if relaxed is not None:
        guide.relaxed = relaxed
    return relaxed is not None


def _same_places(guide: Guide, shapes: Ints) -> None:
    """Exchange households of one shape: as many of them stay in each pool as the best plan has there."""
    places = np.zeros((int(shapes.max()) + 1, guide.counts.shape[1]))
    np.add.at(places, shapes, guide.counts)
    mask = guide.program.allowed & (places[shapes] > 0)
    program = copied(guide.program)
    row_of = {
        (int(c), int(p)): program.row(places[c, p], places[c, p]) for c, p in zip(*np.nonzero(places), strict=True)
    }
    free = zip(*np.nonzero(mask), strict=True)
    program.cells += [(row_of[int(shapes[t]), int(p)], int(t), int(p), 1.0) for t, p in free]
    counts, _ = guide.solve(program, Room.of(program, mask), guide.objective)
    guide.offer(counts)


def _exchange(guide: Guide, shapes: Ints) -> None:
    """Fill the places of the best plan anew at least cost: each shape keeps as many in each pool as it has there."""
    places = np.zeros((int(shapes.max()) + 1, guide.counts.shape[1]), dtype=np.int64)
    np.add.at(places, shapes, guide.counts)
    program = guide.program
    costs = np.broadcast_to(guide.objective.costs, program.allowed.shape)
    guide.offer(fill(program.counts, program.allowed, costs=costs, regret=costs, shapes=shapes, places=places))


def _among_known(guide: Guide) -> None:
    """Choose among the placements of plan and relaxation, then among all that the relaxation has written down.

    Where much is short of little, most others cost nothing either: regret does not tell them apart.
    """
    for mask in (guide.used, guide.relaxed.solution.known(guide.counts.shape)):
        if not guide.done and np.count_nonzero(mask) <= _KNOWN:
            _choose(guide, mask, None)


def _near_columns(guide: Guide, widths: tuple[int, ...]) -> None:
    """Look for a plan within the tolerance that keeps to the columns of the relaxation as far as it can."""
    program, relaxed = guide.program, guide.relaxed
    given = loads(program, guide.counts)
    if guide.measures_loads:
        given = _rounded(relaxed.solution.auxiliary[program.loads])
    most = relaxed.prices.bound + guide.task.tolerance(guide.value)
    apart = Objective(costs=(~guide.used).astype(np.float64))
    for width in widths:
        mask, _ = guide.helpful(width)
        near = copied(program, given)
        near.bounded(guide.objective, most)
        counts, _ = guide.solve(near, Room.of(near, mask | guide.used), apart, Haste(gap=_ROUGH))
        guide.offer(counts)
        if guide.done:
            return


def _first_plan(guide: Guide, coarse: Program | None) -> None:
    """Look for a plan near the relaxation, shapes first where types are many."""
    before, many = guide.value, guide.program.has_many_types
    if many:
        _by_shapes(guide, coarse)
    given = None if guide.done or guide.value < before else choose_loads(guide)
    if given is None or guide.done:
        return
    too_few = False
    for seeds in _turns(guide):
        if not too_few and guide.value == before and not guide.task.watch.over:
            too_few = _near_relaxation(guide, given, 1, seeds)
    if not many and guide.value == before and len(guide.columns) > _CLOSE_BY:
        _by_shapes(guide, coarse)
    for wider in _WIDER:
        if too_few and guide.value == before and not guide.done:
            too_few = _near_relaxation(guide, given, wider)


def _turns(guide: Guide) -> list[tuple[int, ...]]:
    """Return the seeds that are searched at the same time, turn by turn."""
    return [(seed,) for seed in _SEEDS] if guide.task.params.workers == 1 else [_SEEDS]


def _near_relaxation(guide: Guide, given: Ints, wider: int, seeds: tuple[int, ...] = _SEEDS[:1]) -> bool:
    """Look for a plan, each count within a few of the relaxation's; say whether it failed for want of columns."""
    program = guide.program
    amounts = guide.relaxed.solution.dense(program.allowed.shape)
    mask, _ = lowest(guide.relaxed.prices.regret(), wider * _CLOSE_BY)
    lower = np.maximum(np.floor(amounts + USED) - wider * _FEW, 0)
    upper = np.minimum(np.ceil(amounts - USED) + wider * _FEW, program.counts[:, np.newaxis])
    room = Room.around(mask | guide.used | (guide.counts > 0), lower.astype(np.int64), upper.astype(np.int64))
    nodes = None if guide.task.shapes is None else _TRY
    haste = Haste(nodes=nodes, seeds=seeds, close=_NEARLY, first=True)
    counts, bound = guide.solve(copied(program, given), room, guide.objective, haste)
    guide.offer(counts)
    return counts is None and not np.isfinite(bound)


def _by_shapes(guide: Guide, coarse: Program | None) -> None:
    """Look for a plan near the relaxation, shapes first."""
    shapes = guide.task.shapes
    if guide.done or shapes is None or coarse is None:
        return
    width = max(_LEAST, _PER_TYPE * len(guide.program.counts))
    plan = place_by_shapes(guide, coarse, shapes, width)
    if plan is None:
        return
    guide.offer(plan)
    before = guide.value
    for seeds in _turns(guide):
        if guide.value == before:
            _between(guide, plan, _USED_OR_FREE, _PART, Haste(nodes=_TRY, seeds=seeds, close=_REPAIRABLE))


def _between(guide: Guide, plan: Ints, width: int, part: float, haste: Haste = UNHURRIED) -> None:
    """Choose between the relaxation and a plan, the districts' loads given.

    The plan given is among the choices, so that one that keeps all limits is always found again, even where the
    relaxation takes what no whole households can do.
    """
    if guide.done:
        return
    program = guide.program
    mask, _ = lowest(guide.relaxed.prices.regret(), width)
    room = Room.around(mask | guide.used | (plan > 0), *guide.between(plan))
    near = copied(program, loads(program, plan))
    counts, _ = guide.solve(near, room, guide.objective, replace(haste, gap=part * guide.task.gap))
    guide.offer(counts)


def _tighten(guide: Guide, few: int) -> bool:
    """Let HiGHS cut the relaxation once all placements that may help are few; say whether they are.

    Whole households cost more than parts of them, above all in small cities: the plan is often better than it looks.
    """
    if guide.done or not guide.program.loads:
        return False
    mask, beyond = guide.helpful(few)
    if np.isfinite(beyond):
        return False
    _, bound = _choose(guide, mask, None, Haste(nodes=1, proof=True))
    guide.prove(bound)
    return True


def _widen(guide: Guide) -> None:
    """Let HiGHS choose among the columns of lowest regret and those of the best plan, more and more of them.

    Where loads are bound by levels before, plans have been looked for; what may be missing is the proof.
    """
    program, base = guide.program, guide.relaxed.prices.bound
    how: Haste = UNHURRIED
    widths: tuple[int, ...] = _WIDTHS if program.loads else (*_WIDTHS, _WIDEST)
    if program.loads and not guide.measures_loads:
        _choose(guide, guide.helpful(_WIDTHS[0])[0], loads(program, guide.counts))
        if np.isfinite(guide.helpful(_WIDTHS[-1])[1]):
            return  # with the loads given, more columns change little and prove nothing
        how, widths = Haste(proof=True), _WIDTHS[-1:]
    for width in widths:
        mask, beyond = guide.helpful(width)
        for _ in range(_ROUNDS):
            if guide.done:
                return
            counts, bound = _choose(guide, mask, None, how)
            guide.prove(min(bound, base + beyond))
            if guide.done or counts is None or not refine_at(program, counts):
                break
        if guide.done or not np.isfinite(beyond):
            return


def _among_likeliest(guide: Guide, width: int) -> None:
    """Choose among the columns of lowest regret, the districts' loads free within what the levels before allow."""
    if not guide.done:
        _choose(guide, guide.helpful(width)[0], None)


def _choose(guide: Guide, mask: Bools, given: Ints | None, how: Haste = UNHURRIED) -> tuple[Ints | None, float]:
    """Let HiGHS choose among some columns and those in use, with the districts' loads given or free."""
    among = mask | guide.used | (guide.counts > 0)
    full = copied(guide.program, given)
    counts, bound = guide.solve(full, Room.of(full, among), guide.objective, how)
    guide.offer(counts)
    return counts, bound


def _rounded(amounts: Floats) -> Ints:
    """Round loads to whole persons so that their sum stays: largest remainders up."""
    down = np.floor(amounts + USED)
    left = round(float((amounts - down).sum()))
    down[np.argsort(down - amounts, kind="stable")[:left]] += 1
    return down.astype(np.int64)
