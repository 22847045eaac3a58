"""Twins: types that no row of a level tells apart, and whose costs differ by the same wherever they may be.

Those who are to be housed and may not leave a site have many: their way to school is the same from each of its rooms.
One type stands for all its twins at its own costs, and what the others cost more is a constant. Which of them
gets which place is open in the end, and nobody moves needlessly: it goes to those who live there.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from dezentral.compiled.arrays import Bools, Ints
from dezentral.solver.alike import standing_in
from dezentral.solver.pricing import Prices
from dezentral.solver.program import Objective, Program
from dezentral.solver.stage import Stage
from dezentral.solver.task import Task

_DIGITS = 9  # in which costs must agree


@dataclass(frozen=True)
class Twins:
    """Which types are twins on a level.

    Attributes
    ----------
    first
        The first twin of each type, which stands for it, shape (n_types,).
    number
        Households of each type, shape (n_types,).
    home
        Where they live, shape (n_types, n_pools).
    """

    first: Ints
    number: Ints
    home: Bools

    @classmethod
    def of(cls, stage: Stage) -> Twins:
        """Find the twins of a level."""
        program, seen = stage.program, dict[Hashable, int]()
        read = _Reader(program, stage.objective)
        first = [seen.setdefault(read(t), t) for t in range(len(program.counts))]
        return cls(np.array(first, dtype=np.int64), program.counts, program.compiled.stays)

    @cached_property
    def groups(self) -> list[Ints]:
        """The types that have twins, in groups; those who could live in most rooms choose last."""
        order = np.lexsort((self.home.sum(axis=1), self.first))
        groups = np.split(order, np.flatnonzero(np.diff(self.first[order])) + 1)
        return [group for group in groups if len(group) > 1]

    def together(self, counts: Ints) -> Ints:
        """Count the households of all twins for the first of them, shape (n_types, n_pools)."""
        joint = np.zeros_like(counts)
        np.add.at(joint, self.first, counts)
        return joint

    def apart(self, joint: Ints) -> Ints:
        """Share the places of the first twins out: to those who live there, then to one after another."""
        counts = joint.copy()
        for group in self.groups:
            free, left = joint[self.first[group[0]]].copy(), self.number[group].copy()
            counts[group] = 0
            for who in (self.home[group], np.ones_like(self.home[group])):
                for i, p in zip(*np.nonzero(who & (free > 0)), strict=True):
                    some = min(left[i], free[p])
                    counts[group[i], p] += some
                    free[p] -= some
                    left[i] -= some
        return counts

    def joined(self, task: Task) -> Task:
        """Return a level with one type for all twins; shapes of twins are one shape, too."""
        if not self.groups:
            return task
        stage = Stage(standing_in(task.stage.program, self.first), self._objective(task.stage))
        if task.shapes is None:
            return replace(task, stage=stage)
        one = _connected(self.first, task.shapes)

        def coarser() -> Stage:
            coarse = task.coarser()
            return replace(coarse, program=standing_in(coarse.program, one))

        return replace(task, stage=stage, shapes=one[task.shapes], coarser=coarser)

    def _objective(self, stage: Stage) -> Objective:
        """Return what the first twins cost, and as a constant what the others cost more wherever they are."""
        program, objective = stage.program, stage.objective
        costs = np.where(program.allowed, objective.costs, 0.0)
        more = (costs - costs[self.first]).sum(axis=1) / np.maximum(program.allowed.sum(axis=1), 1)
        return replace(objective, constant=objective.constant + float(more @ self.number))

    def prices(self, prices: Prices) -> Prices:
        """Return the prices of all types from those of the first twins."""
        return replace(prices, reduced=prices.reduced[self.first])


class _Reader:
    """What a level reads of a type, as a hashable key."""

    def __init__(self, program: Program, objective: Objective) -> None:
        self.program, self.costs = program, np.broadcast_to(objective.costs, program.allowed.shape)
        shares = [share for each in program.transports for share in (*each.demands, *each.supplies)]
        read = [program.compiled.units, *(family.coefficients for family in program.families)]
        read += [share.coefficients for share in shares]
        self.coefficients = [
            np.broadcast_to(each, program.allowed.shape) for each in {id(each): each for each in read}.values()
        ]
        self.single = {t for _, t, _, _ in program.cells}

    def __call__(self, t: int) -> Hashable:
        if t in self.single:
            return t
        program = self.program
        pools = np.flatnonzero(program.allowed[t])
        costs, all_of_them = self.costs[t, pools], program.lower[t] == program.counts[t]
        if all_of_them and len(pools):
            costs = costs - costs[0]
        return (
            all_of_them,
            int(program.compiled.types.size[t]),
            pools.tobytes(),
            (np.round(costs, _DIGITS) + 0.0).tobytes(),  # no negative zeros
            tuple(each[t, pools].tobytes() for each in self.coefficients),
        )


def _connected(first: Ints, shapes: Ints) -> Ints:
    """Return the first of the shapes that twins connect with each shape, shape (n_shapes,)."""
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    n_types, n_shapes = len(first), int(shapes.max()) + 1
    size = n_types + n_shapes
    links = csr_array((np.ones(n_types), (first, n_types + shapes)), shape=(size, size))
    _, label = connected_components(links, directed=False)
    _, start, group = np.unique(label[n_types:], return_index=True, return_inverse=True)
    return start[group]
