"""Less shortage: small parts of a city, chosen anew one after another.

Where much is short of little, most placements cost nothing by the prices of a relaxation: regret does not tell them
apart, and all of them are too many. HiGHS therefore chooses anew who lives in a few districts at a time, all others
staying (large neighbourhood search: Shaw, 1998).
"""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.columns import Columns
from dezentral.solver.core import Room
from dezentral.solver.guide import Guide, Haste, refine_at
from dezentral.solver.transport import Transport

_OTHERS = 2  # districts that are chosen anew beside the one that lacks most
_COLUMNS = 800  # that are free at a time, beside those in use
_TIRED = 0.8  # how much less a shortage counts for every time that it was looked at
_NODES = 20
_PATIENCE = 25  # districts looked at without a better plan
_ROUNDS = 3


def district_by_district(guide: Guide) -> None:
    """Choose anew where most is lacking, together with a few other places, until that helps no more."""
    local = _local(guide)
    if len(local) <= _OTHERS + 1:
        return
    places = np.array([transport.places() for transport in local])
    regret, dice = guide.relaxed.prices.regret(), np.random.default_rng(guide.task.params.seed)
    tired, idle = np.zeros(len(local)), 0
    lacking = _lacking(guide, local)
    while not guide.done and idle < _PATIENCE:
        centre = int(np.argmax(lacking * _TIRED**tired))
        tired[centre] += 1
        others = dice.permutation(np.delete(np.arange(len(local)), centre))[:_OTHERS]
        before = guide.value
        inside: Bools = np.any(places[[centre, *others]], axis=0)
        _choose_inside(guide, inside, regret, dice)
        idle += 1
        if guide.value < before:
            lacking, idle = _lacking(guide, local), 0


def _local(guide: Guide) -> list[Transport]:
    """Return what the level measures if every pool is part of one such demand at most."""
    shortages = guide.program.shortages
    measured = [shortages[variable] for variable in sorted(guide.objective.auxiliary) if variable in shortages]
    shared = np.sum([transport.places() for transport in measured], axis=0)
    return measured if shared.max(initial=0) <= 1 else []


def _lacking(guide: Guide, transports: list[Transport]) -> Floats:
    columns = Columns.where(guide.counts > 0)
    amounts = guide.counts[columns.types, columns.pools].astype(np.float64)
    return np.array([transport.lacking(columns.types, columns.pools, amounts) for transport in transports])


def _choose_inside(guide: Guide, inside: Bools, regret: Floats, dice: np.random.Generator) -> None:
    """Let HiGHS choose anew who lives in some pools, of those who live there or nowhere."""
    counts, program = guide.counts, guide.program
    moving = (counts[:, inside].sum(axis=1) > 0) | (counts.sum(axis=1) < program.counts)
    mask = _cheapest(program.allowed & inside & moving[:, np.newaxis], regret, dice)
    mask |= (guide.used | (counts > 0)) & inside
    lower, upper = np.where(mask, 0, counts), np.where(mask, program.counts[:, np.newaxis], counts)
    room = Room.around(mask | (counts > 0), lower, upper)
    for _ in range(_ROUNDS):
        chosen, _ = guide.solve(program, room, guide.objective, Haste(gap=0.0, nodes=_NODES))
        guide.offer(chosen)
        if guide.done or chosen is None or not refine_at(program, chosen):
            return


def _cheapest(mask: Bools, regret: Floats, dice: np.random.Generator) -> Bools:
    """Mark the columns of lowest regret, by lot among equals: otherwise the first types would get them all."""
    drawn: Ints = dice.permutation(np.flatnonzero(mask & np.isfinite(regret)))
    chosen = drawn[np.argsort(regret.ravel()[drawn], kind="stable")[:_COLUMNS]]
    marked = np.zeros(mask.size, dtype=np.bool_)
    marked[chosen] = True
    return marked.reshape(mask.shape)
