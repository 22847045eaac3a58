"""What makes a program exact at a plan, and how hard CP-SAT tries: by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import direct
from dezentral.solver.columns import Columns
from dezentral.solver.direct import draw, effort_of, loads_of, refine
from dezentral.solver.program import Program
from dezentral.solver.stage import stage_of
from tests.checks.small import city, household, site
from tests.solver.solving import policy_of

EVEN = policy_of(dz.Evenness())
PAIRS = np.array([[2, 1]])  # of three couples, two at s in a and one at t in b


@pytest.fixture
def program() -> Program:
    """Two sites in a and b, where 1 and 30 persons live already, and three couples; lines come when they are needed."""
    housed = {"a": 1, "b": 30, "c": 0}
    districts = [dz.District(id=key, population=1000, housed=much) for key, much in housed.items()]
    town = city([site("s"), site("t", "b")], [household(key, 2) for key in "fgh"], districts=districts)
    drawn = stage_of(compile_instance(town, EVEN), EVEN.levels, [], 1e-6).program
    for curve in drawn.curves:
        curve.lines.clear()
    return drawn


def test_a_load_is_who_is_placed_and_who_lives_there(program):
    columns = Columns.where(PAIRS > 0)
    assert loads_of(program, columns, PAIRS[columns.types, columns.pools]).tolist() == [5, 32, 0]


def test_curves_are_exact_at_the_loads_that_are_drawn(program):
    columns = Columns.where(PAIRS > 0)
    counts = PAIRS[columns.types, columns.pools]
    assert refine(program, columns, counts)
    for curve, load in zip(program.curves, (5, 32, 0), strict=True):
        slopes = [curve.line(at) for at in curve.lines]
        assert max(slope * load + height for slope, height in slopes) == pytest.approx(curve.at(load), abs=1e-5)
        if curve.lowest < load < curve.highest:  # whichever way the next person goes
            assert {load - 1, load} <= curve.lines.keys()
    assert not refine(program, columns, counts)
    assert draw(program, np.array([6, 31, 0]))


@pytest.mark.parametrize(
    ("given", "width", "workers"), [(None, 3_000, 1), (None, 3_001, 8), (5, 3_000, 5), (5, 3_001, 5)]
)
def test_how_many_work_depends_on_the_level_alone(given, width, workers):
    task = SimpleNamespace(params=dz.SolveParams(workers=given, seed=7, deterministic=False), work=3.0, gap=0.25)
    effort = effort_of(task, width)
    assert (effort.workers, effort.seed, effort.deterministic) == (workers, 7, False)
    assert (effort.work, effort.gap) == (3.0, 0.25)


def test_a_bound_that_is_told_is_the_best_that_is_known():
    told = []
    task = SimpleNamespace(value=9.0, report=lambda *news: told.append(news))
    direct._report(task, 3.0, 2.0)
    direct._report(task, 3.0, 4.0)
    assert told == [(9.0, 3.0), (9.0, 4.0)]
