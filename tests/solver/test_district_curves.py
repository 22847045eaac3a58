"""The cheapest whole loads of the districts are those that counting finds."""

from __future__ import annotations

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.district_curves import DistrictCurves, line_rows
from dezentral.solver.pricing import auxiliary_costs
from dezentral.solver.stage import stage_of
from tests.solver.halls import halls

EVEN = dz.Level(dz.Evenness(weight=3.0))


@pytest.fixture(name="built")
def _built():
    instance = halls(8, 4, 3, 0)
    return stage_of(compile_instance(instance, dz.Policy(levels=[EVEN]), [EVEN]), [EVEN], [], 1e-6)


def _curves(built):
    duals = np.zeros(len(built.program.lower))
    return DistrictCurves(built.program, auxiliary_costs(built.program, built.objective, duals))


@pytest.mark.parametrize("seed", range(20))
def test_no_whole_load_is_cheaper(built, seed):
    curves = _curves(built)
    slopes = np.random.default_rng(seed).normal(0.0, 20.0, len(curves.rows))
    loads, height = curves.cheapest(slopes)
    total = 0.0
    for d, variable in enumerate(curves.loads.tolist()):
        lowest, highest = built.program.auxiliary_lower[variable], built.program.auxiliary_upper[variable]
        costs = {
            load: 3.0 * (load - curves.targets[d]) ** 2 / max(curves.targets[d], 1.0) + slopes[d] * load
            for load in range(int(lowest), int(highest) + 1)
        }
        assert costs[int(loads[d])] == pytest.approx(min(costs.values()))
        total += min(costs.values())
    assert height == pytest.approx(total)


def test_what_it_knows_of_the_program(built):
    curves = _curves(built)
    assert curves.housed.tolist() == [0.0, 1.0, 2.0]  # district d houses d persons who are in no table
    assert curves.weights.tolist() == [3.0, 3.0, 3.0]
    assert set(curves.variables) == {*built.program.loads, *(curve.value for curve in built.program.curves)}
    lines = line_rows(built.program)
    assert len(lines) == sum(len(curve.lines) for curve in built.program.curves)


def test_curves_that_cost_nothing_are_left_out(built):
    curves = DistrictCurves(built.program, np.zeros(len(built.program.grain)))
    assert not len(curves.rows)
    assert curves.cheapest(np.zeros(0))[1] == 0.0
