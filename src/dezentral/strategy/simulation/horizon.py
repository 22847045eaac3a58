"""All steps as one program: the levels averaged over the steps, one after another, for who knows everything."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dezentral.compiled import DORMITORY, SAME_SEX, Compiled, compile_instance
from dezentral.domain import Instance
from dezentral.domain.policy import Evenness, Goal, KeepHoused, Level, Placed, Policy, Stability
from dezentral.strategy.simulation.groups import Group, averages, is_relaxation
from dezentral.strategy.simulation.linear import Program, Values
from dezentral.strategy.simulation.site_costs import OF_SITES, site_costs
from dezentral.strategy.simulation.spread import add_unevenness
from dezentral.strategy.simulation.world import World, with_people

_NODES, _GAP, _LEVEL = 1000, 1e-6, 1e-6
_PIECES = 200  # of the chi-square: a line for each whole load
_MOST = 20_000  # variables: beyond, the steps are planned one by one
_GOALS = (KeepHoused, Placed, Stability, Evenness, *OF_SITES)

Pool = tuple[str, str]  # site, unit


@dataclass(frozen=True, slots=True)
class Stage:
    """What becomes of a group at a step: variables of its places, of those who stay by site, and of those who move."""

    places: Mapping[Pool, int]
    stay: Mapping[str, int]
    moved: int
    unplaced: int


class Horizon:
    """The program of all steps.

    Parameters
    ----------
    world
        Everything that will happen.
    policy
        Its levels are minimised as long as their goals are sums over places or measures of evenness. Of its rules,
        those on single placements, units and caps are kept; a plan has to be checked for the others.
    seconds
        Wall limit of all levels together.

    Attributes
    ----------
    reproducible
        Whether the limit was not reached.
    reached
        Per level minimised, averaged over the steps: its value in the program, and what is proven about it.
    """

    def __init__(self, world: World, policy: Policy, seconds: float) -> None:
        self.reproducible, self._seconds = True, seconds
        self.reached: list[tuple[float, float | None]] = []
        self.policy, self.days = policy, world.dates or (None,)
        everybody = (*world.instance.households, *world.arrivals)
        self.cities = [with_people(world.instance, everybody, date=day) for day in self.days]
        self.compiled: list[Compiled] = [compile_instance(city, policy) for city in self.cities]
        self.present = [{one.id for one in world.present(day)} for day in self.days]
        self.groups = tuple(self._groups(self.cities[0]))
        self.program = Program()
        self.stages: dict[tuple[int, int], Stage] = {}

    def solve(self) -> Values | None:
        """Return the values of the variables, None if there are none or too many."""
        if len(self.days) * len(self.groups) * max(len(one.pools) for one in self.compiled) > _MOST:
            return None
        for g, group in enumerate(self.groups):
            for t in group.steps:
                self.stages[g, t] = self._stage(g, t)
        for t in range(len(self.days)):
            self._capacity(t)
        found = None
        end = time.monotonic() + self._seconds
        for level in self.policy.levels:
            if not all(isinstance(goal, _GOALS) for goal in level.goals):
                break
            left = end - time.monotonic()
            better = self._minimise(level, left) if left > 0 else None
            self.reproducible = time.monotonic() < end
            if better is None:
                break
            found = better
        return found

    def _groups(self, city: Instance) -> Iterator[Group]:
        gathered: dict[Any, list[int]] = {}
        for i, one in enumerate(city.households):
            types = tuple(int(each.types.of_household[i]) for each in self.compiled)
            steps = [t for t, ids in enumerate(self.present) if one.id in ids]
            if steps:
                gathered.setdefault((types, steps[0], steps[-1], one.current_site, one.current_unit), []).append(i)
        for (_, begin, end, home, _), members in gathered.items():
            ids = tuple(city.households[i].id for i in members)
            yield Group(ids, members[0], home, range(begin, end + 1))

    def _stage(self, g: int, t: int) -> Stage:
        """Add a group's places at a step: who is there stays, has moved, or was unplaced before."""
        group, compiled, program = self.groups[g], self.compiled[t], self.program
        count, kind = len(group.members), int(compiled.types.of_household[group.first])
        pools = compiled.pools
        places = {
            (pools.sites[p].id, pools.units[p].id): program.variable(0.0, count, whole=True)
            for p in np.flatnonzero(compiled.units[kind]).tolist()
        }
        stay = {site: program.variable(0.0, count) for site in sorted({site for site, _ in places})}
        moved, entered, unplaced = (program.variable(0.0, count) for _ in range(3))
        here = [(v, 1.0) for v in places.values()]
        program.limit([*here, (unplaced, 1.0)], count, count)
        come = [(v, -1.0) for v in (*stay.values(), moved, entered)]
        program.limit([*here, *come], 0.0, 0.0)
        for site, variable in stay.items():
            program.limit([(variable, 1.0), *((v, -1.0) for key, v in places.items() if key[0] == site)], 0.0)
        if t == group.steps[0]:
            lived = count if group.home else 0
            for site, variable in stay.items():
                program.limit([(variable, 1.0)], count if site == group.home else 0.0)
            program.limit([(entered, 1.0)], count - lived)
            program.limit([(v, 1.0) for v in (*stay.values(), moved)], lived)
        else:
            last = self.stages[g, t - 1]
            for site, variable in stay.items():
                program.limit([(variable, 1.0), *((v, -1.0) for key, v in last.places.items() if key[0] == site)], 0.0)
            program.limit([(entered, 1.0), (last.unplaced, -1.0)], 0.0)
            lived_there = [(v, -1.0) for v in last.places.values()]
            program.limit([*((v, 1.0) for v in (*stay.values(), moved)), *lived_there], 0.0)
        return Stage(places, stay, moved, unplaced)

    def _capacity(self, t: int) -> None:
        """Keep unit counts and caps on a day."""
        compiled, program = self.compiled[t], self.program
        pools = compiled.pools
        columns = [
            (int(compiled.types.of_household[self.groups[g].first]), key, v)
            for (g, step), stage in self.stages.items()
            if step == t
            for key, v in stage.places.items()
        ]
        for p in range(len(pools)):
            at = (pools.sites[p].id, pools.units[p].id)
            here = [(kind, v) for kind, key, v in columns if key == at]
            shared = [(kind, v) for kind, v in here if self.shares(compiled, kind, p)]
            own = [(v, float(compiled.units[kind, p])) for kind, v in here if not self.shares(compiled, kind, p)]
            for sex in ("f", "m", None):
                inside = [(v, 1.0) for kind, v in shared if _sex(compiled, kind) == sex]
                if inside:
                    rooms = program.variable(whole=True)
                    own.append((rooms, 1.0))
                    program.limit([*inside, (rooms, -float(pools.cap1[p] if sex else 1))], 0.0)
            program.limit(own, int(pools.count[p]) * (int(pools.cap1[p]) if pools.sharing[p] == DORMITORY else 1))
        index = compiled.places.site_index
        for cap in compiled.places.caps:
            if cap.room is not None:
                sizes = compiled.types.size
                terms = [(v, float(sizes[kind])) for kind, (site, _), v in columns if cap.sites[index[site]]]
                program.limit(terms, cap.room)

    @staticmethod
    def shares(compiled: Compiled, kind: int, p: int) -> bool:
        """Say whether a kind of household shares rooms by sex there."""
        return bool(compiled.pools.sharing[p] == SAME_SEX and compiled.types.size[kind] == 1)

    def _minimise(self, level: Level, seconds: float) -> Values | None:
        """Minimise a level's sum over all steps and keep it from then on."""
        program = self.program
        program.costs = [0.0] * len(program.costs)
        is_bounded = is_relaxation(self.policy, self.compiled, self.groups)
        for goal in level.goals:
            for t in range(len(self.days)):
                is_bounded &= self._add(goal, t)
        found = program.solve(_NODES, _GAP, seconds)
        if found is not None:
            costs = [(v, cost) for v, cost in enumerate(program.costs) if cost]
            value = sum(cost * float(found[v]) for v, cost in costs)
            program.limit(costs, value + _LEVEL * max(1.0, abs(value)))
            sums = (value, program.bound if is_bounded else None)
            self.reached.append(averages(level, self.cities[0], self.groups, len(self.days), sums))
        return found

    def _add(self, goal: Goal, t: int) -> bool:
        """Add a goal's value at a step; say whether the program then counts no more than there is."""
        if isinstance(goal, Evenness):
            return self._add_unevenness(goal, t)
        city, costs = self.cities[t], self.program.costs
        if isinstance(goal, OF_SITES):
            self._add_site_costs(goal, t)
            return True
        for (g, step), stage in self.stages.items():
            if step != t:
                continue
            group = self.groups[g]
            one = city.households[group.first]
            if isinstance(goal, Placed):
                costs[stage.unplaced] += goal.weight * one.size * one.priority
            elif isinstance(goal, Stability):
                costs[stage.moved] += goal.weight * one.size
            else:  # who lived somewhere, less those who stay or move; at the first step their number is constant
                for v in (*stage.stay.values(), stage.moved):
                    costs[v] -= goal.weight * one.size
                for v in self.stages[g, t - 1].places.values() if step > group.steps[0] else ():
                    costs[v] += goal.weight * one.size
        return True

    def _add_site_costs(self, goal: Goal, t: int) -> None:
        city = self.cities[t]
        at_site = site_costs(city, [goal])
        at = {site.id: j for j, site in enumerate(city.sites)}
        for (g, step), stage in self.stages.items():
            for (site, _), v in stage.places.items() if step == t else ():
                self.program.costs[v] += float(at_site[self.groups[g].first, at[site]])

    def _add_unevenness(self, goal: Evenness, t: int) -> bool:
        compiled = self.compiled[t]
        places = compiled.places
        terms: list[list[tuple[int, float]]] = [[] for _ in places.housed]
        persons = 0
        for (g, step), stage in self.stages.items():
            if step == t:
                size = int(compiled.types.size[compiled.types.of_household[self.groups[g].first]])
                persons += size * len(self.groups[g].members)
                for (site, _), v in stage.places.items():
                    terms[int(places.site_district[places.site_index[site]])].append((v, float(size)))
        targets = places.target_share * float(places.housed.sum() + persons)
        loads = places.housed.astype(np.float64)
        return add_unevenness(self.program, goal, 1.0, loads=loads, terms=terms, targets=targets, pieces=_PIECES)


def _sex(compiled: Compiled, kind: int) -> str | None:
    sex = compiled.types.first[kind].sex
    return sex if sex in {"f", "m"} else None
