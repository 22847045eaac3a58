"""All keep their sites and choose their rooms anew: often what a plan near the relaxation still lacks."""

from __future__ import annotations

import numpy as np

from dezentral.compiled import Compiled
from dezentral.compiled.arrays import Bools
from dezentral.solver.core import Room
from dezentral.solver.guide import Guide, Haste, loads
from dezentral.solver.variants import copied

MANY_ROOMS = 4_000  # with more, HiGHS takes longer than other ways
_GAP = 0.01  # of the gap asked for
_NODES = 20


def choose_rooms(guide: Guide) -> None:
    """Choose the rooms of the best plan anew, the sites of all kept."""
    if guide.done:
        return
    program = guide.program
    mask: Bools = program.allowed & at_sites_of(program.compiled, guide.counts > 0)
    if np.count_nonzero(mask) > MANY_ROOMS:
        return
    given = copied(program, loads(program, guide.counts))
    counts, _ = guide.solve(given, Room.of(given, mask), guide.objective, Haste(_GAP * guide.task.gap, _NODES))
    guide.offer(counts)


def at_sites_of(compiled: Compiled, placements: Bools) -> Bools:
    """Mark all pools at the sites of each type's placements, shape (n_types, n_pools)."""
    site = compiled.pools.site
    at = np.zeros((len(placements), len(compiled.places.sites)), dtype=np.bool_)
    types, pools = np.nonzero(placements)
    at[types, site[pools]] = True
    return at[:, site]
