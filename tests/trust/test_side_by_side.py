"""Several solves at once, from threads and processes: each as if it were alone."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

import dezentral as dz
from tests.solver.lively import POLICY, lively_city

SEEDS = (0, 1, 2)


def solved(seed):
    """Return what a result says but for how long it took; found again by name in other processes."""
    result = dz.solve(lively_city(seed), POLICY)
    return result.status, result.plan, [(level.value, level.bound, level.final) for level in result.levels]


@pytest.fixture(scope="module")
def alone():
    return [solved(seed) for seed in SEEDS]


def test_threads_do_not_see_each_other(alone):
    before, running = signal.getsignal(signal.SIGINT), set(threading.enumerate())
    with ThreadPoolExecutor(len(SEEDS)) as pool:
        assert list(pool.map(solved, SEEDS)) == alone
    assert set(threading.enumerate()) <= running
    assert signal.getsignal(signal.SIGINT) is before


def test_one_that_is_stopped_stops_no_other(alone):
    stops, running = [lambda _: False, None, lambda _: False], set(threading.enumerate())
    with ThreadPoolExecutor(len(SEEDS)) as pool:
        pairs = zip(map(lively_city, SEEDS), stops, strict=True)
        tasks = [pool.submit(dz.solve, city, POLICY, on_progress=stop) for city, stop in pairs]
        results = [task.result() for task in tasks]
    for result, stop, own in zip(results, stops, alone, strict=True):
        assert stop is not None or (result.status, result.plan) == own[:2]
    assert set(threading.enumerate()) <= running


def test_spawned_processes_find_the_same(alone):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(solved, SEEDS[:2])) == alone[:2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork_after_a_solve_finds_the_same(alone):
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        assert pool.submit(solved, 0).result(timeout=60) == alone[0]


def test_records_and_errors_travel_as_pickles(alone):
    city = lively_city(0)
    for record in (city, POLICY, alone[0][1], dz.solve(city, POLICY)):
        assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301  our own
    with pytest.raises(dz.InstanceError) as caught:
        dz.Unit(id="", beds=0)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  our own
    assert (type(again), str(again), again.faults) == (dz.InstanceError, str(caught.value), caught.value.faults)
