"""Lines in the openings: true below every choice whatever the prices, and as high as a filling allows."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.opening_slopes import Line, line_of
from dezentral.solver.openings import Openings
from dezentral.solver.stage import Stage, stage_of
from tests.solver.solving import EXACT
from tests.strategy.all_choices import opened

NEARLY = 1e-6


def stage(city: dz.Instance, policy: dz.Policy) -> Stage:
    """Build the program of a single level with all candidates open to choice."""
    costs = {site.id: site.opening_cost for site in city.sites if site.opening_cost is not None}
    every = Openings(city, costs).opening(costs)
    return stage_of(compile_instance(every, policy), policy.levels, [], 1e-9, Openings(city, costs))


def at(line: Line, given: Stage, keys: tuple[str, ...]) -> float:
    index = given.program.compiled.places.site_index
    return line.base + sum(line.slopes[index[key]] for key in keys)


def along_a_road(units: dict[str, list[dz.Unit]], people: list[dz.Household], **km: float) -> dz.Instance:
    """Put sites at some kilometres from the only school; all but "old" are candidates."""
    return dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[
            dz.Site(
                id=key, district="a", units=units[key], x=500_000.0 + 1000 * km[key], y=5e6,
                opening_cost=None if key == "old" else 1.0,
            )
            for key in km
        ],
        services=[dz.Service(id="k", kind="school", x=500_000.0, y=5e6)],
        households=people,
        detour=1.0,
    )  # fmt: skip


def test_a_site_is_worth_what_its_units_can_gain_whatever_they_are_priced_at():
    # Placing a pupil is worth 100 km. Old, 10 km away, holds all three families: 30 km less 300 km. Near, 1 km away,
    # takes two of them: 18 km less. A price of 1000 km for each of its two flats says only: no more than 2000 km.
    flat = dz.Unit(id="flat", beds=2, count=2)
    people = [dz.Household(id=key, size=2, needs={"school": 1}) for key in "ghi"]
    city = along_a_road({"old": [flat, flat.model_copy(update={"id": "more"})], "near": [flat]}, people, old=10, near=1)
    policy = dz.Policy(levels=[dz.Level(dz.Placed(weight=50_000), dz.Proximity())])
    given = stage(city, policy)
    program = given.program
    duals = np.zeros(len(program.lower))
    duals[:len(program.counts)] = -90_000.0  # a place at old is worth 100 km less 10 km
    near = program.compiled.pools.site == program.compiled.places.site_index["near"]
    duals[program.unit_rows[near]] = -1_000_000.0
    line = line_of(program, given.objective, duals)
    assert at(line, given, ()) == pytest.approx(30_000)
    assert at(line, given, ("near",)) == pytest.approx(12_000)


@pytest.mark.parametrize("seed", range(6))
def test_a_line_is_below_the_best_plan_of_every_choice(seed):
    dice = np.random.default_rng(seed)
    kinds = [
        dz.Unit(id="flat", beds=3, count=2),
        dz.Unit(id="room", beds=2, count=2, sharing="same_sex"),
        dz.Unit(id="hall", beds=4, sharing="dormitory"),
    ]
    units = {key: [kinds[i] for i in sorted(dice.choice(3, size=2, replace=False))] for key in ("old", "x", "y", "z")}
    people = [
        dz.Household(id=f"h{i}", size=int(size), sex="f" if i % 2 else "m", needs={"school": 1})
        for i, size in enumerate(dice.integers(1, 4, size=8))
    ]
    city = along_a_road(units, people, old=5, x=1, y=2, z=3)
    policy = dz.Policy(
        rules=dz.Rules(max_site_persons=6),
        levels=[dz.Level(dz.Placed(weight=10_000), dz.Proximity(), dz.Fit(weight=500))],
    )
    given = stage(city, policy)
    lines = [
        line_of(given.program, given.objective, dice.normal(scale=scale, size=len(given.program.lower)))
        for scale in (0.0, 1000.0, 10_000.0)
    ]
    for keys in chain.from_iterable(combinations(("x", "y", "z"), n) for n in range(4)):
        value = dz.solve(opened(city, keys), policy, EXACT).levels[0].value
        for line in lines:
            assert at(line, given, keys) <= value * (1 + NEARLY)
