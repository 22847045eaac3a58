"""A largest matching of single persons to places, by augmenting paths, one person at a time."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence


def largest_matching(choices: Sequence[Sequence[Hashable]], places: Mapping[Hashable, int]) -> int:
    """Return how many persons get a place: person i takes one at any of ``choices[i]``."""
    taken: dict[Hashable, list[int]] = {place: [] for place in places}

    def finds_a_place(person: int, tried: set[Hashable]) -> bool:
        for place in choices[person]:
            if place in tried:
                continue
            tried.add(place)
            if len(taken[place]) < places[place]:
                taken[place].append(person)
                return True
            for other in taken[place]:
                if finds_a_place(other, tried):
                    taken[place].remove(other)
                    taken[place].append(person)
                    return True
        return False

    return sum(finds_a_place(person, set()) for person in range(len(choices)))
