"""Copies of a program for integer programs of their own.

Transports are cuts or flows, the districts' loads may be given, and cuts that are far from binding left out.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dezentral.compiled.arrays import Ints
from dezentral.solver.columns import matrix
from dezentral.solver.program import UNBOUNDED, Program
from dezentral.solver.relaxation import Solution
from dezentral.solver.transport import add_flows

_FAR = 10.0  # persons: a cut that leaves more room than that is left out


def copied(program: Program, given: Ints | None = None) -> Program:
    """Return a copy with the districts' loads fixed if they are given; its transports still await some of their cuts.

    What is added to the copy does not come into the program. Flows would be complete at once, but make HiGHS several
    times slower, and cuts are seldom missing.
    """
    copy = replace(
        program,
        lower=list(program.lower),
        upper=list(program.upper),
        families=list(program.families),
        cells=list(program.cells),
        auxiliary_lower=list(program.auxiliary_lower),
        auxiliary_upper=list(program.auxiliary_upper),
        grain=list(program.grain),
        auxiliary_cells=list(program.auxiliary_cells),
        curves=[replace(curve, lines=dict(curve.lines)) for curve in program.curves],
        transports=[replace(transport, cuts=dict(transport.cuts)) for transport in program.transports],
    )
    if given is not None:
        for variable, load in zip(program.loads, given.tolist(), strict=False):
            copy.auxiliary_lower[variable] = copy.auxiliary_upper[variable] = float(load)
    return copy


def without_loose_cuts(program: Program, solution: Solution) -> Program:
    """Return a copy without the cuts that a solution is far from binding; whoever misses one may add it again.

    A cut counts the households of half a city, and of all that were ever needed few bind at once.
    """
    copy, columns = copied(program), solution.columns
    counted = matrix(program, columns) @ np.concatenate([solution.amounts, solution.auxiliary])
    loose = np.zeros(len(counted) + 1, dtype=np.bool_)  # the last one is that of no row, -1
    for transport in copy.transports:
        far = {nodes: row for nodes, row in transport.cuts.items() if copy.upper[row] - counted[row] > _FAR}
        transport.cuts = {nodes: row for nodes, row in transport.cuts.items() if nodes not in far}
        loose[list(far.values())] = True
    copy.upper = np.where(loose[:-1], UNBOUNDED, copy.upper).tolist()
    copy.families = [family for family in copy.families if not loose[family.rows.max(initial=-1)]]
    copy.auxiliary_cells = [cell for cell in copy.auxiliary_cells if not loose[cell[0]]]
    return copy


def complete(program: Program) -> Program:
    """Return a copy in which transports are flows."""
    copy = copied(program)
    copy.transports = []
    for transport in program.transports:
        add_flows(copy, transport)
    return copy
