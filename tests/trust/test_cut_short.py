"""A solve that is cut short anywhere, or whose solvers give up, says what is true."""

from __future__ import annotations

import math
import threading

import pytest
from ortools.math_opt.core.python import solver as beneath
from ortools.sat.python import cp_model

import dezentral as dz
from dezentral.solver import progress, stage
from tests.solver.lively import POLICY, lively_city

CITY = lively_city(1)


@pytest.fixture(scope="module")
def best():
    return [level.value for level in dz.solve(CITY, POLICY, dz.SolveParams(gap=0.0)).levels]


def expect_true(result, best):
    """Check plan, values and bounds against a proven optimum."""
    assert dz.check(CITY, POLICY, result.plan) == ()
    assert tuple(level.final for level in result.levels) == dz.score(CITY, POLICY, result.plan)
    assert (result.status is dz.Status.OPTIMAL) == all(one.status is dz.Status.OPTIMAL for one in result.levels)
    for level, value in zip(result.levels, best, strict=True):
        assert level.bound is None or level.bound <= value + 1e-6 * max(1.0, abs(value))
        if level.value > value + 1e-6 * max(1.0, abs(value)):
            assert level.status is dz.Status.FEASIBLE or level.gap <= dz.SolveParams().gap
            return  # the limits of later levels differ


def stopping_at(call):
    """Return a listener that says stop at its call number `call`, and the calls that it got."""
    calls = []

    def listen(news):
        calls.append(news)
        return len(calls) < call

    return listen, calls


def test_a_stop_at_every_call_of_the_listener(best, monkeypatch):
    monkeypatch.setattr(progress, "_SILENCE", math.inf)  # calls by the clock are not the same in every solve
    running = set(threading.enumerate())
    listen, calls = stopping_at(10**9)
    dz.solve(CITY, POLICY, on_progress=listen)
    every = len(calls)
    assert every > len(POLICY.levels)
    for call in range(1, every + 1):
        listen, calls = stopping_at(call)
        result = dz.solve(CITY, POLICY, on_progress=listen)
        expect_true(result, best)
        assert len(calls) == call
        assert not result.reproducible
    assert set(threading.enumerate()) <= running


@pytest.mark.parametrize("seconds", [1e-9, 1e-3, 0.01, 0.03, 0.1])
def test_a_limit_at_any_time(seconds, best):
    expect_true(dz.solve(CITY, POLICY, dz.SolveParams(time_limit=seconds)), best)


@pytest.mark.parametrize("after", [0, 1, 2, 4, 8])
@pytest.mark.parametrize("kind", ["CP-SAT does not know", "MathOpt fails"])
def test_solvers_that_give_up(kind, after, best, monkeypatch):
    calls = []

    def failing(real, answer):
        def call(*args, **named):
            calls.append(kind)
            return real(*args, **named) if len(calls) <= after else answer()

        return call

    def broken():
        msg = "numerical trouble"
        raise RuntimeError(msg)

    if kind == "CP-SAT does not know":
        monkeypatch.setattr(stage, "DIRECT", math.inf)  # CP-SAT sees all placements
        monkeypatch.setattr(cp_model.CpSolver, "solve", failing(cp_model.CpSolver.solve, lambda: cp_model.UNKNOWN))
    else:
        monkeypatch.setattr(beneath, "solve", failing(beneath.solve, broken))
        monkeypatch.setattr(beneath.Solver, "solve", failing(beneath.Solver.solve, broken))
    expect_true(dz.solve(CITY, POLICY), best)
    assert calls


@pytest.mark.parametrize("megabytes", [1, 50, 300])
def test_a_limit_of_memory_says_what_is_true(megabytes, best, monkeypatch):
    solve, answers = cp_model.CpSolver.solve, []

    def limited(self, *args, **named):
        self.parameters.max_memory_in_mb = megabytes  # less than Python itself takes: CP-SAT stops where it looks
        answers.append(solve(self, *args, **named))
        return answers[-1]

    monkeypatch.setattr(cp_model.CpSolver, "solve", limited)
    monkeypatch.setattr(stage, "DIRECT", math.inf)
    expect_true(dz.solve(CITY, POLICY, dz.SolveParams(gap=0.0)), best)
    assert answers


def test_a_fixed_site_that_no_solver_judges_is_unknown(monkeypatch):
    fixed = dz.Household(id="h", size=5, fixed_site="s")
    city = dz.Instance(
        districts=[dz.District(id="a", population=1)],
        sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
        households=[fixed],
    )
    assert dz.solve(city).status is dz.Status.INFEASIBLE  # 5 persons, 4 beds
    monkeypatch.setattr(cp_model.CpSolver, "solve", lambda *_args, **_named: cp_model.UNKNOWN)
    assert dz.solve(city).status in (dz.Status.UNKNOWN, dz.Status.INFEASIBLE)  # proven without CP-SAT, or not claimed
    smaller = city.replace(households=[fixed.model_copy(update={"size": 4})])
    assert dz.solve(smaller).status is not dz.Status.INFEASIBLE
