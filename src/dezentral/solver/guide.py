"""The best plan and bound of a level while it is being solved, and the small programs that improve them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.assignment import counts_of, spread
from dezentral.solver.columns import Columns
from dezentral.solver.core import Room
from dezentral.solver.direct import loads_of, meet, refine
from dezentral.solver.mip import solve_mip
from dezentral.solver.program import Objective, Program
from dezentral.solver.relaxation import USED, Relaxed
from dezentral.solver.task import Task
from dezentral.solver.transport import add_cut
from dezentral.solver.twins import Twins
from dezentral.solver.variants import complete, without_loose_cuts

_NODES, _MANY_NODES, _FEW = 300, 3_000, 3_000  # of the search tree; many where columns are few
_CLOSE, _HALF = 0.95, 0.5  # of the tolerance: near enough to the bound, and nearer
_DOUBLINGS = 8
_SMALL = 10_000  # placements up to which transports are written as flows at once
_CUT_ROUNDS = 2  # then transports are written as flows
_MENDING = 4  # rounds of cuts near a plan that lacks some
_SCARCE = 20  # cuts near to binding the relaxation: of so many, whole plans would lack ever others


@dataclass(frozen=True)
class Haste:
    """How hard HiGHS may try.

    Attributes
    ----------
    gap
        Relative gap at which to stop; None = half of what is asked for, and nearly all of it for a proof.
    nodes
        Nodes of the search tree to look at; None = the more, the fewer columns there are.
    seeds
        Of its random choices: as many searches at the same time.
    close
        Any plan will do that is within this part of the tolerance above what is proven.
    proof
        Whether only the bound is asked for.
    first
        Whether no plan near is known yet: where many cuts are near to binding, what lacks one is then not mended.
    """

    gap: float | None = None
    nodes: int | None = None
    seeds: tuple[int, ...] = (0,)
    close: float = _CLOSE
    proof: bool = False
    first: bool = False


UNHURRIED = Haste()


class Guide:
    """The state of a level's solve.

    Attributes
    ----------
    task
        What is to be solved.
    counts
        The best plan so far, shape (n_types, n_pools).
    value, bound
        Its value, and what is proven.
    found
        Better plans than the task's own, best last.
    """

    def __init__(self, task: Task, counts: Ints, twins: Twins | None = None) -> None:
        self.task, self.counts, self._twins = task, counts, twins
        self.program, self.objective = task.stage.program, task.stage.objective
        self.value, self.bound = task.value, -np.inf
        self.found: list[Ints] = []
        self.columns = Columns.where(self.program.allowed)
        self._needed: list[set[tuple[int, ...]]] = [set() for _ in self.program.transports]  # cuts that bound choices
        self._relaxed: Relaxed | None = None

    @property
    def relaxed(self) -> Relaxed:
        """The level's relaxation, once it is solved."""
        if self._relaxed is None:
            msg = "the relaxation is not solved yet"
            raise RuntimeError(msg)
        return self._relaxed

    @relaxed.setter
    def relaxed(self, relaxed: Relaxed) -> None:
        self._relaxed = relaxed
        self.prove(relaxed.prices.bound)

    @property
    def done(self) -> bool:
        """Whether the level is proven, or time is over."""
        return self.is_within(1.0) or self.task.watch.over

    def is_within(self, part: float) -> bool:
        """Say whether the best plan is within this part of the tolerance above what is proven."""
        return self.value - self.bound <= part * self.task.tolerance(self.value)

    @property
    def measures_loads(self) -> bool:
        """Whether the level itself is about the districts' loads."""
        return not self.program.measures.isdisjoint(self.objective.auxiliary)

    @property
    def measures_shortage(self) -> bool:
        """Whether the level is about demands that supplies must meet."""
        return not self.program.shortages.keys().isdisjoint(self.objective.auxiliary)

    @property
    def measures_more_than_costs(self) -> bool:
        """Whether the level is about loads or about demands that supplies must meet."""
        return self.measures_loads or self.measures_shortage

    @property
    def used(self) -> Bools:
        """Columns that the relaxation uses, shape (n_types, n_pools)."""
        return self.relaxed.solution.used(self.program.allowed.shape)

    def helpful(self, width: int) -> tuple[Bools, float]:
        """Mark the columns of lowest regret that better plans may use, at most so many; return the least left out."""
        prices = self.relaxed.prices
        return lowest(prices.regret(), width, self.value - prices.bound)

    def offer(self, counts: Ints | None) -> None:
        """Consider a plan, given as counts of shape (n_types, n_pools)."""
        self.task.watch.glance()
        if counts is None:
            return
        all_types = counts if self._twins is None else self._twins.apart(counts)
        columns = Columns.where(all_types > 0)
        self._keep_best(spread(self.program.compiled, columns, all_types[columns.types, columns.pools]), counts)

    def offer_assignment(self, assignment: Ints | None) -> None:
        """Consider a plan, given as the pool of each household."""
        self.task.watch.glance()
        if assignment is not None:
            counts = counts_of(self.program.compiled, assignment)
            self._keep_best(assignment, counts if self._twins is None else self._twins.together(counts))

    def _keep_best(self, assignment: Ints, counts: Ints) -> None:
        value = self.task.evaluate(assignment)
        if value is not None and value < self.value:
            self.value, self.counts = value, counts
            self.found.append(assignment)
            self.task.report(self.value, self.bound)

    def prove(self, bound: float) -> None:
        """Note a bound."""
        bound = self.task.rounded(bound)
        if np.isfinite(bound) and bound > self.bound:
            self.bound = bound
            self.task.report(self.value, self.bound)

    def solve(
        self, program: Program, room: Room, objective: Objective, how: Haste = UNHURRIED
    ) -> tuple[Ints | None, float]:
        """Let HiGHS choose in a room; return counts of shape (n_types, n_pools), and the bound over the room.

        Where placements are many, cuts that its choice violates are added to the program, and it chooses again; those
        that the relaxation is far from binding are left out unless an earlier choice violated them. Where shortage
        itself is measured there would be no end to them.
        """
        lazy, hopeless = len(self.columns) > _SMALL and not self.measures_shortage, False
        if lazy:
            program = without_loose_cuts(program, self.relaxed.solution)
            hopeless = how.first and any(len(transport.cuts) > _SCARCE for transport in program.transports)
            for transport, needed in zip(program.transports, self._needed, strict=True):
                for nodes in sorted(needed):
                    add_cut(program, transport, np.array(nodes, dtype=np.int64))

        def choose(among: Program, near: Room) -> tuple[Ints | None, float]:
            return self._solve(among, near, objective, how)

        for _ in range(_CUT_ROUNDS if lazy else 0):
            counts, bound = choose(program, room)
            if counts is None or self.task.watch.over or not self._cut(program, counts):
                return counts, bound
            if hopeless:
                break
            counts = self._mended(program, room, counts, choose)
            if counts is not None or self.task.watch.over:
                return counts, bound
        return choose(complete(program), room)

    def _mended(
        self,
        program: Program,
        room: Room,
        counts: Ints,
        choose: Callable[[Program, Room], tuple[Ints | None, float]],
    ) -> Ints | None:
        """Look near a choice that a cut has forbidden, in a small part of the room; None without success."""
        columns = room.columns
        for _ in range(_MENDING):
            lower, upper = (bounds[columns.types, columns.pools] for bounds in self.between(counts))
            found, _ = choose(program, Room(columns, np.maximum(lower, room.lower), np.minimum(upper, room.upper)))
            if found is None or not self._cut(program, found):
                return found
            counts = found
        return None

    def between(self, counts: Ints) -> tuple[Ints, Ints]:
        """Bound counts by those of a plan and of the relaxation, all of shape (n_types, n_pools).

        A count is as in both where they agree, and within one of either where they do not: such an integer program is
        small (Danna, Rothberg and Le Pape, 2005).
        """
        amounts = self.relaxed.solution.dense(counts.shape)
        down, up = np.floor(amounts + USED), np.ceil(amounts - USED)
        agreed = (np.abs(amounts - counts) < USED) & (counts > 0)
        lower = np.where(agreed, counts, np.maximum(np.minimum(down, counts) - 1, 0))
        upper = np.where(agreed, counts, np.maximum(up, counts) + 1)
        return lower.astype(np.int64), upper.astype(np.int64)

    def _cut(self, program: Program, counts: Ints) -> bool:
        """Add the cuts that a plan violates; they will be of use to others, too."""
        columns = Columns.where(counts > 0)
        amounts = counts[columns.types, columns.pools]
        meet(self.program, columns, amounts)
        before = [set(transport.cuts) for transport in program.transports]
        violated = meet(program, columns, amounts)
        for transport, needed, known in zip(program.transports, self._needed, before, strict=True):
            needed.update(transport.cuts.keys() - known)
        return violated

    def _solve(
        self, program: Program, room: Room, objective: Objective, how: Haste
    ) -> tuple[Ints | None, float]:
        nodes = how.nodes
        if nodes is None:
            nodes = _NODES if len(room.columns) > _FEW else _MANY_NODES
        gap = how.gap
        if gap is None:
            gap = (_CLOSE if how.proof else _HALF) * self.task.gap
        enough = -np.inf
        if objective is self.objective and np.isfinite(self.bound):
            enough = self.bound + how.close * self.task.tolerance(self.bound)
        best = self.counts[room.columns.types, room.columns.pools]
        inside = best.sum() == self.counts.sum() and bool(np.all((best >= room.lower) & (best <= room.upper)))
        answer = solve_mip(
            program,
            room,
            objective,
            self.task.watch,
            gap=gap,
            nodes=nodes,
            enough=enough,
            start=best if inside else None,
            seeds=how.seeds,
            proof=how.proof,
        )
        if answer.counts is None:
            return None, answer.bound
        counts = np.zeros(program.allowed.shape, dtype=np.int64)
        counts[room.columns.types, room.columns.pools] = answer.counts
        return counts, answer.bound


