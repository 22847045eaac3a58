"""What already breaks a rule is left as it is: sealed sites, and rules that then have nothing left to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dezentral.checks import Violation
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy

_OF_DISTRICTS = {"district_cap", "district_share"}
_OF_SEATS = {"service_capacity", "max_distance"}


@dataclass(frozen=True, slots=True)
class Seals:
    """What an exchange must not touch, and what it need not check there.

    Attributes
    ----------
    sites
        Nobody enters them, nobody leaves them.
    districts, operators
        Whose caps are broken; all their sites are sealed.
    relations
        Positions of broken relations; all their placed households live at sealed sites.
    needs
        Whether everybody with needs keeps their place: then no seat changes hands.
    singles
        Whether everybody living alone keeps their place: then no site's share of them grows.
    """

    sites: frozenset[str]
    districts: frozenset[str]
    operators: frozenset[str]
    relations: frozenset[int]
    needs: bool
    singles: bool


def seals_of(instance: Instance, policy: Policy, plan: Plan, violations: Iterable[Violation]) -> Seals:
    """Seal every site that a violation names, and whatever a broken cap or relation reaches beyond it."""
    broken = [violation for violation in violations if violation.rule != "max_moves"]
    named = [violation for violation in broken if violation.rule != "service_capacity"]
    home = {placement.household: placement.site for placement in plan.placements}
    districts = frozenset(key for one in broken if one.rule in _OF_DISTRICTS for key in one.districts)
    over = frozenset(
        operator
        for one in broken
        if one.rule == "operator_cap"
        for operator in policy.rules.operator_capacity
        if {site.id for site in instance.sites if site.operator == operator} == set(one.sites)
    )
    relations = frozenset(
        position
        for position, relation in enumerate(instance.relations)
        for one in broken
        if one.rule == "relation" and set(one.households) <= set(relation.households)
    )
    sites = {key for one in named for key in one.sites}
    sites |= {site.id for site in instance.sites if site.district in districts}
    sites |= {home[key] for i in relations for key in instance.relations[i].households if key in home}
    needs = policy.rules.service_capacity and any(one.rule in _OF_SEATS for one in broken)
    singles = policy.rules.max_single_share is not None and bool(sites)
    return Seals(frozenset(sites), districts, over, relations, needs, singles)
