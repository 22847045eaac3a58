"""Which sites all plans within the limits so far have in common, in use or not.

After a level that binds, few choices of sites reach its limit; the next level's relaxation, in which sites open in
part, knows nothing of that. Choices are therefore looked for that differ as much as they can from the best in the sites
not yet seen to differ; once provably none does, these sites are settled. The coarse types of the levels so far keep
this small, and so does placing households in part (`opening_choice`): what then differs may do so in no plan, and
stays open. Where even such a choice leaves most sites as they are, little is in common, and nothing is settled.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dezentral.compiled.arrays import Ints
from dezentral.solver.assignment import counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.opening_choice import propose
from dezentral.solver.opening_search import OpeningSearch
from dezentral.solver.openings import NOISE
from dezentral.solver.program import UNBOUNDED, Objective
from dezentral.solver.stage import Stage

_GAP = 0.2  # of a site
_ROUNDS = 5  # choices looked for, each of which takes seconds
_FEW = 10  # sites that are looked at to the end


def settle(search: OpeningSearch, levels: int) -> None:
    """Settle what the limits of the first levels decide; the best plan stays as it is."""
    best, used = search.assignment, search.opened(search.assignment)
    known = search.choices.surely | search.choices.never
    left = [key for key in search.choices.costs if key not in known]
    for _ in range(_ROUNDS):
        if not left or search.watch.over:
            return
        other, bound = _least_in_common(search, levels, left, used)
        search.assignment = best
        if bound > len(left) - 1 + NOISE:
            _note(search, left, used)
            return
        differing = [key for key in left if (key in other) != (key in used)]
        if not differing or len(left) > max(2 * len(differing), _FEW):
            return
        left = [key for key in left if key not in differing]


def _note(search: OpeningSearch, settled: list[str], used: frozenset[str]) -> None:
    choices = search.choices
    surely, never = used & set(settled), set(settled) - used
    search.settle_on(replace(choices, surely=choices.surely | surely, never=choices.never | never))


def _least_in_common(
    search: OpeningSearch, levels: int, keys: list[str], used: frozenset[str]
) -> tuple[frozenset[str], float]:
    """Look for a choice that agrees with the best on as few of some sites as possible; return it and the bound."""
    program, variables = search.within(levels)
    places, pools = program.compiled.places, program.compiled.pools
    for key in keys:  # what opens is in use
        row = program.row(0.0, UNBOUNDED)
        program.family(np.where(pools.site == places.site_index[key], row, -1), np.ones((1, 1)))
        program.add(row, variables[key], -1.0)
    alike = {variables[key]: 1.0 if key in used else -1.0 for key in keys}
    objective = Objective(float(sum(key not in used for key in keys)), auxiliary=alike)
    if program.lazy:
        draw_lines(program, counts_of(program.compiled, search.assignment))
        proposal = propose(program, objective, program.allowed, search.watch, gap=_GAP)
        opened = None if proposal.opened is None else frozenset(places.sites[site].id for site in proposal.opened)
        return used if opened is None else opened, proposal.bound

    def in_common(assignment: Ints) -> float:
        other = search.opened(assignment)
        return float(sum((key in used) == (key in other) for key in keys))

    stage = Stage(program, objective)
    _, bound = search.minimise(stage, float(len(keys)), in_common, levels=levels, step=1.0)
    return search.opened(search.assignment), bound
