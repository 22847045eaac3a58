"""Programs of the openings alone, by hand: a budget, and two cuts that stand for all placements."""

from __future__ import annotations

import random
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.opening_choice import propose
from dezentral.solver.opening_lines import Cut
from dezentral.solver.opening_master import lowest, measured_if, within_limit
from dezentral.solver.openings import Openings
from dezentral.solver.program import Objective
from dezentral.solver.stage import Stage, stage_of
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site
from tests.solver.solving import policy_of

PLACED = policy_of(dz.Placed())
COSTS = {"x": 10.0, "y": 5.0, "z": 5.0}
# Without sites 100; x saves 50, y 40, z 30; but by the second cut y and z together are no better than y alone.
CUTS = [Cut(100.0, {"x": -50.0, "y": -40.0, "z": -30.0}), Cut(60.0, {"x": -60.0, "y": 0.0, "z": 0.0})]


@pytest.fixture(name="given")
def _given() -> Stage:
    town = city([site(key, "a", [dz.Unit(id="flat", beds=4)]) for key in COSTS], [household("h", 4)])
    return stage_of(compile_instance(town, PLACED, PLACED.levels), PLACED.levels, [], 1e-9, Openings(town, COSTS, 10.0))


def ask(stage: Stage) -> tuple[set[str] | None, float]:
    sites = stage.program.compiled.places.sites
    answer = propose(stage.program, stage.objective, stage.program.allowed, Watch(60.0), gap=1e-3)
    return None if answer.opened is None else {sites[s].id for s in answer.opened}, answer.bound


def lines_of(given: Stage) -> SimpleNamespace:
    index = given.program.compiled.places.site_index
    return SimpleNamespace(stage=given, cuts=CUTS, site_of={key: index[key] for key in COSTS})


@pytest.mark.parametrize(("beyond", "opened", "cost"), [(60.0, {"y"}, 5.0), (55.0, {"x"}, 10.0), (49.0, None, np.inf)])
def test_the_cheapest_choice_that_no_cut_refutes_is_proposed(given, beyond, opened, cost):
    # x: max(50, 0); y: max(60, 60); z: max(70, 60); 10 buys x, or y and z: 60, too.
    costs = {given.program.opened[site]: 0.0 for site in given.program.opened}
    index = given.program.compiled.places.site_index
    costs |= {given.program.opened[index[key]]: much for key, much in COSTS.items()}
    stage = Stage(given.program, Objective(auxiliary=costs))
    assert ask(within_limit(stage, lines_of(given), beyond)) == (opened, pytest.approx(cost))


@pytest.mark.parametrize(
    ("least", "most", "said"), [(40.0, 70.0, ({"x"}, 50.0)), (55.0, 70.0, (..., 55.0)), (40.0, 49.0, (None, np.inf))]
)
def test_the_choice_that_the_lines_bound_lowest_is_proposed(given, least, most, said):
    # x: max(50, 0); all that 10 buys else: 60. No choice is below what is known already.
    opened, bound = ask(lowest(lines_of(given), least, most))
    assert (opened if said[0] is not ... else ..., bound) == (said[0], pytest.approx(said[1]))


@pytest.mark.parametrize("seed", range(60))
def test_slopes_of_all_sizes_refute_what_they_say_and_nothing_else(given, seed):
    # Gains and losses from 1e-9 to 5e7; no line is so near to the limit of 1,000 that it could be noise.
    dice = random.Random(seed)  # noqa: S311  nothing secret
    choices = [frozenset(keys) for n in range(4) for keys in combinations(sorted(COSTS), n)]
    cuts = list[Cut]()
    while len(cuts) < 2:
        slopes = {key: dice.choice([-1, -1, -1, 1]) * 10 ** dice.choice([-9, -5, 1, 4, 6, 7.7]) for key in COSTS}
        cut = Cut(1000.0 + 10 ** dice.uniform(-1, 6), slopes)
        if all(abs(cut.at(opened) - 1000.0) > 1e-5 * max(map(abs, (1e3, *slopes.values()))) for opened in choices):
            cuts.append(cut)
    index, opened = given.program.compiled.places.site_index, given.program.opened
    lines = SimpleNamespace(stage=given, cuts=cuts, site_of={key: index[key] for key in COSTS})
    costs = {opened[index[key]]: much for key, much in COSTS.items()}
    left = [keys for keys in choices if all(cut.at(keys) <= 1000.0 for cut in cuts)]
    affordable = [sum(COSTS[key] for key in keys) for keys in left if sum(COSTS[key] for key in keys) <= 10.0]
    _, bound = ask(within_limit(Stage(given.program, Objective(auxiliary=costs)), lines, 1000.0))
    assert bound == pytest.approx(min(affordable, default=np.inf))


def test_a_gain_counts_in_full_against_what_is_dearer(given):
    # z must open and costs 500 on the other line; y gains 1,000 there, more than the 10 that would do alone.
    index, opened = given.program.compiled.places.site_index, given.program.opened
    cuts = [Cut(1010.0, {"x": 0.0, "y": -1000.0, "z": 500.0}), Cut(1010.0, {"x": 0.0, "y": 0.0, "z": -100.0})]
    lines = SimpleNamespace(stage=given, cuts=cuts, site_of={key: index[key] for key in COSTS})
    costs = Objective(auxiliary={opened[index[key]]: much for key, much in COSTS.items()})
    assert ask(within_limit(Stage(given.program, costs), lines, 1000.0)) == ({"y", "z"}, pytest.approx(10.0))


def test_what_is_decided_stays_so(given):
    index = given.program.compiled.places.site_index
    given.program.auxiliary_upper[given.program.opened[index["y"]]] = 0.0
    stage = Stage(given.program, Objective(auxiliary={given.program.opened[index["x"]]: 1.0}))
    assert ask(within_limit(stage, lines_of(given), 60.0)) == ({"x"}, pytest.approx(1.0))


def test_what_some_sites_cost_together_is_measured_within_the_limits(given):
    index, opened = given.program.compiled.places.site_index, given.program.opened
    costs = {opened[index[key]]: much for key, much in COSTS.items()}
    stage = Stage(given.program, Objective(2.0, auxiliary=costs))
    yz, xy = (frozenset(index[key] for key in keys) for keys in ("yz", "xy"))
    assert measured_if(stage, yz) == 12.0
    assert measured_if(stage, xy) is None  # 15 is more than the budget
    given.program.auxiliary_lower[opened[index["x"]]] = 1.0
    assert measured_if(stage, yz) is None  # x is decided to open
