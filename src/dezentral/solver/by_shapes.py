"""A plan near the relaxation in two steps: how many households of each shape a pool takes, then which ones.

Households of one shape are alike to every row; only this level's costs tell them apart. Where a city is full, what is
hard is to fill every unit exactly, and that is a matter of shapes alone: an integer program with few columns, each at
what the relaxation's prices say that the households near it cost there. Who takes the places is a transport problem.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.columns import Columns
from dezentral.solver.core import Room
from dezentral.solver.direct import draw, loads_of, meet
from dezentral.solver.fill import fill
from dezentral.solver.guide import Guide, lowest
from dezentral.solver.likely import hand_on
from dezentral.solver.mip import solve_mip
from dezentral.solver.program import Program
from dezentral.solver.relaxation import USED
from dezentral.solver.variants import complete, copied

# Times the columns and the households by which their numbers may differ from the relaxation's, where so few hold no
# plan. Without the latter a household is counted on wherever it would hardly mind, in several pools at once.
_WIDER, _FEW = (1, 2, 4), 1
_GAP = 0.5  # of the tolerance
_NODES = 100
_STEPS = 1e-3 * 2.0 ** np.arange(12)  # of the tolerance: regrets between two of them are taken for one
_AROUND = 3  # persons around the relaxation's loads for which curves are exact from the start
_ROUNDS = 3  # of lines and cuts that a choice turns out to need; where one lacks cuts, the next would lack others


def place_by_shapes(guide: Guide, coarse: Program, shapes: Ints, width: int) -> Ints | None:
    """Return a plan near the relaxation that keeps all limits; None where none was found.

    Parameters
    ----------
    guide
        A level that tells households of one shape apart by their costs alone, its relaxation solved.
    coarse
        Its program over shapes.
    shapes
        Shape of each type, shape (n_types,).
    width
        Columns of least regret that are worth a thought.

    Returns
    -------
    numpy.ndarray or None
        Households of each type in each pool, shape (n_types, n_pools).
    """
    fine = guide.program
    hand_on(fine, coarse)
    if len(coarse.lower) - len(coarse.counts) != len(fine.lower) - len(fine.counts):
        return None
    regret = guide.relaxed.prices.regret()
    for factor in _WIDER:
        mask = lowest(regret, factor * width)[0] | guide.used
        places = _choose(guide, coarse, shapes, mask, factor * _FEW)
        if places is not None:
            costs = np.broadcast_to(guide.objective.costs, fine.allowed.shape)
            return fill(fine.counts, fine.allowed, costs=costs, regret=regret, shapes=shapes, places=places)
        if guide.task.watch.over:
            break
    return None


def _choose(guide: Guide, coarse: Program, shapes: Ints, mask: Bools, few: int) -> Ints | None:
    """Choose how many households of each shape each pool takes, shape (n_shapes, n_pools)."""
    tolerance = guide.task.tolerance(guide.relaxed.prices.bound)
    types, pools = np.nonzero(mask)
    counts, amounts = guide.program.counts, guide.relaxed.solution.dense(guide.program.allowed.shape)
    unplaced, regret = counts - amounts.sum(axis=1), guide.relaxed.prices.regret()[types, pools]
    offers = _Offers.of(shapes[types], pools, regret, counts[types], amounts[types, pools], rough=tolerance)
    nowhere = _Offers.of(shapes, np.zeros_like(shapes), _without(guide), counts, unplaced, rough=tolerance)
    program, auxiliary = copied(coarse), dict(guide.objective.auxiliary)
    _draw_around(program, guide.relaxed.solution.auxiliary[guide.program.loads])
    _let_stay_without(program, auxiliary, nowhere)
    prices = _rows(guide, shapes)[offers.shapes, offers.pools] + offers.regret
    for _ in range(_ROUNDS):
        answer = solve_mip(
            program,
            Room(Columns(offers.shapes, offers.pools), *offers.within(few)),
            replace(guide.objective, auxiliary=auxiliary),
            guide.task.watch,
            gap=0.0,
            absolute=_GAP * tolerance,
            nodes=_NODES,
            prices=prices,
        )
        if answer.counts is None:
            return None
        places = np.zeros(coarse.allowed.shape, dtype=np.int64)
        np.add.at(places, (offers.shapes, offers.pools), answer.counts)
        columns = Columns.where(places > 0)
        taken = places[columns.types, columns.pools]
        lacking = meet(program, columns, taken)
        if not draw(program, loads_of(program, columns, taken)) and not lacking:
            return places
        if len(program.transports) == len(guide.program.transports):  # not yet flows
            hand_on(program, guide.program)
        if lacking:
            program = complete(program)
    return None


def _draw_around(program: Program, loads: Floats) -> None:
    """Make the curves exact around some loads, in persons: plans will differ little from them."""
    for load in np.rint(loads).astype(np.int64) + np.arange(-_AROUND, _AROUND + 1)[:, np.newaxis]:
        draw(program, load)


def _rows(guide: Guide, shapes: Ints) -> Floats:
    """Return the price of the rows that a place counts in, shape (n_shapes, n_pools)."""
    prices, program = guide.relaxed.prices, guide.program
    costs = np.broadcast_to(guide.objective.costs, program.allowed.shape)
    present, first = np.unique(shapes, return_index=True)
    price: Floats = costs[first] - prices.reduced[first] - prices.duals[first, np.newaxis]
    rows = np.zeros((int(shapes.max()) + 1, program.allowed.shape[1]))
    rows[present] = np.where(program.allowed[first], price, 0.0)
    return rows


def _without(guide: Guide) -> Floats:
    """Return each type's regret of staying without a place, shape (n_types,)."""
    prices = guide.relaxed.prices
    regret: Floats = np.maximum(-prices.duals[: len(guide.program.counts)] - prices.cheapest, 0.0)
    return regret


