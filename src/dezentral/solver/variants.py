"""Copies of a program for integer programs of their own: transports as cuts or as flows, the districts' loads given."""

from __future__ import annotations

from dataclasses import replace

from dezentral.compiled.arrays import Ints
from dezentral.solver.program import Program
from dezentral.solver.transport import add_flows


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
        curves=[replace(curve, lines=set(curve.lines)) for curve in program.curves],
        transports=[replace(transport, cuts=set(transport.cuts)) for transport in program.transports],
    )
    if given is not None:
        for variable, load in zip(program.loads, given.tolist(), strict=False):
            copy.auxiliary_lower[variable] = copy.auxiliary_upper[variable] = float(load)
    return copy


def complete(program: Program) -> Program:
    """Return a copy in which transports are flows."""
    copy = copied(program)
    copy.transports = []
    for transport in program.transports:
        add_flows(copy, transport)
    return copy
