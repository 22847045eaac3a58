"""Likely prices of a level's rows, and where its relaxation may begin, from the same level over fewer types.

Where a level tells households apart only by their costs, its relaxation over the types of the levels before, each at
the mean cost of its households, is far smaller and has nearly the same prices of units, loads and seats. It also finds
most of the lines and cuts that the level itself will need. Where types are very many, a second step over households
that cost about the same comes nearer still.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from operator import itemgetter

import numpy as np

from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.alike import NONE, gather_alike
from dezentral.solver.guide import Guide, draw_lines
from dezentral.solver.head_start import HeadStart, spread_out
from dezentral.solver.pricing import padded, price
from dezentral.solver.program import Objective, Program
from dezentral.solver.relaxation import Relaxed, relax
from dezentral.solver.stage import Stage
from dezentral.solver.transport import add_cut


def head_start(guide: Guide, coarse: Stage, shapes: Ints, tolerance: float) -> HeadStart | None:
    """Return where the level's relaxation may begin, and add the lines and cuts that the coarse level needed.

    Parameters
    ----------
    guide
        The level.
    coarse
        The same level over the types of the levels before, its costs of no meaning.
    shapes
        Coarse type of each type, shape (n_types,).
    tolerance
        Of the coarse level's value.

    Returns
    -------
    HeadStart or None
        None if the coarse level could not be solved.
    """
    fine, program = guide.program, coarse.program
    incumbent = np.zeros(program.allowed.shape, dtype=np.int64)
    np.add.at(incumbent, shapes, guide.counts)
    draw_lines(program, incumbent)
    if len(program.lower) - len(program.counts) != len(fine.lower) - len(fine.counts):
        return None
    objective = replace(coarse.objective, costs=_mean_costs(guide.objective, fine, program, shapes))
    relaxed = relax(program, objective, incumbent, tolerance, guide.task.watch)
    if relaxed is None:
        return None
    hand_on(program, fine)
    if not fine.has_many_types:
        return _start(fine, guide.objective, program, relaxed, shapes)
    return _refined(guide, program, relaxed, shapes, tolerance)


def _refined(guide: Guide, coarse: Program, solved: Relaxed, shapes: Ints, tolerance: float) -> HeadStart:
    """Improve a head start by the level with households together that cost about the same."""
    fine = guide.program
    small, objective, stands_for = gather_alike(fine, guide.objective, shapes)
    start = _start(small, objective, coarse, solved, shapes)
    incumbent = np.zeros_like(guide.counts)
    known = np.flatnonzero(fine.counts)
    np.add.at(incumbent, stands_for[known], guide.counts[known])
    relaxed = relax(small, objective, incumbent, tolerance, guide.task.watch, head_start=start)
    if relaxed is None:
        return start
    hand_on(small, fine)
    return _start(fine, guide.objective, small, relaxed, stands_for)


def _start(program: Program, objective: Objective, known: Program, solved: Relaxed, stands_for: Ints) -> HeadStart:
    """Begin a program where a smaller one has ended, whose other rows are the same."""
    few, many = len(known.counts), len(program.counts)
    duals = np.concatenate([np.zeros(many), padded(known, solved.prices.duals)[few:]])
    ended = solved.solution.standing(known.allowed.shape, len(known.lower))
    if ended is None:
        return HeadStart(duals)
    some = np.where(program.counts > 0, stands_for, NONE)
    return HeadStart(duals, spread_out(ended, some, price(program, objective, duals).reduced))


def _mean_costs(objective: Objective, fine: Program, coarse: Program, shapes: Ints) -> Floats:
    """Average what a place costs over the households of a shape that may have it."""
    costs = np.broadcast_to(objective.costs, fine.allowed.shape)
    weights = fine.counts[:, np.newaxis] * fine.allowed
    total, weight = np.zeros(coarse.allowed.shape), np.zeros(coarse.allowed.shape)
    np.add.at(total, shapes, np.where(fine.allowed, costs, 0.0) * weights)
    np.add.at(weight, shapes, weights)
    mean: Floats = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return mean


def hand_on(giver: Program, taker: Program) -> None:
    """Add the lines and cuts of one program to another that was built alike, over shapes or types, in their order."""
    news = [
        (row, partial(taker.line, ours, at))
        for ours, theirs in zip(taker.curves, giver.curves, strict=True)
        for at, row in theirs.lines.items()
    ]
    news += [
        (row, partial(add_cut, taker, mine, np.array(nodes, dtype=np.int64)))
        for mine, known in zip(taker.transports, giver.transports, strict=True)
        for nodes, row in known.cuts.items()
    ]
    for _, add in sorted(news, key=itemgetter(0)):
        add()
