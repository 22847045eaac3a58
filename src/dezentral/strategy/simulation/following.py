"""The plans of the program of all steps, day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dezentral.checks import check
from dezentral.compiled import DORMITORY
from dezentral.domain import Placement, Plan
from dezentral.solver import Result
from dezentral.strategy.simulation.horizon import Horizon, Pool, Stage
from dezentral.strategy.simulation.linear import Values
from dezentral.strategy.simulation.strategies import Moment, judged


class OffTrackError(Exception):
    """A day's plan breaks a rule that the program does not know."""


def following(horizon: Horizon) -> Callable[[Moment], Result] | None:
    """Return the strategy that does what the program of all steps says, None if it says nothing."""
    found = horizon.solve()
    if found is None:
        return None
    plans = tuple(_plans(horizon, found))

    def decide(moment: Moment) -> Result:
        plan = plans[moment.number]
        if check(moment.instance, moment.policy, plan):
            raise OffTrackError
        return judged(moment.instance, moment.policy, plan, None).model_copy(
            update={"reproducible": horizon.reproducible}
        )

    return decide


def _plans(horizon: Horizon, found: Values) -> Iterator[Plan]:
    where: dict[str, Pool | None] = {}
    for t in range(len(horizon.days)):
        placements, unplaced = [], []
        for g, group in enumerate(horizon.groups):
            if t not in group.steps:
                continue
            if t == group.steps[0]:
                one = horizon.cities[t].households[group.first]
                home = None if group.home is None else (group.home, one.current_unit or "")
                where |= dict.fromkeys(group.members, home)
            where |= _seated(group.members, where, horizon.stages[g, t], found)
            for key in group.members:
                place = where[key]
                if place is None:
                    unplaced.append(key)
                else:
                    placements.append(_placement(horizon, t, group.first, key, place))
        yield Plan(placements=tuple(placements), unplaced=tuple(unplaced))


def _seated(
    members: tuple[str, ...], where: dict[str, Pool | None], stage: Stage, found: Values
) -> dict[str, Pool | None]:
    """Return where the members of a group go: nobody moves who can stay in the unit or at the site."""
    free = {key: round(float(found[v])) for key, v in stage.places.items()}
    seats: dict[str, Pool | None] = {}
    for key in members:
        place = where[key]
        if place is not None and free.get(place, 0):
            seats[key] = place
            free[place] -= 1
    for key in members:
        place = where[key]
        same = [pool for pool, left in free.items() if left and place is not None and pool[0] == place[0]]
        if key not in seats and same:
            seats[key] = same[0]
            free[same[0]] -= 1
    rest = [key for key in members if key not in seats]
    leaving = [key for key in rest if where[key] is not None]
    moved = leaving[: round(float(found[stage.moved]))]
    queue = [*moved, *(key for key in rest if where[key] is None), *(key for key in leaving if key not in moved)]
    left = [pool for pool, number in free.items() for _ in range(number)]
    return seats | {key: left[i] if i < len(left) else None for i, key in enumerate(queue)}


def _placement(horizon: Horizon, t: int, first: int, key: str, place: Pool) -> Placement:
    compiled = horizon.compiled[t]
    pools = compiled.pools
    p = next(p for p in range(len(pools)) if (pools.sites[p].id, pools.units[p].id) == place)
    kind = int(compiled.types.of_household[first])
    alone = pools.sharing[p] != DORMITORY and not horizon.shares(compiled, kind, p)
    units = int(compiled.units[kind, p]) if alone else 1
    return Placement(household=key, site=place[0], unit=place[1], units=units)
