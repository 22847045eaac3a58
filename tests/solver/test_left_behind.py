"""Solvers that do not end when they should: a solve goes on without them, and its listener hears all the while."""

import threading
from itertools import pairwise

import numpy as np
import pytest
from ortools.math_opt import parameters_pb2
from ortools.math_opt.core.python import solver as beneath
from ortools.sat.python import cp_model
from scipy.sparse import csr_array

import dezentral as dz
from dezentral.solver.linear import Rows, Variables, solve_once
from dezentral.solver.mip import breaking_off
from dezentral.solver.watch import Watch

from .lively import POLICY, lively_city

CITY = lively_city(1)
NEAR, WEIGHTS = (("near", 3.0), ("far", 7.0)), (("light", 1.0), ("heavy", 2.0))
ENOUGH = 3  # times that a listener hears the same before it says stop


class Stubborn:
    """A solver that neither looks at the clock nor hears a stop; it may write a log."""

    def __init__(self, *, writes):
        self.writes, self.released, self.threads = writes, threading.Event(), []

    def __call__(self, *args):
        self.threads.append(threading.current_thread())
        while not self.released.wait(0.01):
            if self.writes:
                args[5](["a line of a log"])
        return cp_model.UNKNOWN

    @property
    def works(self):
        return any(thread.is_alive() for thread in self.threads)

    def release(self):
        self.released.set()
        for thread in self.threads:
            thread.join(20)


class Patient:
    """A listener that says stop when it has heard the same several times while a solver works."""

    def __init__(self, solver):
        self.solver, self.heard, self.callers = solver, [], set()

    def __call__(self, news):
        self.callers.add(threading.current_thread())
        if self.solver.works:
            self.heard.append(news)
        return len(self.heard) < ENOUGH


def expect_true(city, policy, result, best):
    assert dz.check(city, policy, result.plan) == ()
    assert tuple(level.final for level in result.levels) == dz.score(city, policy, result.plan)
    assert result.status is dz.Status.FEASIBLE
    assert not result.reproducible
    for level, value in zip(result.levels, best, strict=True):
        assert level.bound is None or level.bound <= value + 1e-6 * max(1.0, abs(value))
        if level.value > value:
            return  # the limits of later levels differ


@pytest.mark.parametrize("writes", [False, True])
def test_a_stop_does_not_wait_for_highs(writes, monkeypatch):
    best = [level.value for level in dz.solve(CITY, POLICY, dz.SolveParams(gap=0.0)).levels]
    stubborn = Stubborn(writes=writes)
    monkeypatch.setattr(beneath, "solve", stubborn)
    listener = Patient(stubborn)
    try:
        result = dz.solve(CITY, POLICY, on_progress=listener)
        assert len(stubborn.threads) == 1  # after the stop nothing more is begun
        assert stubborn.works is not writes  # it is broken off where it writes a line, or else left behind
    finally:
        stubborn.release()
    expect_true(CITY, POLICY, result, best)
    assert listener.callers == {threading.current_thread()}
    assert len(listener.heard) == ENOUGH
    assert all(first.seconds < second.seconds for first, second in pairwise(listener.heard))
    assert len({(news.level, news.value, news.bound) for news in listener.heard}) <= 2  # the news, and again


def test_the_wall_limit_does_not_wait_for_cp_sat_and_what_it_says_later_is_not_heard(monkeypatch):
    # Two beds, 3 m and 7 m from where both want to be, one of them twice as much: 2 · 3 + 1 · 7 = 13 is best.
    homes = [dz.Site(id=key, district="d", units=[dz.Unit(id="room", beds=1)], x=x, y=0.0) for key, x in NEAR]
    households = [dz.Household(id=key, size=1, anchors=[dz.Anchor(x=0.0, y=0.0, weight=w)]) for key, w in WEIGHTS]
    city = dz.Instance(districts=[dz.District(id="d", population=9)], sites=homes, households=households, detour=1.0)
    policy = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Proximity())])
    stubborn, solvers, heard = Stubborn(writes=False), [], []
    monkeypatch.setattr(cp_model.CpSolver, "solve", lambda solver, _model: solvers.append(solver) or stubborn())
    try:
        result = dz.solve(city, policy, dz.SolveParams(time_limit=1.5), on_progress=heard.append)
        assert stubborn.works
        told = len(heard)
        solvers[0].best_bound_callback(12.5)
    finally:
        stubborn.release()
    expect_true(city, policy, result, [0.0, 13.0])
    assert result.seconds >= 1.5
    assert len(heard) == told > 2


def market_split(rows=5, columns=40):
    """Build a problem that takes branch and bound ages (Cornuéjols and Dawande, 1998)."""
    weights = np.random.default_rng(0).integers(100, size=(rows, columns)).astype(np.float64)
    ones, half = np.ones(columns), weights.sum(axis=1) // 2
    return Variables(0 * ones, ones, 0 * ones, ones > 0), Rows(half, half, csr_array(weights))


def test_highs_itself_is_broken_off_at_a_line_of_its_log():
    watch, glances, running = Watch(100.0), [], set(threading.enumerate())

    def glance():
        glances.append(watch.elapsed)
        if len(glances) == 10:
            watch.stop()

    watch.on_glance(glance)
    params = parameters_pb2.SolveParametersProto()

    def work():
        return solve_once(*market_split(), params, hear=breaking_off(lambda: watch.out_of_patience))

    answer = watch.run(work, lambda: None)
    assert answer is None
    assert len(glances) >= 10
    assert set(threading.enumerate()) <= running


def test_nobody_sees_the_log_of_highs(capfd):
    dz.solve(CITY, POLICY)
    assert capfd.readouterr() == ("", "")
