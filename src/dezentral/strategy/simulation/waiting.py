"""Waiting for work that Ctrl-C cannot reach."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")

_GLANCE = 0.1  # seconds between two looks up, at which Ctrl-C is heard on every system


def waited_for(work: Callable[[], T]) -> T:
    """Return what some work returns; Ctrl-C breaks off the wait, and the work ends unheard.

    The work runs in a thread of its own: what does not come back to Python, such as a branch and bound, would keep
    Ctrl-C waiting until its end.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001  raised below
            future.set_exception(error)

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(_GLANCE)
    return future.result()
