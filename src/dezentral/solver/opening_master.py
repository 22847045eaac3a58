"""Programs of the openings alone, in which the lines of a level stand for all placements (Benders' master problem)."""

from __future__ import annotations

import math

import numpy as np

from dezentral.solver.opening_lines import Lines
from dezentral.solver.program import UNBOUNDED, Objective, Program
from dezentral.solver.stage import Stage

_NOISE = 1e-9  # of the largest slope


def within_limit(full: Stage, lines: Lines, beyond: float) -> Stage:
    """Keep what a stage says of openings, for choices of which no line says that they are beyond a limit."""
    program, own = _without_placements(full.program)
    _draw(program, lines, beyond)
    measured = {own[variable]: cost for variable, cost in full.objective.auxiliary.items()}
    return Stage(program, Objective(full.objective.constant, auxiliary=measured))


def lowest(lines: Lines, least: float, most: float) -> Stage:
    """Measure what the lines say of a choice, for all choices of which they say no more than `most`.

    Parameters
    ----------
    least
        What is known of all choices.
    """
    program, _ = _without_placements(lines.stage.program)
    room = max(most - least, 0.0)
    above = program.variable(0.0, 1.0)
    _draw(program, lines, least, (above, room))
    return Stage(program, Objective(least, auxiliary={above: room}))


def _draw(program: Program, lines: Lines, most: float, above: tuple[int, float] | None = None) -> None:
    """Demand that no line is above a value, or by no more than a variable times a factor.

    Slopes of one line differ by ten orders of magnitude: HiGHS gets none that it would take for noise. That a site
    alone brings a line below the value is enough; the rest of its gain says nothing.
    """
    for cut in lines.cuts:
        dearer = sum(max(slope, 0.0) for slope in cut.slopes.values())
        least = -max(cut.base + dearer - most, 0.0)
        slopes = {key: max(slope, least) for key, slope in cut.slopes.items()}
        scale = max(1.0, *(abs(slope) for slope in slopes.values()))
        noise = {key: slope for key, slope in slopes.items() if abs(slope) <= _NOISE * scale}
        gained = sum(min(slope, 0.0) for slope in noise.values())
        row = program.row(-UNBOUNDED, (most - cut.base - gained) / scale)
        for key in sorted(slopes.keys() - noise.keys()):
            program.add(row, program.opened[lines.site_of[key]], slopes[key] / scale)
        if above is not None:
            program.add(row, above[0], -above[1] / scale)


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
