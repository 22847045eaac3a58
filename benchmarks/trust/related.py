"""A city and its relatives: what makes no difference to anybody must change nothing that is proven.

``python -m benchmarks.trust.related --persons 10000`` solves the city of Stuttgart, then the same with its rows
shuffled, with other ids, with districts, sites and services that nobody can use, with weights doubled and with ten
times the inhabitants. Rows in another order must give the same plan, ids in the same order the same one renamed. For
the others no bound of one may be above the value of the other's plan, as long as that keeps the limits of the levels
before. It ends with 1 if any of them does not agree.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.trust.renaming import in_order, placed, renamed, reversed_order

import dezentral as dz
from benchmarks.trust.cities import add_city, asked_for
from benchmarks.trust.truth import false_bounds, near

_TABLES = ("districts", "sites", "households", "services")
Names = dict[str, str]


@dataclass(frozen=True)
class Relative:
    """A changed city, and what the change may do.

    Attributes
    ----------
    instance, policy
        What is solved.
    times
        What every value is multiplied by.
    names
        Old id → new id of households, where the plan must be the same but for them; None = any plan as good.
    """

    instance: dz.Instance
    policy: dz.Policy
    times: float = 1.0
    names: Names | None = None


def main() -> int:
    """Solve the city and every relative, and say which agree."""
    options = _options()
    city, policy = asked_for(options)
    params = dz.SolveParams(time_limit=options.seconds)
    first, wrong = _solved("the city", city, policy, params), 0
    for name, make in RELATIVES.items():
        one = make(city, policy)
        found = _solved(name, one.instance, one.policy, params)
        faults = list(_faults(policy, first, found, one))
        wrong += bool(faults)
        same = sum(near(own.value * one.times, other.value) for own, other in _pairs(first, found))
        print(f"    {'; '.join(faults) or 'agrees'}; {same} of {len(first.levels)} values the same", flush=True)
    return int(wrong > 0)


def _solved(name: str, city: dz.Instance, policy: dz.Policy, params: dz.SolveParams) -> dz.Result:
    began = time.perf_counter()
    result = dz.solve(city, policy, params)
    values = " ".join(f"{level.value:.10g}" for level in result.levels)
    print(f"{name}: {result.status.value} in {time.perf_counter() - began:.0f} s, values {values}", flush=True)
    return result


def _faults(policy: dz.Policy, first: dz.Result, found: dz.Result, one: Relative) -> Iterator[str]:
    if one.names is not None and first.reproducible and found.reproducible and first.plan and found.plan:
        expected = {(one.names.get(key, key), *place) for key, *place in placed(first.plan)}
        if placed(found.plan) != expected:
            yield f"ANOTHER PLAN: {len(placed(found.plan) - expected)} placements"
    yield from false_bounds(policy, first, [level.final / one.times for level in found.levels])
    yield from false_bounds(one.policy, found, [level.final * one.times for level in first.levels])


def _pairs(first: dz.Result, found: dz.Result) -> list[tuple[dz.LevelOutcome, dz.LevelOutcome]]:
    return list(zip(first.levels, found.levels, strict=True))


def _shuffled(city: dz.Instance, policy: dz.Policy) -> Relative:
    dice = random.Random(1)  # noqa: S311  nothing secret
    rows = {name: dice.sample(getattr(city, name), len(getattr(city, name))) for name in _TABLES}
    return Relative(city.replace(**rows), policy, names={})


def _in_order(city: dz.Instance, policy: dz.Policy) -> Relative:
    names = in_order(city)
    return Relative(renamed(city, names), policy, names=names)


def _in_reverse(city: dz.Instance, policy: dz.Policy) -> Relative:
    return Relative(renamed(city, reversed_order(city)), policy)


def _with_empty_district(city: dz.Instance, policy: dz.Policy) -> Relative:
    return Relative(city.replace(districts=[*city.districts, dz.District(id="nobody", population=0)]), policy)


def _with_useless_places(city: dz.Instance, policy: dz.Policy) -> Relative:
    model = city.sites[0]
    places = {"none": (), "taken": [dz.Unit(id="taken", beds=4, count=0)]}
    empty = [model.model_copy(update={"id": key, "units": units}) for key, units in places.items()]
    shut = model.model_copy(update={"id": "shut", "opening_cost": 1.0})
    forbidden = model.model_copy(update={"id": "forbidden", "admits": frozenset()})
    return Relative(city.replace(sites=[*city.sites, *empty, shut, forbidden]), policy)


def _with_useless_service(city: dz.Instance, policy: dz.Policy) -> Relative:
    service = dz.Service(id="observatory", kind="observatory", x=city.sites[0].x, y=city.sites[0].y, capacity=3)
    return Relative(city.replace(services=[*city.services, service]), policy)


def _doubled(city: dz.Instance, policy: dz.Policy) -> Relative:
    levels = [
        level.model_copy(update={"goals": [one.model_copy(update={"weight": 2 * one.weight}) for one in level.goals]})
        for level in policy.levels
    ]
    return Relative(city, policy.model_copy(update={"levels": levels}), times=2.0)


def _tenfold(city: dz.Instance, policy: dz.Policy) -> Relative:
    districts = [one.model_copy(update={"population": 10 * one.population}) for one in city.districts]
    return Relative(city.replace(districts=districts), policy)


RELATIVES: dict[str, Callable[[dz.Instance, dz.Policy], Relative]] = {
    "rows shuffled": _shuffled,
    "other ids in the same order": _in_order,
    "other ids in reverse": _in_reverse,
    "a district without inhabitants": _with_empty_district,
    "sites that nobody can use": _with_useless_places,
    "a service that nobody needs": _with_useless_service,
    "all weights doubled": _doubled,
    "ten times the inhabitants": _tenfold,
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_city(parser, 10_000)
    parser.add_argument("--seconds", type=float, default=600.0, help="time limit of one solve")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
