"""Households of one shape that cost about the same, taken for one type: a level in small, with nearly the same prices.

Groups are halved along the pool in which their costs differ most until they are small (Bentley's k-d tree, 1975).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.program import Objective, Program
from dezentral.solver.variants import copied

NONE = -1
_TOGETHER = 8  # households at most, unless they are of one type


def gather_alike(program: Program, objective: Objective, shapes: Ints) -> tuple[Program, Objective, Ints]:
    """Let one type stand for each group of types that are alike, at their mean costs; the others have no household.

    Parameters
    ----------
    program, objective
        The level.
    shapes
        Shape of each type, shape (n_types,).

    Returns
    -------
    Program, Objective, numpy.ndarray
        The level in small, its rows those of `program`, and the type that stands for each, shape (n_types,); −1 where
        there is no household.
    """
    costs = np.where(program.allowed, objective.costs, 0.0)
    stands_for, means = np.full(len(program.counts), NONE), costs.copy()
    for group in _groups(costs, program.counts, shapes):
        first, number = group.min(), program.counts[group]
        stands_for[group] = first
        means[first] = number @ costs[group] / number.sum()
    return standing_in(program, stands_for), replace(objective, costs=means), stands_for


def standing_in(program: Program, stands_for: Ints) -> Program:
    """Return a program in which some types have the households of all; the others have none.

    Parameters
    ----------
    program
        Its rows stay as they are.
    stands_for
        The type that stands for each, shape (n_types,); −1 = it has no households.
    """
    known = np.flatnonzero(stands_for != NONE)
    counts = np.zeros_like(program.counts)
    np.add.at(counts, stands_for[known], program.counts[known])
    small = copied(program)
    small.counts, small.allowed = counts, program.allowed & (counts > 0)[:, np.newaxis]
    for t, number in enumerate(counts.tolist()):
        small.lower[t] = float(number) if program.lower[t] > 0 else 0.0
        small.upper[t] = float(number)
    return small


def _groups(costs: Floats, counts: Ints, shapes: Ints) -> list[Ints]:
    there = counts > 0
    waiting, done = [np.flatnonzero(there & (shapes == shape)) for shape in np.unique(shapes[there])], []
    while waiting:
        group = waiting.pop()
        if len(group) == 1 or counts[group].sum() <= _TOGETHER:
            done.append(group)
            continue
        widest = int(costs[group].var(axis=0).argmax())
        group = group[np.argsort(costs[group, widest], kind="stable")]
        waiting += [group[: len(group) // 2], group[len(group) // 2 :]]
    return done
