"""Ctrl-C and callbacks while the engine works."""

import json
import subprocess
import sys
import threading
import time

import pytest

import dezentral as dz

from .lively import POLICY, lively_city

# The interrupt comes in the midst of a level's work, whatever the speed of the machine: right after the level began.
_INTERRUPTED = """
import json, os, signal, sys, threading
import dezentral as dz
city, policy = dz.datasets.stuttgart(400), dz.Policy.stuttgarter_weg()
seen = set()
def on_progress(news):
    if news.level == int(sys.argv[1]) and news.level not in seen:
        threading.Timer(0.02, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    seen.add(news.level)
result = dz.solve(city, policy, dz.SolveParams(time_limit=300.0, gap=0.0), on_progress=on_progress)
print(json.dumps([result.status, result.reproducible, result.seconds, len(dz.check(city, policy, result.plan)),
                  threading.active_count()]))
"""


@pytest.mark.parametrize("level", ["0", "3", "5"])
def test_ctrl_c_returns_the_best_plan_so_far(level):
    began = time.perf_counter()
    answer = subprocess.run(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", _INTERRUPTED, level], capture_output=True, text=True, check=True, timeout=100
    )
    status, reproducible, seconds, broken, threads = json.loads(answer.stdout)
    assert (status, reproducible, broken, threads) == ("FEASIBLE", False, 0, 1)
    assert seconds < time.perf_counter() - began


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_progress_is_told_in_the_callers_own_thread(seed):
    threads = set()
    dz.solve(lively_city(seed), POLICY, on_progress=lambda _: threads.add(threading.current_thread()))
    assert threads == {threading.current_thread()}
