"""One full city for the tests that only read it."""

from __future__ import annotations

import pytest

from dezentral.datasets import stuttgart
from dezentral.domain import Instance


@pytest.fixture(scope="session")
def city() -> Instance:
    return stuttgart(persons=10_000, seed=0)
