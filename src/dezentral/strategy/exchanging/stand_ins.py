"""Stand-ins: sites in the place of closed ones, so that who leaves these makes no move that counts.

A stand-in has the closed site's district, operator and place; who lives and is placed in the closed site is there to
begin with. The closed site stays where they live today: no cap changes, and no move away from it is counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from dezentral.checks.situation import Situation
from dezentral.domain import Household, Instance, Plan, Site, Table
from dezentral.domain.policy import Policy
from dezentral.strategy.exchanging.seals import Seals


@dataclass(frozen=True, slots=True)
class StandIns:
    """The stand-ins of an exchange.

    Attributes
    ----------
    situation
        The plan in its instance.
    ids
        Closed site → its stand-in.
    """

    situation: Situation
    ids: dict[str, str]

    def now_at(self, site: str) -> str:
        """Return the site that stands for one in a plan."""
        return self.ids.get(site, site)

    def too_far(self, household: Household) -> frozenset[str]:
        """Return the sites where a household may not come because a service that it needs is too far."""
        most, situation = self.situation.rules.max_distance, self.situation
        return frozenset(
            site.id
            for site in situation.instance.sites
            for kind in household.needs
            if situation.metres_to(kind, site) > most.get(kind, math.inf)
        )

    def sites(self) -> Iterator[Site]:
        """Yield closed sites under the ids of their stand-ins."""
        for key, stand_in in self.ids.items():
            yield self.situation.sites[key].model_copy(update={"id": stand_in, "housed": 0})

    def distances(self, table: Table | None) -> Table | None:
        """Return distances that hold for the stand-ins, too."""
        if table is None:
            return None
        copies = [(self.ids[row], data) for row, data in zip(table.rows, table.data, strict=True) if row in self.ids]
        rows, data = (tuple(part) for part in zip(*copies, strict=True)) if copies else ((), ())
        return table.model_copy(update={"rows": table.rows + rows, "data": table.data + data})


def stand_ins_of(instance: Instance, policy: Policy, plan: Plan, seals: Seals, mark: str) -> StandIns:
    """Return the stand-ins: where moves are limited, and who lives in a closed site is new elsewhere for no other rule.

    In relations, and where seats are limited, it matters who stays; there is no stand-in then.
    """
    situation, rules = Situation(instance, policy.rules, plan), policy.rules
    if rules.max_moves is None or rules.service_capacity:
        return StandIns(situation, {})
    tied = {key for relation in instance.relations for key in relation.households}

    def is_left(site: Site) -> bool:
        placed = (one.household for one in situation.placed_at.get(site.id, ()))
        living = {household.id for household in placed if household.current_site == site.id}
        return bool(living) and not living & tied and not situation.is_open(site)

    left = [site.id for site in instance.sites if site.id in seals.sites and is_left(site)]
    return StandIns(situation, {key: mark + key for key in left})
