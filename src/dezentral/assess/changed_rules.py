"""Rules lifted: an instance and a policy in which some rules bind nobody, and all others bind as before.

Each rule of `dezentral.checks.RULE_NAMES` has one way to be lifted:

========================  ==============================================================================================
open                      every site is open, candidates too; how long a new placement can last counts as before
units                     every kind holds anyone, as often as needed; a site without units gets a kind of its own
admits                    every site admits everyone
requires                  nobody requires a feature
excluded                  nobody is excluded from anywhere
fixed                     nobody has a fixed site
relation                  there are no relations
site_cap                  no site has a limit, its own or that of all
district_cap              districts with a limit have one that is never reached
district_share            districts without a share take in anyone
operator_cap              no operator has a limit
single_share, max_distance, service_capacity, max_moves, min_stay     the policy does without
========================  ==============================================================================================

Lifting never tightens another rule: who did not count as moving by choice before (home closed, excluded, or fixed
elsewhere) adds one to `max_moves` where lifting makes them count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any

from dezentral.assess.changed_units import allowed_alone, lift_units
from dezentral.checks.situation import Situation
from dezentral.domain import Household, Instance, Plan
from dezentral.domain.fields import MOST_PERSONS
from dezentral.domain.policy import Policy

Problem = tuple[Instance, Policy]
_MOST_DAYS = 10**6


def lifted(instance: Instance, policy: Policy, rules: Collection[str]) -> Problem:
    """Return the instance and the policy with some rules lifted.

    Parameters
    ----------
    instance, policy
        The input.
    rules
        Names of rules; the order does not matter.
    """
    problem = instance, policy
    for rule, lift in _LIFTS.items():
        if rule in rules:
            problem = lift(*problem)
    if "units" in rules:
        problem = lift_units(*problem, alone=None if "single_share" in rules else allowed_alone(instance, policy))
    return _with_moves_for(problem, _bound_to_move(instance))


def _with_moves_for(problem: Problem, before: frozenset[str]) -> Problem:
    instance, policy = problem
    most = policy.rules.max_moves
    new = len(before - _bound_to_move(instance))
    return problem if most is None or not new else (instance, _ruled(policy, max_moves=most + new))


def _bound_to_move(instance: Instance) -> frozenset[str]:
    """Return who lives somewhere and cannot stay there: moving is not their choice."""
    situation = Situation(instance, Policy().rules, Plan())
    found = []
    for household in instance.households:
        home = situation.home(household)
        if home is not None:
            excluded = home.id in household.excluded_sites or home.district in household.excluded_districts
            if excluded or not situation.is_open(home) or household.fixed_site not in {None, home.id}:
                found.append(household.id)
    return frozenset(found)


def _ruled(policy: Policy, **changes: Any) -> Policy:
    return Policy(rules=policy.rules.model_copy(update=changes), levels=policy.levels)


def _households(instance: Instance, **changes: Any) -> Instance:
    def changed(household: Household) -> Household:
        return household.model_copy(update=changes)

    return instance.replace(households=tuple(map(changed, instance.households)))


def _sites(instance: Instance, **changes: Any) -> Instance:
    return instance.replace(sites=tuple(site.model_copy(update=changes) for site in instance.sites))


def _open(instance: Instance, policy: Policy) -> Problem:
    """Open every site. Where a shortest stay is asked for, today becomes yesterday and the stay a day longer.

    Then a site that closed long ago can be open for its last day and still be too short a stay.
    """
    today, least = instance.date, policy.rules.min_stay_days
    if today is None or not least or today == dt.date.min:
        return _sites(instance, opening_cost=None, open_from=None, open_until=None), policy
    sites = tuple(
        site.model_copy(
            update={
                "opening_cost": None,
                "open_from": None,
                "open_until": None if site.open_until is None else max(site.open_until, today),
            }
        )
        for site in instance.sites
    )
    yesterday = today - dt.timedelta(days=1)
    stay = min(least + 1, _MOST_DAYS)
    return instance.replace(sites=sites, date=yesterday), _ruled(policy, min_stay_days=stay)


def _admits(instance: Instance, policy: Policy) -> Problem:
    return _sites(instance, admits=None), policy


def _requires(instance: Instance, policy: Policy) -> Problem:
    return _households(instance, requires=frozenset()), policy


def _excluded(instance: Instance, policy: Policy) -> Problem:
    return _households(instance, excluded_sites=frozenset(), excluded_districts=frozenset()), policy


def _fixed(instance: Instance, policy: Policy) -> Problem:
    return _households(instance, fixed_site=None), policy


def _relation(instance: Instance, policy: Policy) -> Problem:
    return instance.replace(relations=()), policy


def _site_cap(instance: Instance, policy: Policy) -> Problem:
    return _sites(instance, max_persons=None), _ruled(policy, max_site_persons=None)


def _district_cap(instance: Instance, policy: Policy) -> Problem:
    districts = tuple(
        district if district.max_persons is None else district.model_copy(update={"max_persons": MOST_PERSONS})
        for district in instance.districts
    )
    return instance.replace(districts=districts), policy


def _district_share(instance: Instance, policy: Policy) -> Problem:
    """Set a limit that is never reached: a district with a limit takes in anyone, whatever its share."""
    districts = tuple(
        district.model_copy(update={"max_persons": MOST_PERSONS})
        if district.max_persons is None
        and not (district.population if district.target_weight is None else district.target_weight)
        else district
        for district in instance.districts
    )
    return instance.replace(districts=districts), policy


def _without(**rule: Any) -> Callable[[Instance, Policy], Problem]:
    return lambda instance, policy: (instance, _ruled(policy, **rule))


_LIFTS: Mapping[str, Callable[[Instance, Policy], Problem]] = {
    "min_stay": _without(min_stay_days=0),  # before open, which keeps it where it is left
    "open": _open,
    "admits": _admits,
    "requires": _requires,
    "excluded": _excluded,
    "fixed": _fixed,
    "relation": _relation,
    "site_cap": _site_cap,
    "district_cap": _district_cap,
    "district_share": _district_share,
    "operator_cap": _without(operator_capacity=Policy().rules.operator_capacity),
    "single_share": _without(max_single_share=None),
    "max_distance": _without(max_distance=Policy().rules.max_distance),
    "service_capacity": _without(service_capacity=False),
    "max_moves": _without(max_moves=None),
}
