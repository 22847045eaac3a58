"""Property tests try the same examples each time, and Ctrl-C is heard even where a run began in the background."""

from __future__ import annotations

import signal

import pytest
from hypothesis import settings

# An example database would make a run depend on the runs before it.
settings.register_profile("dezentral", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("dezentral")


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c():
    """Shells start background jobs deaf to Ctrl-C; a test that presses it would then wait for ever."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
