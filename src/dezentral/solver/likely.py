"""Likely prices of a level's rows, from the same level over fewer types.

Where a level tells households apart only by their costs, its relaxation over the types of the levels before, each at
the mean cost of its households, is far smaller and has nearly the same prices of units, loads and seats. It also finds
most of the lines and cuts that the level itself will need. Where types are very many, a second step over households
that cost about the same comes nearer still.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.alike import gather_alike
from dezentral.solver.guide import Guide, draw_lines
from dezentral.solver.pricing import padded
from dezentral.solver.program import Objective, Program
from dezentral.solver.relaxation import relax
from dezentral.solver.stage import Stage
from dezentral.solver.transport import add_cut


def likely_prices(guide: Guide, coarse: Stage, shapes: Ints, tolerance: float) -> Floats | None:
    """Return a likely price of every row, and add the lines and cuts that the coarse level needed.

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
    numpy.ndarray or None
        Shape (n_rows,); None if the coarse level could not be solved.
    """
    fine, program = guide.program, coarse.program
    n_fine, n_coarse = len(fine.counts), len(program.counts)
    incumbent = np.zeros(program.allowed.shape, dtype=np.int64)
    np.add.at(incumbent, shapes, guide.counts)
    draw_lines(program, incumbent)
    if len(program.lower) - n_coarse != len(fine.lower) - n_fine:
        return None
    known = len(program.lower)
    objective = replace(coarse.objective, costs=_mean_costs(guide.objective, fine, program, shapes))
    relaxed = relax(program, objective, incumbent, tolerance, guide.task.watch)
    if relaxed is None:
        return None
    duals = np.concatenate([np.zeros(n_fine), relaxed.prices.duals[n_coarse:known]])
    hand_on(program, fine)
    return _refined(guide, shapes, tolerance, duals) if fine.has_many_types else padded(fine, duals)


def _refined(guide: Guide, shapes: Ints, tolerance: float, duals: Floats) -> Floats:
    """Improve likely prices by the level with households together that cost about the same."""
    fine = guide.program
    n_types, known = len(fine.counts), len(fine.lower)
    small, objective, stands_for = gather_alike(fine, guide.objective, shapes)
    incumbent = np.zeros_like(guide.counts)
    np.add.at(incumbent, stands_for, guide.counts)
    relaxed = relax(small, objective, incumbent, tolerance, guide.task.watch, duals=padded(fine, duals))
    if relaxed is None:
        return padded(fine, duals)
    hand_on(small, fine)
    return padded(fine, np.concatenate([np.zeros(n_types), relaxed.prices.duals[n_types:known]]))


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
    """Add the lines and cuts of one program to another that was built alike: over shapes, or over types."""
    for ours, theirs in zip(taker.curves, giver.curves, strict=True):
        for at in sorted(theirs.lines - ours.lines):
            taker.line(ours, at)
    for mine, known in zip(taker.transports, giver.transports, strict=True):
        for nodes in sorted(known.cuts.keys() - mine.cuts.keys()):
            add_cut(taker, mine, np.array(nodes, dtype=np.int64))
