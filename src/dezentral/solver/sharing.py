"""Plans for households in dormitories alone: filled by prices, shared out between two at a time, shaken and again.

Some dormitories that take each other's households are filled anew by prices a little off the true ones, and shared out
until no two can do better; what is no dearer than before is kept (iterated local search: Lourenço, Martin and Stützle,
2003).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.columns import Columns, matrix
from dezentral.solver.core import Room
from dezentral.solver.fillings import Fillings
from dezentral.solver.guide import lowest
from dezentral.solver.program import Program
from dezentral.solver.refill import refill
from dezentral.solver.two_pools import Homes, improve

_NEAR = 15  # pools with which a pool shares out
_CLOSE = 4  # columns of least regret, per household, that say which pools those are
_SHAKEN = (3, 7)  # pools filled anew beside the one in the middle: from, and fewer than
_OFF = 0.03  # of the tolerance: what their prices are off by
_ROOM = 1e-6  # what a row may be off by


class Sharing:
    """The best division so far of a level's households over its pools and, where they may stay without, over none.

    Parameters
    ----------
    fillings
        The level, all its pools whole.
    seed
        Of the shaking.
    over
        Whether to stop with what there is.

    Attributes
    ----------
    where, value
        Pool of each household, None before there is a division, and what that costs: infinitely much.
    """

    def __init__(self, fillings: Fillings, seed: int, over: Callable[[], bool]) -> None:
        program, curves = fillings.program, fillings.curves
        self._program, self._dice, self._over = program, np.random.default_rng(seed), over
        self._type: Ints = np.repeat(np.arange(len(program.counts)), program.counts)
        self._may_stay_out = np.array(program.lower)[self._type] <= 0
        sizes = program.compiled.types.size[self._type]
        self.homes = Homes(
            sizes=sizes,
            costs=self._with_nowhere(fillings.base),
            rooms=np.append(fillings.rooms, sizes.sum()),
            district=np.append(fillings.district, len(curves.rows)),
            loads=np.append(curves.housed, 0.0),
            targets=np.append(curves.targets, 0.0),
            weights=np.append(curves.weights, 0.0),
            slopes=np.append(fillings.slopes, 0.0),
        )
        self.where: Ints | None = None
        self.value = np.inf

    def begin(self, regret: Floats, values: Floats, gains: Floats) -> None:
        """Fill all pools by prices, those first that gain most per bed, and go on from there."""
        order = np.argsort(gains / np.maximum(self.homes.rooms[:-1], 1), kind="stable").tolist()
        all_of_them = np.ones(len(self._type), dtype=np.bool_)
        start = np.full(len(self._type), len(order), dtype=np.int64)
        where = refill(self.homes, start, self._with_nowhere(values), order, all_of_them)
        if where is not None:
            self.value = np.inf
            self._improve(where, set(range(len(self.homes.rooms))), self._near(regret, where))

    def shake(self, regret: Floats, values: Floats, tolerance: float) -> None:
        """Fill some pools anew and keep what comes of it if it is no worse."""
        if self.where is None:
            return
        near = self._near(regret, self.where)
        pools = self._some(regret, near, int(self._dice.integers(*_SHAKEN)))
        moving = np.isin(self.where, pools)
        off = self._with_nowhere(values)
        noise = self._dice.standard_normal((int(moving.sum()), len(pools)))
        off[np.ix_(np.flatnonzero(moving), pools)] += _OFF * tolerance * noise
        where = refill(self.homes, self.where, off, pools.tolist(), moving)
        if where is None:
            return
        moved = np.flatnonzero(where != self.where)
        touched = set(where[moved].tolist()) | set(self.where[moved].tolist())
        self._improve(where, touched, near)

    def counts(self) -> Ints | None:
        """Return the division as a plan, shape (n_types, n_pools), if it keeps every row that is about places."""
        if self.where is None:
            return None
        counts = self._counts(self.where)
        return counts if _keeps_rows(self._program, counts) else None

    def room(self, regret: Floats, pools: int, columns: int) -> Room:
        """Free the columns of least regret among some pools near each other; all other households stay."""
        assert self.where is not None  # noqa: S101
        counts = self._counts(self.where)
        drawn = self._some(regret, self._near(regret, self.where), pools - 1)
        inside = np.zeros(counts.shape, dtype=np.bool_)
        inside[:, drawn] = True
        inside &= (counts[:, drawn].sum(axis=1) > 0)[:, np.newaxis]
        free = lowest(np.where(inside, regret, np.inf), columns)[0] | (inside & (counts > 0))
        most = np.broadcast_to(self._program.counts[:, np.newaxis], counts.shape)
        return Room.around(free | (counts > 0), np.where(free, 0, counts), np.where(free, most, counts))

    def take(self, counts: Ints) -> None:
        """Go on from a plan, shape (n_types, n_pools), if it is no worse."""
        pools = np.append(np.arange(counts.shape[1]), counts.shape[1])
        unplaced = self._program.counts - counts.sum(axis=1)
        numbers = np.column_stack([counts, unplaced])
        self._keep(np.concatenate([np.repeat(pools, row) for row in numbers]))

    def _counts(self, where: Ints) -> Ints:
        counts = np.zeros(self._program.allowed.shape, dtype=np.int64)
        placed = where < len(self.homes.rooms) - 1
        np.add.at(counts, (self._type[placed], where[placed]), 1)
        return counts

    def _improve(self, where: Ints, touched: set[int], near: Ints) -> None:
        self._keep(improve(self.homes, where, touched, near, over=self._over))

    def _keep(self, where: Ints) -> None:
        value = self.homes.value(where)
        if value <= self.value:
            self.where, self.value = where, value

    def _with_nowhere(self, by_type: Floats) -> Floats:
        """Expand values to households, and add what it costs to have no place: nothing, where that may be."""
        return np.column_stack([by_type[self._type], np.where(self._may_stay_out, 0.0, np.inf)])

    def _near(self, regret: Floats, where: Ints) -> Ints:
        """Return, for each pool, those pools that its households, or whose households, would as soon live in."""
        n_pools = len(self.homes.rooms)
        close = self._expanded(lowest(regret, _CLOSE * len(where))[0].astype(np.float64))
        reached = np.zeros((n_pools, n_pools))
        np.add.at(reached, where, close)
        reached = reached + reached.T
        reached[:, -1] = np.inf if self._may_stay_out.any() else -1.0
        np.fill_diagonal(reached, -np.inf)
        near = np.argsort(-reached, axis=1, kind="stable")[:, : min(_NEAR, n_pools - 1)]
        return near.astype(np.int64)

    def _some(self, regret: Floats, near: Ints, others: int) -> Ints:
        """Draw a pool, the likelier the more its households cost above the bound, and some near it."""
        assert self.where is not None  # noqa: S101
        own = self._expanded(np.where(np.isfinite(regret), regret, 0.0))[np.arange(len(self.where)), self.where]
        pain = np.bincount(self.where, weights=own, minlength=len(self.homes.rooms))[:-1]
        likely = pain + pain.mean() / 10 + 1e-9
        centre = int(self._dice.choice(len(likely), p=likely / likely.sum()))
        around = near[centre][near[centre] < len(likely)]
        chosen = self._dice.choice(around, min(others, len(around)), replace=False)
        return self._dice.permutation(np.append(chosen, centre))

    def _expanded(self, by_type: Floats) -> Floats:
        return np.column_stack([by_type[self._type], np.zeros(len(self._type))])


def sees_every_row(program: Program) -> bool:
    """Say whether rows about places have no auxiliary variable but the loads, so that a plan can be checked by them."""
    loads = set(program.loads)
    tied = {row for row, variable, _ in program.auxiliary_cells if variable not in loads}
    about = {int(row) for family in program.families for row in np.unique(family.rows) if row >= 0}
    return tied.isdisjoint(about | {row for row, _, _, _ in program.cells})


def _keeps_rows(program: Program, counts: Ints) -> bool:
    columns = Columns.where(counts > 0)
    activity = matrix(program, columns)[:, : len(columns)] @ counts[columns.types, columns.pools]
    checked = np.ones(len(activity), dtype=np.bool_)
    checked[[row for row, _, _ in program.auxiliary_cells]] = False
    slack = _ROOM * np.maximum(1.0, np.abs(activity))
    kept = (activity >= np.array(program.lower) - slack) & (activity <= np.array(program.upper) + slack)
    return bool(np.all(kept | ~checked))