def lowest(regret: Floats, width: int, most: float = np.inf) -> tuple[Bools, float]:
    """Mark the columns of lowest finite regret, at most `width` and `most`; return the least regret left out."""
    finite = regret[np.isfinite(regret) & (regret <= most)]
    limit = float(np.partition(finite, width - 1)[width - 1]) if len(finite) > width else most
    mask: Bools = np.isfinite(regret) & (regret <= limit)
    left = regret[~mask & (regret <= most)]
    return mask, float(left.min(initial=np.inf))


def loads(program: Program, counts: Ints) -> Ints:
    """Return the districts' loads of counts of shape (n_types, n_pools)."""
    columns = Columns.where(counts > 0)
    return loads_of(program, columns, counts[columns.types, columns.pools])


def refine_at(program: Program, counts: Ints) -> bool:
    """Make the program exact at counts of shape (n_types, n_pools); False if it was."""
    columns = Columns.where(counts > 0)
    return refine(program, columns, counts[columns.types, columns.pools])


def draw_lines(program: Program, counts: Ints) -> None:
    """Bound every curve around the loads of a plan."""
    given = loads(program, counts)
    district_of = {variable: d for d, variable in enumerate(program.loads)}
    for curve in program.curves:
        for line in curve.around(float(given[district_of[curve.load]]), _DOUBLINGS):
            program.line(curve, line)
