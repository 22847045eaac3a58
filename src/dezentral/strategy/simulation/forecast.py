"""Placing those who have just come so that, on average over now and the futures, one level is best.

A two-stage program: places now in whole numbers, places of each future as a linear program, whose dual prices
of units and districts are what a place costs that is taken now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dezentral.compiled import DORMITORY, SAME_SEX, Compiled, compile_instance
from dezentral.domain import Instance, Placement, Plan
from dezentral.domain.policy import Evenness, Level, Policy
from dezentral.strategy.simulation.future import Future
from dezentral.strategy.simulation.linear import Program
from dezentral.strategy.simulation.site_costs import site_costs
from dezentral.strategy.simulation.spread import add_unevenness
from dezentral.strategy.simulation.world import with_people

_LEFT_OUT = 4.0  # what a person costs who finds no place in a future: so often the dearest place, or uneven persons
_MOST_EPOCHS, _MOST_EXACT = 3, 12  # following steps are taken together into as many

Column = tuple[int, int, int]  # type, pool, variable


@dataclass(frozen=True, slots=True)
class Epoch:
    """Following steps taken together: who comes, by type, and how many steps it lasts and is followed by."""

    newcomers: Counter[int]
    steps: int
    later: int


class Forecast:
    """The program of one step.

    Parameters
    ----------
    instance
        On the day of the step.
    policy
        Its rules.
    level
        What is to be best on average.
    plan
        A plan of the instance: who already lived somewhere stays where it puts them, and who comes is placed if it
        places them.
    futures
        Equally likely.
    past
        Steps before this one: the longer it all takes, the less a single step counts in the average.
    exact
        Whether the futures are certain: each of their steps then counts on its own.
    """

    def __init__(  # noqa: PLR0913  what a step is planned from
        self,
        instance: Instance,
        policy: Policy,
        level: Level,
        plan: Plan,
        futures: Sequence[Future],
        *,
        past: int = 0,
        exact: bool = False,
    ) -> None:
        self.instance, self.level, self.plan, self.exact = instance, level, plan, exact
        ghosts = [one for future in futures for batch in future.batches for one in batch]
        both = with_people(instance, (*instance.households, *ghosts))
        self.compiled: Compiled = compile_instance(both, policy, [level])
        self.type_of = {
            one.id: int(t) for one, t in zip(both.households, self.compiled.types.of_household, strict=True)
        }
        at = {site.id: j for j, site in enumerate(instance.sites)}
        pools = self.compiled.pools
        self.pool_of = {(s.id, u.id): p for p, (s, u) in enumerate(zip(pools.sites, pools.units, strict=True))}
        costs = site_costs(both, level.goals)
        first = [int(members[0]) for members in self.compiled.types.members]
        self.costs = costs[first][:, [at[site.id] for site in pools.sites]]
        homes = {one.id for one in instance.households if one.current_site is not None}
        self.settled = [one for one in plan.placements if one.household in homes]
        self.coming = [one.household for one in plan.placements if one.household not in homes]
        self.futures = futures
        # What one step counts in the score of each future, so that today counts 1 on average.
        once = [1.0 / (past + 1 + future.steps) for future in futures]
        self.shares = [one / sum(once) for one in once]
        self.program = Program()

    def solve(self) -> Plan | None:
        """Return the plan with those who come at other places, None if none is found."""
        steps = sum(share * (1 + future.steps) for share, future in zip(self.shares, self.futures, strict=True))
        now = list(self._columns(Counter(self.type_of[key] for key in self.coming), steps, whole=True))
        self._capacity(now, whole=True)
        self._unevenness(now, 0.0, 1.0)
        for share, future in zip(self.shares, self.futures, strict=True):
            taken, persons = list(now), 0.0
            for epoch in self._epochs(future):
                taken += self._columns(epoch.newcomers, (epoch.steps + epoch.later) * share, whole=False)
                persons += sum(int(self.compiled.types.size[t]) * count for t, count in epoch.newcomers.items())
                self._unevenness(taken, persons, epoch.steps * share)
            self._capacity(taken, whole=False)
        found = self.program.solve()
        return None if found is None else self._plan(now, found)

    def _epochs(self, future: Future) -> Iterator[Epoch]:
        most = _MOST_EXACT if self.exact else _MOST_EPOCHS
        for steps in np.array_split(np.arange(future.steps), max(1, min(most, future.steps))):
            if not len(steps):
                return
            newcomers = Counter(self.type_of[one.id] for j in steps for one in future.batches[j])
            yield Epoch(newcomers, len(steps), future.steps - int(steps[-1]) - 1)

    def _columns(self, newcomers: Counter[int], steps: float, *, whole: bool) -> Iterator[Column]:
        """Add the placements of some newcomers; those of now are all placed, those of a future if there is room."""
        for t, count in sorted(newcomers.items()):
            mine = []
            for p in np.flatnonzero(self.compiled.units[t]).tolist():
                variable = self.program.variable(steps * float(self.costs[t, p]), count, whole=whole)
                mine.append(variable)
                yield t, p, variable
            if not whole:
                dearest = max(1.0, float(np.abs(self.costs).max(initial=0.0)))
                left_out = _LEFT_OUT * dearest * int(self.compiled.types.size[t]) * steps
                mine.append(self.program.variable(left_out, count))
            self.program.limit([(variable, 1.0) for variable in mine], count, count)

    def _capacity(self, columns: Sequence[Column], *, whole: bool) -> None:
        """Keep unit counts and caps; rooms shared by sex are whole now and fractional in a future."""
        pools, types = self.compiled.pools, self.compiled.types
        settled = [(self.type_of[one.household], self.pool_of[one.site, one.unit]) for one in self.settled]
        for p in range(len(pools)):
            here = [(t, variable) for t, pool, variable in columns if pool == p]
            lives = [t for t, pool in settled if pool == p]
            own = [(v, float(self.compiled.units[t, p])) for t, v in here if not self._shares(t, p)]
            used = sum(int(self.compiled.units[t, p]) for t in lives if not self._shares(t, p))
            room = int(pools.count[p]) * (int(pools.cap1[p]) if pools.sharing[p] == DORMITORY else 1)
            for sex in ("f", "m", None):
                inside = [(v, 1.0) for t, v in here if self._shares(t, p) and self._sex(t) == sex]
                living = sum(self._shares(t, p) and self._sex(t) == sex for t in lives)
                beds = int(pools.cap1[p]) if sex else 1
                if inside or living:
                    rooms = self.program.variable(whole=whole)
                    own.append((rooms, 1.0))
                    self.program.limit([*inside, (rooms, -float(beds))], -float(living))
            self.program.limit(own, room - used)
        for cap in self.compiled.places.caps:
            if cap.room is not None:
                below = cap.sites[pools.site]
                lives_in = sum(int(types.size[t]) for t, p in settled if below[p])
                terms = [(v, float(types.size[t])) for t, p, v in columns if below[p]]
                self.program.limit(terms, cap.room - lives_in)

    def _shares(self, t: int, p: int) -> bool:
        return bool(self.compiled.pools.sharing[p] == SAME_SEX and self.compiled.types.size[t] == 1)

    def _sex(self, t: int) -> str | None:
        sex = self.compiled.types.first[t].sex
        return sex if sex in {"f", "m"} else None

    def _unevenness(self, columns: Sequence[Column], later: float, weight: float) -> None:
        """Add the unevenness once `later` persons have come who are not there yet."""
        goals = [goal for goal in self.level.goals if isinstance(goal, Evenness)]
        if not goals:
            return
        types, pools, places = self.compiled.types, self.compiled.pools, self.compiled.places
        loads = places.housed.astype(np.float64).copy()
        for one in self.settled:
            loads[pools.district[self.pool_of[one.site, one.unit]]] += types.size[self.type_of[one.household]]
        terms: list[list[tuple[int, float]]] = [[] for _ in loads]
        for t, p, variable in columns:
            terms[int(pools.district[p])].append((variable, float(types.size[t])))
        everybody = float(places.housed.sum() + sum(one.size for one in self.instance.households) + later)
        for goal in goals:
            targets = places.target_share * everybody
            add_unevenness(self.program, goal, weight, loads=loads, terms=terms, targets=targets)

    def _plan(self, now: Sequence[Column], found: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Plan:
        waiting: dict[int, list[str]] = {}
        order = {one.id: (one.arrival is None, one.arrival, one.id) for one in self.instance.households}
        for key in sorted(self.coming, key=lambda key: order[key]):
            waiting.setdefault(self.type_of[key], []).append(key)
        pools = self.compiled.pools
        placements = list(self.settled)
        for t, p, variable in now:
            for _ in range(round(float(found[variable]))):
                alone = pools.sharing[p] != DORMITORY and not self._shares(t, p)
                placements.append(
                    Placement(
                        household=waiting[t].pop(0),
                        site=pools.sites[p].id,
                        unit=pools.units[p].id,
                        units=int(self.compiled.units[t, p]) if alone else 1,
                    )
                )
        return Plan(placements=tuple(placements), unplaced=self.plan.unplaced)
