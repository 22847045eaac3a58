"""Whether some fixed placements and some rules go together: all that infeasibility is ever about.

A plan may leave anyone unplaced who has no fixed site, and no rule is broken by placing fewer people. So a problem is
feasible exactly if its households with a fixed site can be placed there while everyone else is left unplaced; where the
others live today still counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dezentral.assess.changed_rules import lifted
from dezentral.checks import RULE_NAMES
from dezentral.domain import Household, Instance, Relation, Table
from dezentral.domain.frozen import FrozenDict
from dezentral.domain.policy import Level, Placed, Policy, Utility
from dezentral.solver import Result, SolveParams, Status, solve

RULES = tuple(rule for rule in RULE_NAMES if rule != "fixed")


@dataclass(frozen=True, slots=True)
class FixedOnly:
    """The fixed placements of an instance under the rules of a policy."""

    instance: Instance
    policy: Policy
    params: SolveParams

    @property
    def fixed(self) -> tuple[str, ...]:
        """Ids of the households that have a fixed site, sorted."""
        return tuple(sorted(one.id for one in self.instance.households if one.fixed_site is not None))

    def status(self, rules: Collection[str], fixed: Collection[str]) -> Status:
        """Say whether some fixed placements keep some rules: OPTIMAL = yes, INFEASIBLE = no, UNKNOWN = not told."""
        part = _reduced(self.instance, frozenset(fixed))
        problem, policy = lifted(part, self.policy, frozenset(RULES) - frozenset(rules))
        anything = Policy(rules=policy.rules, levels=(Level(Utility()),))  # nothing is better than anything else
        status = solve(problem, anything, self.params).status
        return Status.OPTIMAL if status is Status.FEASIBLE else status

    def most_kept(self) -> Result:
        """Keep as many fixed placements as all rules allow, of persons as many as possible; release the others."""
        part = _reduced(self.instance, frozenset(self.fixed))
        everywhere = frozenset(site.id for site in part.sites)
        households = tuple(_optional(one, everywhere) for one in part.households)
        targets = [(one.id, one.fixed_site) for one in part.households if one.fixed_site is not None]
        columns = tuple(sorted({site for _, site in targets}))
        data = tuple(tuple(1.0 if column == site else None for column in columns) for _, site in targets)
        counted = Table(rows=tuple(key for key, _ in targets), columns=columns, data=data)
        policy = Policy(rules=self.policy.rules, levels=(Level(Utility()), Level(Placed())))
        return solve(part.replace(households=households, utilities=counted), policy, self.params)


def _reduced(instance: Instance, fixed: frozenset[str]) -> Instance:
    """Return the instance in which some keep their fixed site and nobody else can be placed."""
    nowhere = frozenset(district.id for district in instance.districts)
    households = tuple(
        one if one.id in fixed else _left_out(one, nowhere)
        for one in instance.households
        if one.id in fixed or one.current_site is not None
    )
    bound = [(each.kind, tuple(key for key in each.households if key in fixed)) for each in instance.relations]
    relations = tuple(Relation(kind=kind, households=keys) for kind, keys in bound if len(keys) > 1)
    return instance.replace(households=households, relations=relations, utilities=None)


def _left_out(one: Household, nowhere: frozenset[str]) -> Household:
    return one.model_copy(
        update={"fixed_site": None, "excluded_districts": nowhere, "needs": FrozenDict(), "anchors": (), "priority": 1}
    )


def _optional(one: Household, everywhere: frozenset[str]) -> Household:
    if one.fixed_site is None:
        return one
    elsewhere = everywhere - {one.fixed_site}
    changes = {"fixed_site": None, "excluded_sites": one.excluded_sites | elsewhere, "priority": 1}
    return one.model_copy(update=changes)
