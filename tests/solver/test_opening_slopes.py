"""Lines in the openings: true below every choice whatever the prices, and as high as a filling allows."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Any

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.opening_slopes import Line, line_of
from dezentral.solver.openings import Openings
from dezentral.solver.pricing import padded
from dezentral.solver.program import Objective
from dezentral.solver.relaxation import relax
from dezentral.solver.stage import Stage, stage_of
from dezentral.solver.variants import copied
from dezentral.solver.watch import Watch
from tests.solver.solving import EXACT
from tests.strategy.all_choices import opened

NEARLY = 1e-6


def stage(city: dz.Instance, policy: dz.Policy, **limits: Any) -> Stage:
    """Build the program of a single level with all candidates open to choice."""
    costs = {site.id: site.opening_cost for site in city.sites if site.opening_cost is not None}
    every = Openings(city, costs).opening(costs)
    return stage_of(compile_instance(every, policy), policy.levels, [], 1e-9, Openings(city, costs, **limits))


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


FLATS = dz.Unit(id="flat", beds=3, count=2)
ROOM = dz.Unit(id="room", beds=3, sharing="same_sex")
HALL = dz.Unit(id="hall", beds=3, sharing="dormitory")


# Placing anybody is worth 50 km a head. Old, 10 km away, holds all of them, at 10 km a pupil; near, 1 km away, some.
@pytest.mark.parametrize(
    ("unit", "size", "pupils", "old", "gain"),
    [
        (FLATS, 3, (1, 1, 1), 30_000, 18_000),  # two flats: two of three families gain 9 km each
        (FLATS, 3, (1, 2, 3), 60_000, 45_000),  # those with two and three pupils gain 18 km and 27 km
        (FLATS, 3, (3,), 30_000, 27_000),  # one flat stays empty
        (ROOM, 1, (1, 1, 1, 1), 40_000, 27_000),  # three of four share the room
        (HALL, 1, (1, 1, 1, 1), 40_000, 27_000),  # and the hall
    ],
)
def test_a_site_is_worth_what_its_units_can_gain_whatever_they_are_priced_at(unit, size, pupils, old, gain):
    # A price of 1000 km for each unit at near, or for each place in a shared one, says only: no more than that.
    people = [dz.Household(id=f"h{i}", size=size, needs={"school": many}, sex="f") for i, many in enumerate(pupils)]
    enough = [FLATS, FLATS.model_copy(update={"id": "more"})]
    city = along_a_road({"old": enough, "near": [unit]}, people, old=10, near=1)
    policy = dz.Policy(levels=[dz.Level(dz.Placed(weight=50_000), dz.Proximity())])
    given = stage(city, policy)
    program = given.program
    near = program.compiled.pools.site == program.compiled.places.site_index["near"]
    duals = np.zeros(len(program.lower))
    duals[:len(program.counts)] = given.objective.costs[:, ~near].min(axis=1)  # what a place at old is worth
    for family in program.families:
        duals[family.rows[near & (family.rows >= 0)]] = -1_000_000.0
    line = line_of(program, given.objective, duals)
    assert at(line, given, ()) == pytest.approx(old)
    assert at(line, given, ("near",)) == pytest.approx(old - gain)


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


def crowded(seed: int) -> tuple[dz.Instance, dz.Policy]:
    """Draw people for whom one site is too small, and three that may open, each alone in its district."""
    dice, full = np.random.default_rng(seed), seed % 2
    kinds = [
        dz.Unit(id="flat", beds=3, count=2),
        dz.Unit(id="room", beds=3, count=1, sharing="same_sex"),
        dz.Unit(id="hall", beds=4, sharing="dormitory"),
    ]
    sites = [
        dz.Site(
            id=key, district=district, operator=operator, x=500_000.0 + 1000 * km, y=5e6, opening_cost=cost,
            units=[kinds[i] for i in sorted(dice.choice(3, size=2, replace=False))],
        )
        for key, district, operator, km, cost in (
            ("east", "b", "o", 1, 1.0), ("near", "c", None, 2, 1.0), ("old", "a", None, 5, None),
            ("west", "d", "o", 3, 1.0),
        )
    ]  # fmt: skip
    people = [
        dz.Household(id=f"h{i}", size=int(size), sex="f" if i % 2 else "m", needs={"school": 1})
        for i, size in enumerate(dice.choice([1, 1, 2, 3], size=9))
    ]
    city = dz.Instance(
        districts=[
            dz.District(id=key, population=population, housed=housed * full)
            for key, population, housed in (("a", 2000, 0), ("b", 300, 9), ("c", 900, 4), ("d", 1500, 0))
        ],
        sites=sites,
        services=[dz.Service(id="k", kind="school", x=500_000.0, y=5e6)],
        households=people,
        relations=[dz.Relation(kind="different_site", households=("h0", "h1", "h2"))],
        detour=1.0,
    )
    unit = 1.0 if seed % 3 else 1e-4  # of a small number, too, much may be missing
    level = dz.Level(
        dz.Placed(weight=9000 * unit), dz.Proximity(weight=unit), dz.Fit(weight=500 * unit),
        dz.Evenness(measure=("chi2", "persons_to_move")[seed // 2 % 2], weight=400 * unit),
    )  # fmt: skip
    return city, dz.Policy(rules=dz.Rules(operator_capacity={"o": 6} if full else {}), levels=[level])


def line_where_dear(given: Stage, closed: list[int], dear: float) -> Line:
    """Draw the line of the relaxation's prices while some sites (their variables) are dear to open."""
    charged = given.objective + Objective(auxiliary=dict.fromkeys(closed, dear))
    relaxed = relax(given.program, charged, None, 0.0, Watch(60.0))
    return line_of(given.program, given.objective, padded(given.program, relaxed.prices.duals))


def least(given: Stage, closed: list[int]) -> float:
    """Return the value of the relaxation while some sites stay closed."""
    program = copied(given.program)
    for variable in closed:
        program.auxiliary_upper[variable] = 0.0
    return relax(program, given.objective, None, 0.0, Watch(60.0)).prices.bound


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("limits", [{}, {"most": 2, "surely": frozenset(["near"])}])
def test_a_line_of_good_prices_is_below_the_relaxation_of_every_choice(seed, limits):
    # Such lines leave little room: most of what can be wrong with one lifts it above some choice. Where all sites open
    # they leave none.
    city, policy = crowded(seed)
    given = stage(city, policy, **limits)
    index, worth = given.program.compiled.places.site_index, policy.levels[0].goals[0].weight
    choices = [keys for n in range(4) for keys in combinations(("east", "near", "west"), n)]
    choices = [keys for keys in choices if not limits or ("near" in keys and len(keys) <= limits["most"])]
    closed = {
        keys: [variable for site, variable in given.program.opened.items() if site not in {index[key] for key in keys}]
        for keys in choices
    }
    lines = [line_where_dear(given, closed[keys], dear * worth) for keys in choices for dear in (0.3, 1.0, 3.0, 10.0)]
    for keys in choices:
        highest, bound = max(at(line, given, keys) for line in lines), least(given, closed[keys])
        assert highest <= bound + NEARLY * abs(bound)
        assert len(keys) < 3 or highest == pytest.approx(bound)
