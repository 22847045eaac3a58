"""relation: who belongs together is placed together, who must be kept apart is placed apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted, listed
from dezentral.domain import Relation


def relations(situation: Situation) -> Iterator[Violation]:
    """Report relations that bind placed households pairwise; "same_*" does not bind a pair of which both stay."""
    placed = {each.id: each for each in situation.placed}
    for relation in situation.instance.relations:
        bound = [placed[key] for key in sorted(relation.households) if key in placed]
        where = {each.id: _place(relation, each) for each in bound}
        broken = _too_far(bound, where) if relation.kind.startswith("same_") else _too_near(bound, where)
        if broken:
            yield Violation.of(
                "relation",
                _message(relation, [where[each.id] for each in broken]),
                households=[each.id for each in broken],
                sites=[each.site.id for each in broken],
                districts=[each.site.district for each in broken],
            )


def _place(relation: Relation, placed: PlacedHousehold) -> str:
    return placed.site.id if relation.kind.endswith("_site") else placed.site.district


def _too_far(bound: Sequence[PlacedHousehold], where: Mapping[str, str]) -> list[PlacedHousehold]:
    """Return who is in a pair placed apart of which at least one does not stay."""
    anyone = set(where.values())
    unsettled = {where[each.id] for each in bound if not each.stays}
    return [each for each in bound if (unsettled if each.stays else anyone) - {where[each.id]}]


def _too_near(bound: Sequence[PlacedHousehold], where: Mapping[str, str]) -> list[PlacedHousehold]:
    """Return who is in a pair placed together."""
    crowd = Counter(where.values())
    return [each for each in bound if crowd[where[each.id]] > 1]


def _message(relation: Relation, places: Sequence[str]) -> str:
    noun = "site" if relation.kind.endswith("_site") else "district"
    found = listed([f"{noun} {place}" for place in sorted(set(places))])
    if relation.kind.startswith("same_"):
        return f"{counted(len(places), 'household')} must be placed in the same {noun}, but are placed in {found}."
    households = counted(len(places), "household")
    return f"{households} must be placed in different {noun}s, but are placed together in {found}."
