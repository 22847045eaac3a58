"""Ctrl-C while work is being waited for asks for a stop, and the handler before it comes back."""

import os
import signal
import threading

from dezentral.solver.watch import Watch


def test_ctrl_c_halts_work_and_its_outcome_is_returned():
    watch, halted = Watch(60.0), threading.Event()

    def work():
        assert halted.wait(20)
        return "halted"

    before = signal.getsignal(signal.SIGINT)
    with watch.stopped_by_interrupt():
        threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        assert watch.run(work, halted.set) == "halted"
    assert signal.getsignal(signal.SIGINT) is before
    assert (watch.stopped, watch.hit_wall) == (True, False)
