"""Keeping time: the wall limit, Ctrl-C and a callback's stop reach whatever is running within a moment.

A solver works in a thread of its own, while the thread that asked looks at the clock and lets listeners hear. One that
does not end soon after it should is left behind: nobody reads any more what it finds, and it ends by itself.
"""

from __future__ import annotations

import logging
import math
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
_GLANCE = 0.02  # seconds between two looks at clock and flags
_PATIENCE = 0.5  # seconds that work which should end is waited for


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

    @property
    def out_of_patience(self) -> bool:
        """Whether what still runs should break off, though what it has found is lost."""
        return self.stopped or self.elapsed >= self.limit + _PATIENCE

    def stop(self) -> None:
        """Ask everything to end."""
        self.stopped = True

    def run(self, work: Callable[[], T], halt: Callable[[], None]) -> T | None:
        """Run `work` in a thread and `halt` it when time is over or a stop is asked for.

        What goes wrong in the caller's own callback stops everything, and is raised once the work has ended.

        Parameters
        ----------
        work
            Must change nothing that others read: it may be left behind.
        halt
            Asks the work to end; called again and again until it does.

        Returns
        -------
        object
            What `work` returns; None if it did not end in time and goes on alone.
        """
        return self.run_abreast([work], halt, lambda _result: False)[0]

    def run_abreast(
        self, works: Sequence[Callable[[], T]], halt: Callable[[], None], enough: Callable[[T | None], bool]
    ) -> list[T | None]:
        """Run works at the same time, each as `run` does, and wait for one after another until a result is enough.

        Which results are looked at depends on the works alone and not on who is faster.

        Parameters
        ----------
        works
            In the order in which they are waited for.
        halt
            Asks all of them to end.
        enough
            Whether a result makes the works after it idle: those are left behind.

        Returns
        -------
        list
            What the works waited for return, as many as were needed.
        """
        errands, results = [_Errand(work) for work in works], list[T | None]()
        failure, since = None, math.inf
        for errand in errands:
            while True:
                try:
                    if errand.ended.wait(_GLANCE):
                        break
                    self.glance()
                except BaseException as error:  # noqa: BLE001  raised below, when nothing runs any more
                    failure = error if failure is None else failure
                    self.stop()
                if self.over:
                    halt()
                    since = min(since, self.elapsed)
                    if self.elapsed - since >= _PATIENCE:
                        break
            results.append(errand.result())
            if enough(results[-1]):
                break
        if failure is not None:
            raise failure
        return results

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


class _Errand(Generic[T]):
    """Work under way in a thread, whose end the interpreter awaits unless the thread that asked is a daemon."""

    def __init__(self, work: Callable[[], T]) -> None:
        self.work, self.ended = work, threading.Event()
        self._result: T | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._do)
        self._thread.start()

    def result(self) -> T | None:
        """Return the result or raise the error; None if there is neither yet."""
        if not self.ended.is_set():
            _LOG.debug("a solver that does not end in time is left behind")
            return None
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._result

    def _do(self) -> None:
        try:
            self._result = self.work()
        except BaseException as error:  # noqa: BLE001  handed on to who asks for the outcome
            self._error = error
        finally:
            self.ended.set()
