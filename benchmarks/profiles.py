"""What the time is spent on: own time by library or module, and the functions that cost most."""

from __future__ import annotations

import cProfile
import pstats
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, TypeVar

T = TypeVar("T")
_SHOWN = 15
_OF_A_LIBRARY = 2  # names on the way to a function of a library
_SEES_ALL_THREADS = (3, 12)  # from there on cProfile does by itself, and allows no second one
_WAITING = ("'acquire'", "'poll'", "built-in method time.sleep")


def profiled(work: Callable[[], T]) -> tuple[str, T]:
    """Run something under cProfile, the threads that it starts included.

    Returns
    -------
    tuple
        A table of where the time went, waiting for other threads left out; and the result.
    """
    profiles = [cProfile.Profile()]

    def begin(*_event: object) -> None:
        profiles.append(cProfile.Profile())
        profiles[-1].enable()

    if sys.version_info < _SEES_ALL_THREADS:
        threading.setprofile(begin)
    try:
        result = profiles[0].runcall(work)
    finally:
        threading.setprofile(None)
    stats = pstats.Stats(profiles[0])
    for profile in profiles[1:]:
        profile.create_stats()
        if profile.getstats():
            stats.add(profile)
    return _table(stats), result


def _table(stats: pstats.Stats) -> str:
    entries: dict[tuple[str, int, str], Any] = getattr(stats, "stats")  # noqa: B009  its stub does not know it
    modules: Counter[str] = Counter()
    functions: Counter[str] = Counter()
    for (file, line, name), (_, _, own, _, _) in entries.items():
        if any(word in name for word in _WAITING):
            continue
        module = _module(file) if line else _built_in(name)
        modules[module] += own
        functions[f"{module}:{line} {name}" if line else name] += own
    total = sum(modules.values()) or 1.0
    lines = ["own time by module"]
    lines += [f"  {own:8.2f} s {own / total:6.1%}  {name}" for name, own in modules.most_common(_SHOWN)]
    lines += ["own time by function"]
    lines += [f"  {own:8.2f} s {own / total:6.1%}  {name}" for name, own in functions.most_common(_SHOWN)]
    return "\n".join(lines)


def _module(file: str) -> str:
    """Name a file by what follows ``site-packages`` or ``src``."""
    parts = PurePath(file).parts
    for root in ("site-packages", "src"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    return parts[-1] if parts else file


def _built_in(name: str) -> str:
    """Name the library of ``<built-in method ortools.sat.python.cp_model_helper.solve>``."""
    path = name.rpartition(" ")[2].strip("<>").split(".")
    return f"{'.'.join(path[:2])} (native)" if len(path) > _OF_A_LIBRARY else "(built in)"
