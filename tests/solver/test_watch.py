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


class Stubborn(Work):
    """Something that does not end when it should, and fails in the end."""

    def __call__(self):
        assert self.halted.wait(20)
        msg = "too late for anyone to hear"
        raise LookupError(msg)


@pytest.mark.parametrize("stops", [True, False])
def test_work_that_does_not_end_in_time_is_left_behind(stops):
    watch, work, asked, running = Watch(60.0 if stops else 0.1), Stubborn(), [], set(threading.enumerate())
    if stops:
        watch.on_glance(watch.stop)
    assert watch.run(work, lambda: asked.append(watch.elapsed)) is None
    assert len(asked) > 1  # in vain
    assert not work.halted.is_set()
    assert watch.out_of_patience
    (left,) = set(threading.enumerate()) - running
    assert left.daemon is threading.current_thread().daemon  # an interpreter waits for it
    work.halted.set()
    left.join(20)
    assert not left.is_alive()


@pytest.mark.parametrize(("seconds", "limit", "over"), [(0.3, 0.4, False), (0.5, 0.4, False), (1.5, 0.4, True)])
def test_patience_outlasts_the_wall_by_a_moment(seconds, limit, over):
    watch = Watch(limit)
    watch.start -= seconds
    assert watch.out_of_patience is over
    watch.stop()
    assert watch.out_of_patience


def test_an_interrupt_while_waiting_stops_everything_and_is_raised():
    watch, work = Watch(60.0), Work()

    def interrupted():
        raise KeyboardInterrupt

    watch.on_glance(interrupted)
    with pytest.raises(KeyboardInterrupt):
        watch.run(work, work.halted.set)
    assert (watch.stopped, watch.hit_wall) == (True, False)


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


@pytest.mark.parametrize(("first", "heard"), [("enough", ["enough"]), ("too little", ["too little", "halted"])])
def test_of_works_abreast_those_after_one_that_is_enough_are_left_behind(first, heard):
    watch, second = Watch(60.0), Work()

    def begin():
        if first != "enough":
            second.halted.set()
        return first

    try:
        assert watch.run_abreast([begin, second], lambda: None, lambda result: result == "enough") == heard
    finally:
        second.halted.set()


def test_works_abreast_are_waited_for_in_their_order_and_not_in_that_of_their_ends():
    watch, slow = Watch(60.0), Work()

    def fast():
        slow.halted.set()  # the other one ends after it
        return "fast"

    assert watch.run_abreast([slow, fast], lambda: None, lambda _result: True) == ["halted"]
    slow.halted.clear()
    assert watch.run_abreast([slow, fast], lambda: None, lambda _result: False) == ["halted", "fast"]


def test_the_wall_halts_all_works_that_run_abreast():
    watch, works = Watch(0.1), [Work(), Work()]

    def halt():
        for work in works:
            work.halted.set()

    assert watch.run_abreast(works, halt, lambda _result: False) == ["halted", "halted"]
    assert watch.hit_wall
