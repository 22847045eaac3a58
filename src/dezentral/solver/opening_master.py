"""Programs of the openings alone, in which the cuts of a level stand for all placements (Benders' master problem)."""

from __future__ import annotations

import math

import numpy as np

from dezentral.solver.opening_cuts import LevelCuts
from dezentral.solver.program import UNBOUNDED, Objective, Program
from dezentral.solver.stage import Stage


def within_limit(full: Stage, cuts: LevelCuts) -> Stage:
    """Keep what a stage says of openings, for choices that no cut refutes."""
    program, own = _without_placements(full.program)
    for cut in cuts.cuts:
        row = program.row(-UNBOUNDED, cuts.beyond - cut.base)
        for key, slope in cut.slopes.items():
            program.add(row, program.opened[cuts.site_of[key]], slope)
    measured = {own[variable]: cost for variable, cost in full.objective.auxiliary.items()}
    return Stage(program, Objective(full.objective.constant, auxiliary=measured))


def _without_placements(full: Program) -> tuple[Program, dict[int, int]]:
    """Keep the openings and their limits; return the new variable of each that says whether a site opens."""
    program = Program(full.compiled, allowed=np.zeros_like(full.allowed))
    for site, variable in full.opened.items():
        program.opened[site] = program.variable(full.auxiliary_lower[variable], full.auxiliary_upper[variable])
    own = {variable: program.opened[site] for site, variable in full.opened.items()}
    row_of = {row: program.row(full.lower[row], full.upper[row]) for row in full.opening_rows.values()}
    for row, variable, coefficient in full.auxiliary_cells:
        if row in row_of:
            program.add(row_of[row], own[variable], coefficient)
    return program, own


def measured_if(full: Stage, opened: frozenset[int]) -> float | None:
    """Return what a stage about sites measures if some open (positions), None where its limits forbid that."""
    program, objective = full.program, full.objective
    opens = {variable: float(site in opened) for site, variable in program.opened.items()}
    used = dict.fromkeys(program.opening_rows.values(), 0.0)
    for row, variable, coefficient in program.auxiliary_cells:
        if row in used:
            used[row] += coefficient * opens[variable]
    free = all(program.auxiliary_lower[v] <= much <= program.auxiliary_upper[v] for v, much in opens.items())
    if not free or any(much > program.upper[row] for row, much in used.items()):
        return None
    return objective.constant + math.fsum(cost * opens[variable] for variable, cost in objective.auxiliary.items())
