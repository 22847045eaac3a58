"""Keeping time: the wall limit, Ctrl-C and a callback's stop reach whatever is running within a moment."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

_GLANCE = 0.02  # seconds between two looks at clock and flags


class Watch:
    """The clock of one solve, and whether it must stop.

    Attributes
    ----------
    hit_wall
        Whether the wall limit ended something: the plan may then differ next time.
    stopped
        Whether someone asked to stop.
    """

    def __init__(self, seconds: float) -> None:
        self.start = time.perf_counter()
        self.limit = seconds
        self.hit_wall = False
        self.stopped = False
        self._glance: Callable[[], None] = _nothing
        self._owner = threading.get_ident()

    def on_glance(self, glance: Callable[[], None]) -> None:
        """Call something, in the thread that waits, at every look at the clock."""
        self._glance = glance

    def glance(self) -> None:
        """Look up from work and pass news on, in the thread that asked for the work and in no other."""
        if threading.get_ident() == self._owner:
            self._glance()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.start

    @property
    def over(self) -> bool:
        """Whether nothing more may be started."""
        if not self.hit_wall and self.elapsed >= self.limit:
            self.hit_wall = True
        return self.hit_wall or self.stopped

    def stop(self) -> None:
        """Ask everything to end."""
        self.stopped = True

    def run(self, work: Callable[[], T], halt: Callable[[], None]) -> T:
        """Run `work` in a thread and `halt` it when time is over or a stop is asked for.

        What goes wrong in the caller's own callback halts the work, and is raised once it has ended.
        """
        outcome: list[T] = []
        failure: list[BaseException] = []
        ended = threading.Event()

        def target() -> None:
            try:
                outcome.append(work())
            except BaseException as error:  # noqa: BLE001  handed on to the caller below
                failure.append(error)
            finally:
                ended.set()

        threading.Thread(target=target, daemon=True).start()
        while not ended.wait(_GLANCE):
            try:
                if not failure:
                    self.glance()
            except BaseException as error:  # noqa: BLE001  raised below, when nothing runs any more
                failure.append(error)
            if self.over or failure:
                halt()
        if failure:
            raise failure[0]
        return outcome[0]

    @contextmanager
    def stopped_by_interrupt(self) -> Iterator[None]:
        """Let Ctrl-C ask for a stop instead of breaking off, where signals can be handled: in the main thread."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, lambda _signal, _frame: self.stop())
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


def _nothing() -> None:
    """Do nothing."""
