"""Which sites to open, by a program in which sites open as a whole and households are placed in part.

Of a level's program only the openings are kept whole. What such a program cannot reach no plan can, so its bound is
one for all choices of sites; and the choice that it makes is a good one to look for whole plans in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools
from dezentral.solver.core import Room
from dezentral.solver.mip import solve_mip
from dezentral.solver.program import UNBOUNDED, Objective, Program
from dezentral.solver.variants import complete
from dezentral.solver.watch import Watch

_NODES = 2_000
_OPEN = 0.5
_SAME = 1e-9


@dataclass(frozen=True)
class Proposal:
    """What such a program says.

    Attributes
    ----------
    opened
        Positions of the sites that it opens; None = it has no answer.
    bound
        Lower bound over all choices of sites that are not excluded and all placements in the mask; −inf without,
        inf where there is none.
    """

    opened: frozenset[int] | None
    bound: float


def propose(
    program: Program,
    objective: Objective,
    mask: Bools,
    watch: Watch,
    *,
    gap: float,
    excluded: Iterable[frozenset[int]] = (),
) -> Proposal:
    """Choose the sites with which an objective could be least.

    Parameters
    ----------
    mask
        Placements to choose from, shape (n_types, n_pools).
    gap
        Absolute gap at which to stop.
    excluded
        Sets of sites (positions): at least one other site must open.
    """
    near = complete(program)
    for tried in excluded:
        others = [variable for site, variable in near.opened.items() if site not in tried]
        if not others:
            return Proposal(None, np.inf)
        row = near.row(1.0, UNBOUNDED)
        for variable in others:
            near.add(row, variable, 1.0)
    answer = solve_mip(
        near,
        Room.of(near, mask & near.allowed),
        objective,
        watch,
        gap=_SAME,
        absolute=gap,
        nodes=_NODES,
        whole=list(near.opened.values()),
    )
    if answer.infeasible:
        return Proposal(None, np.inf)
    if answer.auxiliary is None:
        return Proposal(None, answer.bound)
    opened = frozenset(site for site, variable in near.opened.items() if answer.auxiliary[variable] > _OPEN)
    return Proposal(opened, answer.bound if np.isfinite(answer.bound) else -np.inf)
