"""Judgements of a plan that look at a part of it only, remembered by what they see."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from tests.oracle.facts import Facts, Place, Placements

Choice = tuple[int, ...]  # per household the number of its option; a prefix of the households will do
Options = Sequence[Sequence[Place | None]]  # per household where it may be; None = unplaced
Look = Callable[[str, Place], Hashable]  # what is seen of a household's placement; None = nothing
Judge = Callable[[Facts, Placements], float]


def placements_of_choice(facts: Facts, options: Options, choice: Choice) -> Placements:
    """Return the placements that a choice stands for."""
    households = facts.instance.households
    chosen = zip(households, options, choice, strict=False)
    places = {household.id: own[number] for household, own, number in chosen}
    return {key: place for key, place in places.items() if place is not None}


def inside(part: Callable[[Place], Hashable], wanted: Hashable) -> Look:
    """See who is in one part of the city."""
    return lambda _, place: wanted if part(place) == wanted else None


class View:
    """A judgement that depends on what is seen of each placement alone.

    Placements of which nothing is seen could as well not be in the plan, and two plans that look the same are
    judged the same: each sight is judged once.
    """

    def __init__(self, facts: Facts, options: Options, look: Look, judge: Judge) -> None:
        self._facts, self._options, self._judge = facts, options, judge
        self._sights: list[list[int]] = []
        numbers: dict[Hashable, int] = {None: 0}  # small numbers are quicker to remember by than what is seen
        for household, own in zip(facts.instance.households, options, strict=True):
            seen = [None if place is None else look(household.id, place) for place in own]
            self._sights.append([numbers.setdefault(sight, len(numbers)) for sight in seen])
        self._judged: dict[tuple[int, ...], float] = {}

    def sees(self, position: int, number: int) -> bool:
        """Say whether it sees an option of a household."""
        return self._sights[position][number] > 0

    def __call__(self, choice: Choice) -> float:
        sight = tuple([own[number] for own, number in zip(self._sights, choice, strict=False)])
        if sight not in self._judged:
            households = zip(self._facts.instance.households, sight, strict=False)
            seen = {household.id for household, number in households if number > 0}
            placements = placements_of_choice(self._facts, self._options, choice)
            self._judged[sight] = self._judge(
                self._facts, {key: place for key, place in placements.items() if key in seen},
            )  # fmt: skip
        return self._judged[sight]
