"""Evenness: how far the districts' loads L_d are from their targets T_d.

chi2:             Σ_d (L_d − T_d)² / max(T_d, 1)
persons_to_move:  ½ Σ_d |L_d − w_d Σ_e L_e|
max_ratio:        max_d L_d / max(T_d, 1)
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dezentral.domain.policy import Evenness
from dezentral.solver.curves import Curve
from dezentral.solver.program import UNBOUNDED, Objective, Program

_ALL_LINES = 64  # a curve over fewer loads gets all its lines at once
_DOUBLINGS = 12
_BITS = 2.0**-50  # of the largest value: lines are as fine as 64 bits allow
_SLOPE = 2.0**-40  # of the steepest slope: CP-SAT is to multiply coefficients without overflow
_MOST_PARTS = 10**6  # of a person: floats leave no doubt which fraction they stand for


@dataclass(frozen=True)
class Steps:
    """The fractions in which unevenness counts: what lines are rounded to, and what the measure is rounded up to."""

    line: float
    value: float


def evenness(program: Program, goal: Evenness, steps: Steps) -> Objective:
    """Return the measure of unevenness of a goal, in steps."""
    loads = program.loads or _add_loads(program)
    measure = {"chi2": _chi2, "max_ratio": _max_ratio, "persons_to_move": _persons_to_move}[goal.measure]
    objective = measure(program, loads, steps)
    program.measures |= objective.auxiliary.keys()
    return objective


def worst(program: Program, goal: Evenness) -> float:
    """Return what no plan's unevenness can exceed."""
    loads = program.loads or _add_loads(program)
    lowest, highest = (np.array(bounds)[loads] for bounds in (program.auxiliary_lower, program.auxiliary_upper))
    if goal.measure == "persons_to_move":
        return float(highest.sum())
    target = program.compiled.places.target
    least = np.maximum(target, 1.0)
    if goal.measure == "max_ratio":
        return float((highest / least).max(initial=0.0))
    return float((np.maximum(highest - target, target - lowest) ** 2 / least).sum())


def _add_loads(program: Program) -> list[int]:
    """Add L_d = housed_d + Σ size_t x[t,p] for every district."""
    compiled = program.compiled
    persons = (compiled.types.size * compiled.types.count)[:, np.newaxis] * (compiled.units > 0)
    rows = np.full(len(compiled.places.housed), -1, dtype=np.int64)
    for d, housed in enumerate(compiled.places.housed.tolist()):
        inside = compiled.pools.district == d
        most = int(persons[:, inside].max(axis=1, initial=0).sum()) if inside.any() else 0
        load = program.variable(float(housed), float(housed + most))
        rows[d] = program.row(-float(housed), -float(housed))
        program.add(int(rows[d]), load, -1.0)
        program.loads.append(load)
    program.family(rows[compiled.pools.district], compiled.types.size[:, np.newaxis].astype(np.float64))
    return program.loads


def _chi2(program: Program, loads: list[int], steps: Steps) -> Objective:
    auxiliary: dict[int, float] = {}
    for load, target in zip(loads, program.compiled.places.target.tolist(), strict=True):
        lowest, highest = int(program.auxiliary_lower[load]), int(program.auxiliary_upper[load])
        ends = max((end - target) ** 2 / max(target, 1.0) for end in (lowest, highest))
        value = program.variable(0.0, ends + max(1.0, 2 * steps.value), steps.value)
        steepest = 2.0 * max(highest - target, target - lowest) / max(target, 1.0)
        curve = Curve(load, value, target, lowest, highest, max(steps.line, ends * _BITS, steepest * _SLOPE))
        program.curves.append(curve)
        few = highest - lowest <= _ALL_LINES
        for line in range(lowest, max(highest, lowest + 1)) if few else curve.around(target, _DOUBLINGS):
            program.line(curve, line)
        auxiliary[value] = 1.0
    return Objective(auxiliary=auxiliary)


def _max_ratio(program: Program, loads: list[int], steps: Steps) -> Objective:
    target = np.maximum(program.compiled.places.target, 1.0)
    highest = max((program.auxiliary_upper[load] / t for load, t in zip(loads, target, strict=True)), default=0.0)
    ratio = program.variable(0.0, highest + max(1.0, 2 * steps.value), steps.value)
    for load, share in zip(loads, target.tolist(), strict=True):
        row = program.row(0.0, UNBOUNDED)
        program.add(row, ratio, 1.0)
        program.add(row, load, -1.0 / share)
    return Objective(auxiliary={ratio: 1.0})


def _persons_to_move(program: Program, loads: list[int], steps: Steps) -> Objective:
    everybody = sum(program.auxiliary_upper[load] for load in loads)
    total = program.variable(0.0, everybody)
    row = program.row(0.0, 0.0)
    program.add(row, total, -1.0)
    shares = program.compiled.places.target_share.tolist()
    parts = None if program.lazy else _parts_of_a_person(shares, steps.value)  # HiGHS would branch on parts
    unit, grain = (1.0, steps.value) if parts is None else (1.0 / parts, 1.0)
    auxiliary: dict[int, float] = {}
    for load, share in zip(loads, shares, strict=True):
        program.add(row, load, 1.0)
        away = program.variable(0.0, everybody / unit + 2 * grain, grain)  # room for what is rounded up
        for sign in (1.0, -1.0):
            bound = program.row(0.0, UNBOUNDED)
            program.add(bound, away, unit)
            program.add(bound, load, -sign)
            program.add(bound, total, sign * share)
        auxiliary[away] = 0.5 * unit
    return Objective(auxiliary=auxiliary)


def _parts_of_a_person(shares: list[float], step: float) -> int | None:
    """Return the common denominator of all shares: how far a load is from its share is a whole number of such parts.

    None if there is none, or parts would be finer than a step.
    """
    fractions = [Fraction(share).limit_denominator(_MOST_PARTS) for share in shares]
    parts = math.lcm(*(fraction.denominator for fraction in fractions))
    exact = all(float(fraction) == share for fraction, share in zip(fractions, shares, strict=True))
    return parts if exact and parts * max(step, 1 / _MOST_PARTS) <= 1 else None
