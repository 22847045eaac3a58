"""relation: who belongs together is placed together, who must be kept apart is placed apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted, listed
from dezentral.domain import Relation
from dezentral.wording import Language, say


def relations(situation: Situation) -> Iterator[Violation]:
    """Report relations that bind placed households pairwise; "same_*" does not bind a pair of which both stay."""
    placed = {each.id: each for each in situation.placed}
    for relation in sorted(situation.instance.relations, key=lambda one: one.kind):
        bound = [placed[key] for key in sorted(relation.households) if key in placed]
        where = {each.id: _place(relation, each) for each in bound}
        broken = _too_far(bound, where) if relation.kind.startswith("same_") else _too_near(bound, where)
        if broken:
            yield Violation.of(
                "relation",
                _message(relation, [where[each.id] for each in broken], situation.language),
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


def _message(relation: Relation, places: Sequence[str], language: Language) -> str:
    noun = "site" if relation.kind.endswith("_site") else "district"
    return say(
        f"violation.relation.{relation.kind}",
        language,
        households=counted(len(places), "household", language),
        places=listed([say(f"violation.{noun}", language, key=place) for place in sorted(set(places))], language),
    )
