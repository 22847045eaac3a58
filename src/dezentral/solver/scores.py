"""Values of the plans seen, by the specification; nothing is scored twice."""

from __future__ import annotations

from collections.abc import Callable

from dezentral.checks import score
from dezentral.compiled.arrays import Ints
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy

_REMEMBERED = 50  # plans


class Scores:
    """The first levels' values of assignments, remembered for the latest of them."""

    def __init__(self, instance: Instance, policy: Policy, write: Callable[[Ints], Plan]) -> None:
        self._instance, self._policy, self._write = instance, policy, write
        self._known: dict[bytes, tuple[float, ...]] = {}

    def of(self, assignment: Ints, levels: int) -> tuple[float, ...]:
        """Return the values of the first levels, shape (levels,)."""
        key = assignment.tobytes()
        known = self._known.get(key, ())
        if len(known) < levels:
            rest = Policy(rules=self._policy.rules, levels=self._policy.levels[len(known) : levels])
            known += score(self._instance, rest, self._write(assignment))
            self._known[key] = known
            if len(self._known) > _REMEMBERED:
                del self._known[next(iter(self._known))]
        return known[:levels]
