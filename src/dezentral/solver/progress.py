"""What a running solve says about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
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

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> heard = []
    >>> _ = dz.solve(city, on_progress=heard.append)  # one that returns False would end the solve
    >>> heard[-1].level
    5
    """

    level: int
    value: float
    bound: float | None
    seconds: float


OnProgress = Callable[[Progress], object]

_SILENCE = 0.25  # seconds after which the listeners hear the same again: they may want to stop


class Reporter:
    """Takes news from any thread and passes the latest on from the caller's own thread."""

    def __init__(self, watch: Watch, listeners: list[OnProgress]) -> None:
        self.watch, self.listeners = watch, listeners
        self._news: Progress | None = None
        self._told: Progress | None = None
        self._told_at = 0.0

    def tell(self, level: int, value: float, bound: float | None) -> None:
        """Note a moment; it reaches the listeners at the next `flush`."""
        self._news = Progress(level, value, bound, self.watch.elapsed)

    @property
    def latest(self) -> Progress | None:
        """What was told last, passed on or not."""
        return self._news

    def flush(self) -> None:
        """Tell the listeners what is new, or the same again if that was long ago.

        One that answers False stops the solve and is told nothing more.
        """
        news, now = self._news, self.watch.elapsed
        if news is None or self.watch.stopped or (news is self._told and now - self._told_at < _SILENCE):
            return
        if news is self._told:
            news = replace(news, seconds=now)
        else:
            self._told = news
        self._told_at = now
        for listener in self.listeners:
            if listener(news) is False:
                self.watch.stop()


@contextmanager
def reporting(policy: Policy, on_progress: OnProgress | None, watch: Watch, *, bar: bool) -> Iterator[Reporter]:
    """Report to a callback and, if asked for, to a bar in the terminal or notebook."""
    listeners = [on_progress] if on_progress is not None else []
    shown = _Bar(policy, watch) if bar else None
    if shown is not None:
        listeners.append(shown.hear)
    reporter = Reporter(watch, listeners)

    def glance() -> None:
        reporter.flush()
        if shown is not None:
            shown.tick()

    watch.on_glance(glance)
    try:
        yield reporter
        if shown is not None:
            shown.end(reporter.latest)
    finally:
        if shown is not None:
            shown.close()


class _Bar:
    """One bar for one solve; its countdown goes on while there is no news."""

    def __init__(self, policy: Policy, watch: Watch) -> None:
        tqdm = _bar_class()
        self.policy, self.watch = policy, watch
        self._news: Progress | None = None
        self._drawn = 0.0
        self._bar: Any = tqdm(total=len(policy.levels), bar_format="{desc} |{bar}| {elapsed}{postfix}")

    def hear(self, news: Progress) -> None:
        self._news = news
        self._draw()

    def tick(self) -> None:
        if self.watch.elapsed - self._drawn >= 1.0:
            self._draw()

    def end(self, news: Progress | None) -> None:
        """Say how it ended: the bar is full if the last level was at work to its end."""
        self._bar.n = self._bar.total if is_through(self.policy, news, self.watch) else self._bar.n
        self._bar.set_description_str(ending(self.policy, news, self.watch), refresh=False)
        self._bar.set_postfix_str("no plan" if news is None else gap_reached(news))

    def close(self) -> None:
        self._bar.close()

    def _draw(self) -> None:
        self._drawn = self.watch.elapsed
        left = self.watch.limit - self._drawn
        if self._news is None:
            self._bar.set_postfix_str(standing(None, left))
            return
        self._bar.n = self._news.level
        self._bar.set_description_str(level_at_work(self.policy, self._news), refresh=False)
        self._bar.set_postfix_str(standing(self._news, left))


def level_at_work(policy: Policy, news: Progress) -> str:
    """Say which level is at work, of how many, and what its goals are."""
    goals = " + ".join(type(goal).__name__ for goal in policy.levels[news.level].goals)
    return f"level {news.level + 1} of {len(policy.levels)}: {goals}"


def standing(news: Progress | None, left: float) -> str:
    """Say the gap in percent of the value, if there is a bound, and the seconds left until the wall limit."""
    return f"{gap_reached(news)}, {max(0.0, left):.0f} s left"


def gap_reached(news: Progress | None) -> str:
    """Say the gap in percent of the value, if there is a bound."""
    if news is None or news.bound is None:
        return "no bound yet"
    return f"gap {(news.value - news.bound) / max(1.0, abs(news.value)):.2%}"


def is_through(policy: Policy, news: Progress | None, watch: Watch) -> bool:
    """Return whether the last level had its turn and nobody stopped it."""
    return news is not None and news.level + 1 == len(policy.levels) and not watch.stopped


def ending(policy: Policy, news: Progress | None, watch: Watch) -> str:
    """Say where a solve ended."""
    if news is None:
        return "ended"
    if is_through(policy, news, watch):
        return f"{len(policy.levels)} of {len(policy.levels)} levels"
    return f"ended at {level_at_work(policy, news)}"


def _bar_class() -> Any:
    """Return the bar of notebooks where it can be drawn, or else that of terminals, without a warning.

    Only who wants a bar pays for importing either.
    """
    if find_spec("ipywidgets") is None:
        return import_module("tqdm").tqdm
    return import_module("tqdm.auto").tqdm
