"""One cap over some sites, judged on today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dezentral.checks.situation import Situation, persons
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted
from dezentral.domain import Household, Site


def _everyone(_household: Household) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `limit` persons at some sites together.

    Attributes
    ----------
    rule
        Its rule's name.
    label
        How a sentence about it begins, e.g. ``"Site s1"``.
    limit
        Persons.
    sites
        The sites over which it counts.
    housed
        Persons there who are in no household of the instance.
    counts
        Which households count.
    noun
        What is counted, in the singular.
    """

    rule: str
    label: str
    limit: int
    sites: Sequence[Site]
    housed: int
    counts: Callable[[Household], bool] = _everyone
    noun: str = "person"

    def violations(self, situation: Situation) -> Iterator[Violation]:
        """Compare the plan with the cap.

        Where `housed` and the listed households that live there today already exceed the limit, nobody new may
        enter; elsewhere `housed` and all who are placed there must not exceed it. New is who lives at none of the
        sites today: who only changes the unit kind, or moves between the sites of the cap, adds nobody.
        """
        keys = {site.id for site in self.sites}
        living = [one for key in keys for one in situation.living_at.get(key, ()) if self.counts(one)]
        placed = [one for key in keys for one in situation.placed_at.get(key, ()) if self.counts(one.household)]
        newcomers = [one for one in placed if one.household.current_site not in keys]
        today, planned = self.housed + persons(living), self.housed + persons(placed)
        if today > self.limit and newcomers:
            message = (
                f"{self.label} already has {counted(today, self.noun)}, over the limit of {self.limit}, "
                f"so nobody new may enter; the plan adds {persons(newcomers)}."
            )
        elif today <= self.limit < planned:
            message = f"{self.label} would have {counted(planned, self.noun)}; the limit is {self.limit}."
        else:
            return
        yield Violation.of(
            self.rule,
            message,
            households=[one.id for one in newcomers],
            sites=keys,
            districts=[site.district for site in self.sites],
        )
