"""Proposals of choices: by a small program near the relaxation, or by what the limits of the levels before allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dezentral.compiled.arrays import Bools, Floats
from dezentral.solver.assignment import counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.opening_choice import Proposal, propose
from dezentral.solver.program import Objective
from dezentral.solver.relaxation import Relaxed
from dezentral.solver.stage import Stage
from dezentral.solver.task import Task

_COLUMNS = 30_000  # that the small program sees
_CLOSE = 0.2  # of a level's tolerance, that the small program may leave open
_CLOSER = 0.01  # and one of the openings alone


class Proposals:
    """Where choices of sites come from while a level is being solved.

    Parameters
    ----------
    task
        The level's, with a program that is lazy.
    """

    def __init__(self, task: Task) -> None:
        self.task = task

    @property
    def are_wide(self) -> bool:
        """Whether the small program cannot see all placements: then it proposes well and proves little."""
        return int(np.count_nonzero(self.task.stage.program.allowed)) > _COLUMNS

    def near(self, relaxed: Relaxed, value: float, known: Sequence[frozenset[int]]) -> Proposal:
        """Ask for the choice with which the level could be best, of those that are not known yet.

        Parameters
        ----------
        relaxed
            The level's relaxation, in which sites open in part.
        value
            Of the best plan so far.
        known
            Choices that are excluded, and all their parts.
        """
        program, base = self.task.stage.program, relaxed.prices.bound
        mask, beyond = _cheapest(relaxed.prices.regret(), max(value - base, 0.0))
        proposal = propose(
            program,
            self.task.stage.objective,
            mask | relaxed.solution.used(program.allowed.shape),
            self.task.watch,
            gap=self._gap(value),
            excluded=known,
        )
        return replace(proposal, bound=max(base, min(proposal.bound, base + beyond)))

    def of_shapes(self, objective: Objective, value: float) -> Proposal:
        """Ask for a choice that the limits of the levels before allow, by an objective about sites alone."""
        program = self.task.coarser().program
        draw_lines(program, counts_of(program.compiled, self.task.assignment))
        fine = self.task.stage.program.opened
        auxiliary = {program.opened[site]: objective.auxiliary.get(variable, 0.0) for site, variable in fine.items()}
        return propose(
            program,
            Objective(objective.constant, auxiliary=auxiliary),
            program.allowed,
            self.task.watch,
            gap=self._gap(value),
        )

    def of_openings(self, stage: Stage, value: float, known: Sequence[frozenset[int]]) -> Proposal:
        """Ask for the choice that is best by a program of the openings alone."""
        program, objective, watch = stage.program, stage.objective, self.task.watch
        gap = _CLOSER * max(self.task.tolerance(value), self.task.step or 0.0)
        return propose(program, objective, program.allowed, watch, gap=gap, excluded=known)

    def _gap(self, value: float) -> float:
        return _CLOSE * max(self.task.tolerance(value), self.task.step or 0.0)


def _cheapest(regret: Floats, most: float) -> tuple[Bools, float]:
    """Mark so many columns of least regret, ties in order, none above a limit; return the least regret left out."""
    flat = regret.ravel()
    order = np.argsort(flat, kind="stable")
    chosen = order[:_COLUMNS]
    mask = np.zeros(len(flat), dtype=np.bool_)
    mask[chosen[flat[chosen] <= most]] = True
    left = float(flat[order[_COLUMNS]]) if len(order) > _COLUMNS else np.inf
    return mask.reshape(regret.shape), left if left <= most else np.inf
