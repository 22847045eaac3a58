"""Property tests try the same examples each time."""

from __future__ import annotations

from hypothesis import settings

# An example database would make a run depend on the runs before it.
settings.register_profile("dezentral", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("dezentral")
