"""What already breaks a rule gets no worse: sealed sites, households that stay, rules with nothing left to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dezentral.checks import Violation
from dezentral.domain import Instance
from dezentral.domain.policy import Policy

_OF_ONE = {"admits", "requires", "excluded", "fixed", "max_distance", "relation"}  # where others are is all the same
_OF_DISTRICTS = {"district_cap", "district_share"}
_OF_SEATS = {"service_capacity", "max_distance"}


@dataclass(frozen=True, slots=True)
class Seals:
    """What an exchange must not touch, and what it need not check there.

    Attributes
    ----------
    sites
        Nobody enters them; who leaves makes nothing worse there.
    districts, operators
        Whose caps are broken; all their sites are sealed.
    households
        Who keeps their place: what is broken concerns where they are and nobody else.
    relations
        Positions of broken relations; all their households keep their place.
    needs
        Whether everybody with needs keeps their place: then no seat changes hands.
    singles
        Whether everybody living alone keeps their place: then no site's share of them grows.
    """

    sites: frozenset[str]
    districts: frozenset[str]
    operators: frozenset[str]
    households: frozenset[str]
    relations: frozenset[int]
    needs: bool
    singles: bool


def seals_of(instance: Instance, policy: Policy, violations: Iterable[Violation]) -> Seals:
    """Seal every site at which too much is what is broken, and keep everybody who breaks a rule alone."""
    broken = [violation for violation in violations if violation.rule != "max_moves"]
    named = [violation for violation in broken if violation.rule not in {"service_capacity", *_OF_ONE}]
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
    households = {key for one in broken if one.rule in _OF_ONE for key in one.households}
    households |= {key for i in relations for key in instance.relations[i].households}
    needs = policy.rules.service_capacity and any(one.rule in _OF_SEATS for one in broken)
    singles = policy.rules.max_single_share is not None and bool(sites)
    return Seals(frozenset(sites), districts, over, frozenset(households), relations, needs, singles)
