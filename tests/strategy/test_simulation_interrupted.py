"""Ctrl-C ends a whole simulation, not one step of it."""

from __future__ import annotations

import math
import os
import signal
import threading

import pytest
import scipy.optimize

import dezentral as dz
from dezentral.solver.search import Search
from dezentral.solver.watch import Watch
from tests.strategy.streams import policy_of, stream

POLICY = policy_of(dz.Evenness(), dz.Proximity())


@pytest.fixture
def interrupted(monkeypatch):
    """Let Ctrl-C come once a search solves the last level for the given number of times; count these times."""
    solved, times = Search.solve_level, []

    def on(number):
        def solve_level(search, i, *rest):
            if i == len(search.policy.levels) - 1:
                times.append(i)
                if len(times) == number:
                    os.kill(os.getpid(), signal.SIGINT)
            return solved(search, i, *rest)

        monkeypatch.setattr(Search, "solve_level", solve_level)
        return times

    return on


# Lookahead solves each day twice: as it is, and with the places found for the levels below.
@pytest.mark.parametrize(
    ("strategy", "number"), [("myopic", 2), ("lookahead", 2), ("lookahead", 3), ("hindsight", 2)]
)
def test_ctrl_c_ends_the_simulation(interrupted, strategy, number):
    times = interrupted(number)
    with pytest.raises(KeyboardInterrupt):
        dz.simulate(*stream(0, households=8, steps=4), POLICY, strategy)
    assert len(times) == number
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_function_that_solves_keeps_its_best_plan(interrupted):
    times = interrupted(2)
    run = dz.simulate(*stream(0, households=8, steps=4), POLICY, dz.solve)
    assert len(times) == len(run.steps) == 3
    assert [step.result.reproducible for step in run.steps] == [True, False, True]


def test_ctrl_c_does_not_wait_for_a_branch_and_bound(monkeypatch):
    ended = threading.Event()

    def endless(*_args, **_options):
        os.kill(os.getpid(), signal.SIGINT)
        ended.wait()

    monkeypatch.setattr(scipy.optimize, "milp", endless)
    with pytest.raises(KeyboardInterrupt):
        dz.simulate(*stream(0, households=8, steps=4), POLICY, "hindsight")
    ended.set()


def test_what_goes_wrong_in_the_work_is_raised():
    with pytest.raises(ZeroDivisionError):
        Watch(math.inf).run(lambda: 1 // 0, lambda: None)
    assert Watch(math.inf).run(lambda: "done", lambda: None) == "done"
