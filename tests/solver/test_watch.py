"""The clock: work ends when it should, and what goes wrong arrives where it belongs."""

import threading

import pytest

from dezentral.solver.watch import Watch


class Work:
    """Something that runs until it is halted."""

    def __init__(self):
        self.halted = threading.Event()

    def __call__(self):
        assert self.halted.wait(20)
        return "halted"


def test_work_that_ends_by_itself():
    watch = Watch(60.0)
    assert watch.run(lambda: 42, lambda: None) == 42
    assert (watch.over, watch.hit_wall, watch.stopped) == (False, False, False)


def test_the_wall_halts_work():
    watch, work = Watch(0.1), Work()
    assert watch.run(work, work.halted.set) == "halted"
    assert (watch.over, watch.hit_wall, watch.stopped) == (True, True, False)
    assert 0.1 <= watch.elapsed < 10


def test_a_stop_halts_work_and_is_no_wall():
    watch, work = Watch(60.0), Work()
    watch.on_glance(watch.stop)
    assert watch.run(work, work.halted.set) == "halted"
    assert (watch.over, watch.hit_wall, watch.stopped) == (True, False, True)


def test_an_error_in_the_work_is_raised_to_the_caller():
    def fail():
        msg = "in the work"
        raise LookupError(msg)

    with pytest.raises(LookupError, match="in the work"):
        Watch(60.0).run(fail, lambda: None)


def test_an_error_at_a_glance_halts_the_work_first():
    watch, work = Watch(60.0), Work()

    def fail():
        msg = "at a glance"
        raise LookupError(msg)

    watch.on_glance(fail)
    before = threading.active_count()
    with pytest.raises(LookupError, match="at a glance"):
        watch.run(work, work.halted.set)
    assert work.halted.is_set()
    assert threading.active_count() == before


def test_glances_come_from_the_thread_that_waits():
    watch, work, seen = Watch(60.0), Work(), []

    def glance():
        seen.append(threading.current_thread())
        if len(seen) >= 3:
            watch.stop()

    watch.on_glance(glance)
    watch.run(work, work.halted.set)
    assert len(seen) >= 3
    assert set(seen) == {threading.current_thread()}


def test_time_that_is_over_stays_over():
    watch = Watch(0.0)
    assert watch.over
    watch.limit = 60.0
    assert watch.over