def _let_stay_without(program: Program, auxiliary: dict[int, float], nowhere: _Offers) -> None:
    """Let households of each shape stay without a place, at their regret, where they may."""
    may = [lower == 0 for lower in program.lower[: len(program.counts)]]
    for shape, most, regret in zip(
        nowhere.shapes.tolist(), nowhere.most.tolist(), nowhere.regret.tolist(), strict=True
    ):
        if may[shape]:
            variable = program.variable(0.0, float(most))
            program.add(shape, variable, 1.0)
            program.lower[shape] = program.upper[shape]
            auxiliary[variable] = regret


@dataclass(frozen=True)
class _Offers:
    """Households of a shape that a pool could take at about the same regret.

    Attributes
    ----------
    shapes, pools, most
        Whose, where and how many, shape (n_offers,).
    regret
        Per household, shape (n_offers,).
    amounts
        How many households the relaxation places so, shape (n_offers,).
    """

    shapes: Ints
    pools: Ints
    most: Ints
    regret: Floats
    amounts: Floats

    @classmethod
    def of(cls, shapes: Ints, pools: Ints, regret: Floats, counts: Ints, amounts: Floats, *, rough: float) -> _Offers:
        """Gather placements by shape, pool and rough regret; `amounts` is what the relaxation takes of `counts`."""
        keys, group = np.unique(
            np.stack([shapes, pools, np.searchsorted(rough * _STEPS, regret)]), axis=1, return_inverse=True
        )
        most, pain, placed = (np.bincount(group.ravel(), weights=w) for w in (counts, counts * regret, amounts))
        return cls(keys[0], keys[1], most.astype(np.int64), pain / np.maximum(most, 1.0), placed.astype(np.float64))

    def within(self, few: int) -> tuple[Ints, Ints]:
        """Bound the numbers of households to those of the relaxation, give or take a few."""
        least = np.maximum(np.floor(self.amounts + USED) - few, 0)
        most = np.minimum(np.ceil(self.amounts - USED) + few, self.most)
        return least.astype(np.int64), most.astype(np.int64)
