"""One cap over some sites, judged on today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dezentral.checks.situation import Situation, persons
from dezentral.checks.violation import Violation
from dezentral.checks.words import counted, figure
from dezentral.domain import Household, Site
from dezentral.wording import Language, say


def _everyone(_household: Household) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `limit` persons at some sites together.

    Attributes
    ----------
    rule
        Its rule's name.
    key
        Id of the site, district or operator.
    limit
        Persons.
    sites
        The sites over which it counts.
    housed
        Persons there who are in no household of the instance.
    counts
        Which households count.
    noun
        What is counted, as in `dezentral.wording.sentences.nouns`.
    places
        Places of which the limit is a share; only a sentence needs them.
    """

    rule: str
    key: str
    limit: int
    sites: Sequence[Site]
    housed: int
    counts: Callable[[Household], bool] = _everyone
    noun: str = "person"
    places: int = 0

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
            message = self._message(situation.language, "over", today=today, added=persons(newcomers))
        elif today <= self.limit < planned:
            message = self._message(situation.language, "exceeded", planned=planned)
        else:
            return
        yield Violation.of(
            self.rule,
            message,
            households=[one.id for one in newcomers],
            sites=keys,
            districts=[site.district for site in self.sites],
        )

    def _message(self, language: Language, key: str, *, added: int = 0, **amounts: int) -> str:
        places = counted(self.places, "place", language)
        return say(
            f"violation.cap.{key}",
            language,
            whole=say(f"violation.{self.rule}.whole", language, key=self.key, places=places),
            limit=figure(self.limit, language),
            added=figure(added, language),
            **{name: counted(amount, self.noun, language) for name, amount in amounts.items()},
        )
