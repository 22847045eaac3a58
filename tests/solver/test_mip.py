"""What is made of HiGHS's answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.core import Room
from dezentral.solver.linear import Answer
from dezentral.solver.mip import Mixed, solve_mip
from dezentral.solver.stage import stage_of
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site
from tests.solver.solving import policy_of

SILENT = Answer(infeasible=False, late=False, bound=-np.inf, values=None)


def told(answer: Answer | None, monkeypatch: pytest.MonkeyPatch) -> tuple[Mixed, Watch]:
    """Return what is made of an answer: there is one household of four, and none is placed at 4."""
    monkeypatch.setattr("dezentral.solver.mip.solve_once", lambda *_: answer)
    town, policy = city([site("s", "a", [dz.Unit(id="flat", beds=4)])], [household("h", 4)]), policy_of(dz.Placed())
    stage = stage_of(compile_instance(town, policy), policy.levels, [], 1e-9)
    watch = Watch(60.0)
    room = Room.everything(stage.program)
    return solve_mip(stage.program, room, stage.objective, watch, gap=0.0, nodes=1), watch


@pytest.mark.parametrize(("bound", "read"), [(-3.0, 1.0), (-np.inf, -np.inf), (np.inf, -np.inf)])
def test_a_bound_is_read_with_the_constant_and_one_that_is_none_as_none(bound, read, monkeypatch):
    mixed, _ = told(replace(SILENT, bound=bound), monkeypatch)
    assert mixed == Mixed(None, None, read)


@pytest.mark.parametrize("late", [False, True])
def test_an_answer_that_time_cut_short_is_noted_as_such(late, monkeypatch):
    # Another machine would have had another answer: the result is not reproducible.
    _, watch = told(replace(SILENT, late=late), monkeypatch)
    assert watch.hit_wall is late


def test_no_answer_proves_nothing(monkeypatch):
    mixed, watch = told(None, monkeypatch)
    assert (mixed, watch.hit_wall) == (Mixed(None, None, -np.inf), False)
    mixed, _ = told(replace(SILENT, infeasible=True), monkeypatch)
    assert mixed == Mixed(None, None, -np.inf, infeasible=True)
