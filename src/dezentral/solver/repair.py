"""Improve a plan where it hurts: free some pools at a time, around the one that is farthest from the relaxation.

What a plan costs more than the bound is the regret of its placements and the beds that stay empty in shared units.
Around the pool with most of it, those pools are freed that its households could move to most easily, and HiGHS chooses
anew who lives in them; all others stay (large neighbourhood search: Shaw, 1998).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.compiled import DORMITORY
from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.core import Room
from dezentral.solver.guide import Guide, Haste, loads, refine_at
from dezentral.solver.rules.units import shares_by_sex
from dezentral.solver.variants import copied

_COLUMNS = 4_000  # that are free at a time
_WORTH = 60_000  # columns of least regret: others are worth no thought
_TIRED = 0.7  # how much less a pool hurts for every time that it was the centre
_HURTS = 0.2  # of the worst pool's pain: such pools come with it
_GAP = 0.03  # of the gap asked for, at which a neighbourhood is done
_NODES = 20
_ROUNDS = 40
_PATIENCE = 5  # rounds without a better plan


@dataclass(frozen=True)
class _Sharing:
    """Persons of one sex who share the units of pools: their types, shape (n_types, n_pools)."""

    who: Bools
    beds: Ints


def repair(guide: Guide, *, given: bool, patience: int = _PATIENCE) -> None:
    """Improve the best plan, with the districts' loads as they are or free within what the levels before allow.

    So many rooms without a better plan in a row end it.
    """
    if guide.done or not guide.program.loads:
        return
    worth: Bools = guide.helpful(_WORTH)[0] | guide.used
    if np.count_nonzero(worth) <= _COLUMNS:
        return  # where all that may help can be free at a time, there is nothing to choose from
    program, regret = guide.program, guide.relaxed.prices.regret()
    full = copied(program, loads(program, guide.counts) if given else None)
    sharing = [
        _Sharing(shares_by_sex(program.compiled, sex), program.compiled.pools.cap1.astype(np.int64)) for sex in "fm"
    ]
    bed = _price_of_a_bed(guide)
    tired, idle = np.zeros(program.allowed.shape[1]), 0
    in_vain: set[bytes] = set()  # rooms without a better plan
    for _ in range(_ROUNDS):
        pain = (_regrets(guide.counts, regret) + bed * _empty(guide.counts, sharing)) * _TIRED**tired
        centre = int(np.argmax(pain))
        if guide.done or idle >= patience or pain[centre] <= 0:
            return
        tired[centre] += 1
        before, idle = guide.value, idle + 1
        room = _around(guide, worth, _order(guide, worth, pain, centre))
        if _name(room) in in_vain:
            continue
        in_vain.add(_name(room))
        counts, _ = guide.solve(full, room, guide.objective, Haste(_GAP * guide.task.gap, _NODES))
        guide.offer(counts)
        if guide.value < before:
            idle = 0
            in_vain.clear()
        elif not given and counts is not None and refine_at(program, counts):
            full = copied(program)
            in_vain.clear()


def _name(room: Room) -> bytes:
    """Tell apart rooms around the same plan: by the columns that are free in them."""
    free = room.lower < room.upper
    return np.stack([room.columns.types[free], room.columns.pools[free]]).tobytes()


def _regrets(counts: Ints, regret: Floats) -> Floats:
    """Sum the regret of a plan's placements, by pool."""
    total: Floats = (counts * np.where(np.isfinite(regret), regret, 0.0)).sum(axis=0)
    return total


def _price_of_a_bed(guide: Guide) -> float:
    """Return what an empty bed in a shared unit costs on this level, at most."""
    objective, program = guide.objective, guide.program
    return max(
        (
            objective.auxiliary.get(variable, 0.0) / max(1.0, float(program.compiled.pools.cap1[pool]))
            for pool, variables in program.shared_units.items()
            for variable in variables
        ),
        default=0.0,
    )


def _empty(counts: Ints, sharing: list[_Sharing]) -> Floats:
    """Count the empty beds in units in which persons living alone share, by pool."""
    empty = np.zeros(counts.shape[1])
    for some in sharing:
        persons, beds = (counts * some.who).sum(axis=0), np.maximum(some.beds, 1)
        empty += -persons % beds
    return empty


def _order(guide: Guide, worth: Bools, pain: Floats, centre: int) -> Ints:
    """Order the pools: the centre, then those to which its households could move, those that hurt and its district.

    Around a dormitory the others come first: they are filled by the same households, and what fits exactly into one
    depends on what is left for the next.
    """
    dormitory = guide.program.compiled.pools.sharing == DORMITORY
    living = guide.counts[:, centre] > 0
    reached = worth[living].sum(axis=0) / np.sqrt(1.0 + worth.sum(axis=0))
    district = guide.program.compiled.pools.district
    close = reached + 3.0 * (pain > _HURTS * pain[centre]) + 2.0 * (district == district[centre])
    close += 4.0 * (dormitory & dormitory[centre])
    close[centre] = np.inf
    return np.argsort(-close, kind="stable").astype(np.int64)


def _around(guide: Guide, worth: Bools, order: Ints) -> Room:
    """Free as many pools, in their order, as make for so many free columns."""
    counts, program = guide.counts, guide.program
    waiting = counts.sum(axis=1) < program.counts

    def free(pools: int) -> Bools:
        inside = np.zeros(counts.shape[1], dtype=np.bool_)
        inside[order[:pools]] = True
        moving = (counts[:, inside].sum(axis=1) > 0) | waiting
        mask: Bools = (worth | (counts > 0)) & inside & moving[:, np.newaxis]
        return mask

    least, most = 1, len(order)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if np.count_nonzero(free(middle)) <= _COLUMNS else (least, middle - 1)
    mask = free(least)
    lower = np.where(mask, 0, counts)
    upper = np.where(mask, program.counts[:, np.newaxis], counts)
    return Room.around(mask | (counts > 0), lower, upper)
