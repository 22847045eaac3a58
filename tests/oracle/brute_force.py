"""The lexicographic optimum of a tiny problem: list every plan that breaks no rule, then thin them level by level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dezentral import Household, Instance, Level, Placement, Plan, Policy
from tests.oracle.facts import Facts, Place
from tests.oracle.goals import OF_HOUSEHOLDS, household_value
from tests.oracle.parts import goal_views, rule_views
from tests.oracle.rules import RULES
from tests.oracle.views import Choice, Options, placements_of_choice

INFEASIBLE = None
TOLERANCE = 1e-9  # relative: what floats may be off by


@dataclass(frozen=True)
class Optimum:
    """The value of each level's own solve, and one plan that is as good as any."""

    values: tuple[float, ...]
    plan: Plan


def optimum(instance: Instance, policy: Policy) -> Optimum | None:
    """Return the lexicographic optimum, or INFEASIBLE if what is fixed cannot be."""
    facts = Facts(instance, policy)
    options = [_options(facts, household) for household in instance.households]
    choices = _sound_choices(facts, options)
    if not choices:
        return INFEASIBLE
    values: list[float] = []
    best = choices[0]
    for level in policy.levels:
        worth = _worth(facts, options, level)
        judged = [(worth(choice), choice) for choice in choices]
        value, best = min(judged)
        values.append(value)
        limit = value + level.rel_slack * abs(value) + level.abs_slack
        limit += TOLERANCE * max(1.0, abs(limit))
        choices = [choice for worth_here, choice in judged if worth_here <= limit]
    return Optimum(tuple(values), _plan(facts, options, best))


def _options(facts: Facts, household: Household) -> list[Place | None]:
    """List where a household breaks no rule by being there.

    More placements never mend a broken rule, but for "fixed", which asks for a placement: what breaks a rule alone is
    in no sound plan.
    """
    places = [
        Place(site, unit, units)
        for site, unit in facts.kinds
        if (units := facts.units_taken(household, site, unit)) is not None
    ]
    sound = [place for place in places if not _breaks_alone(facts, household, place)]
    if household.fixed_site is None:
        return [None, *sound]
    return [place for place in sound if place.site == household.fixed_site]


def _breaks_alone(facts: Facts, household: Household, place: Place) -> bool:
    return any(breaks(facts, {household.id: place}) for rule, breaks in RULES.items() if rule != "fixed")


def _sound_choices(facts: Facts, options: Options) -> list[Choice]:
    """List every choice that breaks no rule, one household after another."""
    views = list(rule_views(facts, options))
    choices: list[Choice] = [()]
    for position, own in enumerate(options):
        concerned = [[view for view in views if view.sees(position, number)] for number in range(len(own))]
        longer = []
        for choice in choices:
            for number in range(len(own)):
                candidate = (*choice, number)
                if not any(view(candidate) for view in concerned[number]):
                    longer.append(candidate)
        choices = longer
    return choices


def _worth(facts: Facts, options: Options, level: Level) -> Callable[[Choice], float]:
    """Return what gives the value of a level: a sum over households, and a sum over parts of the city."""
    table = [
        [_worth_alone(facts, level, household, place) for place in own]
        for household, own in zip(facts.instance.households, options, strict=True)
    ]
    views = [(goal.weight, view) for goal in level.goals for view in goal_views(facts, options, goal)]

    def worth(choice: Choice) -> float:
        alone = sum([row[number] for row, number in zip(table, choice, strict=True)])
        return alone + sum([weight * view(choice) for weight, view in views])

    return worth


def _worth_alone(facts: Facts, level: Level, household: Household, place: Place | None) -> float:
    return sum(
        goal.weight * household_value(facts, goal, household, place)
        for goal in level.goals
        if isinstance(goal, OF_HOUSEHOLDS)
    )


def _plan(facts: Facts, options: Options, choice: Choice) -> Plan:
    placements = placements_of_choice(facts, options, choice)
    return Plan(
        placements=tuple(
            Placement(household=key, site=place.site, unit=place.unit, units=place.units)
            for key, place in placements.items()
        ),
        unplaced=tuple(household.id for household in facts.instance.households if household.id not in placements),
    )
