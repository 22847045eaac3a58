"""Drawing of small things: Hypothesis draws a seed and how large things may be, the seed decides what they are like.

If Hypothesis chose each of the hundreds of fields, examples would shrink further, but every second one would be like
another in all that matters, and drawing would take longer than solving.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

LARGEST = 4


class Dice:
    """What decides about everything, in the same way for the same seed."""

    def __init__(self, seed: int, largest: int) -> None:
        self._name = f"Dice(seed={seed}, largest={largest})"
        self._largest = largest
        self._random = random.Random(seed)  # noqa: S311  nothing secret
        self._calm = self.once_in(2)

    def __repr__(self) -> str:
        return self._name

    def size(self, values: Sequence[int]) -> int:
        """Draw how many there are, of small dice only of the first values."""
        return self.pick(values[: 1 + (len(values) - 1) * self._largest // LARGEST])

    def pick(self, values: Sequence[T]) -> T:
        """Draw one of some values."""
        return self._random.choice(values)

    def once_in(self, times: int) -> bool:
        return self._random.randrange(times) == 0

    def now_and_then(self, values: Sequence[Any], otherwise: Any = None, *, once_in: int = 5) -> Any:
        """Draw one of some values once in a while, of calm dice seldom: not everything may bind everything."""
        return self.pick(values) if self.once_in(once_in * 2 if self._calm else once_in) else otherwise

    def subset(self, values: Sequence[T]) -> list[T]:
        """Draw some of the values, in their order; perhaps none, perhaps all."""
        return [value for value in values if self.once_in(2)]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        return self._random.sample(values, len(values))


def dice() -> st.SearchStrategy[Dice]:
    # Of integers with more than 24 bits Hypothesis prefers small ones, and would draw many twice.
    return st.builds(Dice, seed=st.integers(0, 2**24 - 1), largest=st.sampled_from((1, 2, 3, *[LARGEST] * 9)))
