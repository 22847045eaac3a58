"""The parts of the city through which rules and goals can be judged one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dezentral import Evenness, Fit, Household, PeerSupport, Seats
from dezentral.domain.policy import Goal
from tests.oracle.facts import Facts, Place, Placements
from tests.oracle.goals import empty_beds, goal_value
from tests.oracle.rules import RULES
from tests.oracle.views import Judge, Look, Options, View, inside


def rule_views(facts: Facts, options: Options) -> Iterator[View]:
    """Yield every rule that binds households together, part by part."""
    for look, rule in _looks_of_rules(facts):
        yield View(facts, options, look, RULES[rule])


def _looks_of_rules(facts: Facts) -> Iterator[tuple[Look, str]]:
    for kind in facts.kinds:
        yield inside(_kind, kind), "units"
    for site in facts.sites:
        yield inside(_site, site), "site_cap"
        yield inside(_site, site), "single_share"
    for district in facts.districts:
        yield inside(lambda place: facts.district_of(place.site), district), "district_cap"
    for operator in facts.rules.operator_capacity:
        yield inside(lambda place: facts.sites[place.site].operator, operator), "operator_cap"
    for relation in facts.instance.relations:
        yield _kinds_of(facts.households[key] for key in relation.households), "relation"
    if facts.rules.max_moves is not None:
        yield _kinds_of(household for household in facts.instance.households if household.current_site), "max_moves"
    if facts.rules.service_capacity:
        yield _kinds_of(household for household in facts.instance.households if household.needs), "service_capacity"


def goal_views(facts: Facts, options: Options, goal: Goal) -> Iterator[View]:
    """Yield a goal that is no sum over households, through the parts that add up to it."""

    def value(facts: Facts, placements: Placements) -> float:
        return goal_value(facts, goal, placements)

    def district(household: str, place: Place) -> str:  # noqa: ARG001  a look is given both
        return facts.district_of(place.site)

    households = facts.instance.households
    if isinstance(goal, Evenness):
        yield View(facts, options, district, value)
    elif isinstance(goal, Seats):
        yield View(facts, options, _kinds_of(household for household in households if household.needs), value)
    elif isinstance(goal, PeerSupport):
        in_talk = (household for household in households if household.seeks_support or household.supports)
        yield View(facts, options, _kinds_of(in_talk), value)
    elif isinstance(goal, Fit):
        for kind in facts.kinds:
            yield View(facts, options, inside(_kind, kind), _fit_of(kind))


def _fit_of(kind: tuple[str, str]) -> Judge:
    return lambda facts, placements: empty_beds(facts, kind, placements)


def _kind(place: Place) -> tuple[str, str]:
    return place.site, place.unit


def _site(place: Place) -> str:
    return place.site


def _kinds_of(households: Iterable[Household]) -> Look:
    """See in which kinds some households are."""
    seen = {household.id for household in households}
    return lambda household, place: _kind(place) if household in seen else None
