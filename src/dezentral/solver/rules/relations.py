"""Relations bind placed households pairwise; related households are types of their own (n_t = 1).

different_*: at most one of them per site or district: Σ_{t related} Σ_{p in group} x[t,p] ≤ 1
same_*, for each pair a, b and each group g (site or district), unless both stay:
    new[a,g] + Σ_{h≠g} x[b,h] ≤ 1  and  stay[a,g] + Σ_{h≠g} new[b,h] ≤ 1
"""

from __future__ import annotations

from itertools import permutations

import numpy as np

from dezentral.compiled import Compiled
from dezentral.compiled.arrays import Bools, Ints
from dezentral.domain import Relation
from dezentral.solver.program import UNBOUNDED, Program


def add(program: Program) -> None:
    """Bind related households to each other."""
    compiled = program.compiled
    type_of = {household.id: t for t, household in enumerate(compiled.types.first)}
    for relation in sorted(compiled.instance.relations, key=lambda each: (each.kind, sorted(each.households))):
        related = sorted(type_of[key] for key in relation.households)
        groups = _groups(compiled, relation)
        if relation.kind.startswith("different"):
            _apart(program, related, groups)
        else:
            for a, b in permutations(related, 2):
                _together(program, a, b, groups)


def _groups(compiled: Compiled, relation: Relation) -> Ints:
    return compiled.pools.site if relation.kind.endswith("site") else compiled.pools.district


def _apart(program: Program, related: list[int], groups: Ints) -> None:
    for group in np.unique(groups).tolist():
        row = program.row(-UNBOUNDED, 1.0)
        for t in related:
            _cells(program, row, t, groups == group)


def _together(program: Program, a: int, b: int, groups: Ints) -> None:
    compiled = program.compiled
    for group in np.unique(groups[compiled.units[a] > 0]).tolist():
        inside = groups == group
        for mine, theirs in ((~compiled.stays[a], None), (compiled.stays[a], ~compiled.stays[b])):
            here = inside & mine & (compiled.units[a] > 0)
            if here.any():
                row = program.row(-UNBOUNDED, 1.0)
                _cells(program, row, a, here)
                _cells(program, row, b, ~inside if theirs is None else ~inside & theirs)


def _cells(program: Program, row: int, t: int, where: Bools) -> None:
    for p in np.flatnonzero(where & (program.compiled.units[t] > 0)).tolist():
        program.cells.append((row, t, p, 1.0))
