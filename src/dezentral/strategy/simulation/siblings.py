"""Households that are nearly like some that are known: so few are known at first that most kinds are not among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral.domain import Household

_PRIOR = 32.0  # households known by which every second one drawn is one of them as it is


class Kin:
    """Draws from known households, or from those with one member more or less than one of them.

    Parameters
    ----------
    people
        The known ones; the more there are, the more often one is drawn as it is.
    largest
        Persons that a household has at most.
    """

    def __init__(self, people: Sequence[Household], largest: int) -> None:
        self.people = people
        self.largest = max(largest, *(one.size for one in people))
        self.singles = [one for one in people if one.size == 1]
        self.strange = _PRIOR / (_PRIOR + len(people))
        others = max(1, sum(one.size - 1 for one in people))
        kinds = sorted({kind for one in people for kind in one.needs})
        # How likely a further member needs a service.
        self.rates = {kind: sum(one.needs.get(kind, 0) for one in people) / others for kind in kinds}

    def draw(self, rng: np.random.Generator) -> Household:
        """Draw a household."""
        one = self.people[int(rng.integers(len(self.people)))]
        return self._sibling(rng, one) if rng.random() < self.strange else one

    def _sibling(self, rng: np.random.Generator, one: Household) -> Household:
        """Return a household with one member more, or one less, and what that one needs; as it is at either end."""
        change = 1 if rng.random() < 0.5 else -1  # noqa: PLR2004  a coin
        size = one.size + change
        if size == 1 and self.singles:
            return self.singles[int(rng.integers(len(self.singles)))]
        if not 1 <= size <= self.largest:
            return one
        needs = dict(one.needs)
        for kind, rate in self.rates.items():
            members = needs.get(kind, 0)
            likely = rate if change > 0 else members / max(1, one.size - 1)
            needs[kind] = min(size, members + change * int(rng.random() < likely))
        return one.model_copy(update={"size": size, "needs": {kind: n for kind, n in needs.items() if n}})
