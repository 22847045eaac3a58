"""Searches at the same time: which of their answers counts."""

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import mip
from dezentral.solver.core import Room
from dezentral.solver.linear import Answer
from dezentral.solver.program import Objective, Program
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site

NOTHING, INFEASIBLE, GAVE_UP = "nothing", "infeasible", "gave up"
ENOUGH = 10.0


def answer_of(said):
    """Read an answer: how many households it places, at 1 each, or why it places none."""
    if said == GAVE_UP:
        return None
    values = None if isinstance(said, str) else np.array([float(said)])
    return Answer(infeasible=said == INFEASIBLE, late=False, bound=1.0, values=values)


@pytest.mark.parametrize(
    ("first", "second", "best"),
    [
        (8, 5, 8),  # enough, whatever the other one would find
        (12, 5, 5),
        (12, 14, 12),
        (NOTHING, 14, 14),
        (GAVE_UP, 14, 14),
        (12, GAVE_UP, 12),
        (INFEASIBLE, 5, None),
        (NOTHING, NOTHING, None),
    ],
)
def test_the_first_search_counts_if_it_finds_enough_and_else_the_best(first, second, best, monkeypatch):
    hall = site(units=[dz.Unit(id="hall", beds=20, sharing="dormitory")])
    program = Program(compile_instance(city([hall], map(household, "abcdefghijklmnopqrst")), dz.Policy()))
    program.row(0.0, float("inf"))
    room, objective = Room.everything(program), Objective(costs=np.ones(program.allowed.shape))
    said = (first, second)
    monkeypatch.setattr(mip, "solve_once", lambda _columns, _rows, params, *_: answer_of(said[params.random_seed]))
    answer = mip.solve_mip(program, room, objective, Watch(60.0), gap=0.0, nodes=1, enough=ENOUGH, seeds=(0, 1))
    assert (None if answer.counts is None else answer.counts.tolist()) == (None if best is None else [best])
    assert answer.infeasible == (first == INFEASIBLE)
