"""What a running solve says about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from dezentral.domain.policy import Policy
from dezentral.solver.watch import Watch


@dataclass(frozen=True)
class Progress:
    """A moment of a solve.

    Attributes
    ----------
    level
        Index of the level at work, from 0.
    value
        Of the best plan so far on this level.
    bound
        Proven so far; None = nothing yet.
    seconds
        Since the start.
    """

    level: int
    value: float
    bound: float | None
    seconds: float


OnProgress = Callable[[Progress], object]


class Reporter:
    """Takes news from any thread and passes the latest on from the caller's own thread."""

    def __init__(self, watch: Watch, listeners: list[OnProgress]) -> None:
        self.watch, self.listeners = watch, listeners
        self._news: Progress | None = None
        self._told: Progress | None = None

    def tell(self, level: int, value: float, bound: float | None) -> None:
        """Note a moment; it reaches the listeners at the next `flush`."""
        self._news = Progress(level, value, bound, self.watch.elapsed)

    def flush(self) -> None:
        """Tell the listeners what is new; one that answers False stops the solve."""
        news = self._news
        if news is None or news is self._told:
            return
        self._told = news
        for listener in self.listeners:
            if listener(news) is False:
                self.watch.stop()


@contextmanager
def reporting(policy: Policy, on_progress: OnProgress | None, watch: Watch, *, bar: bool) -> Iterator[Reporter]:
    """Report to a callback and, if asked for, to a bar in the terminal or notebook."""
    listeners = [on_progress] if on_progress is not None else []
    shown = _bar(policy) if bar else None
    if shown is not None:
        listeners.append(lambda news: _show(shown, news))
    reporter = Reporter(watch, listeners)
    watch.on_glance(reporter.flush)
    try:
        yield reporter
    finally:
        if shown is not None:
            shown.close()


def _bar(policy: Policy) -> Any:
    from tqdm.auto import tqdm  # noqa: PLC0415  only who wants a bar pays for it

    return tqdm(total=len(policy.levels), unit="level")


def _show(shown: Any, news: Progress) -> None:
    shown.n = news.level
    bound = "no bound yet" if news.bound is None else f"bound {news.bound:,.6g}"
    shown.set_postfix_str(f"level {news.level + 1}: {news.value:,.6g}, {bound}")
