"""Hypothesis strategies: tiny instances, policies with every rule and goal, plans that break rules or do not."""

from __future__ import annotations

import os
from typing import Literal

from hypothesis import strategies as st

from dezentral import (
    Cost,
    Evenness,
    Fit,
    Household,
    Instance,
    KeepHoused,
    Level,
    PeerSupport,
    Placed,
    Placement,
    Plan,
    Policy,
    Proximity,
    Rules,
    Seats,
    Stability,
    Utility,
    Wishes,
)
from dezentral.domain.policy import Goal
from tests.oracle.dice import Dice, dice
from tests.oracle.facts import Facts, Place, Placements
from tests.oracle.rules import RULES
from tests.oracle.tiny import drawn_instance

__all__ = ["EXAMPLES", "drawn_problem", "plans", "policies", "problems", "problems_with_plan", "tiny_instances"]

EXAMPLES = int(os.environ.get("DEZENTRAL_EXAMPLES", "350"))  # how many random problems a test tries
PLAIN_GOALS = (Placed, Fit, Seats, PeerSupport, Stability, KeepHoused, Cost, Utility)
MEASURES: tuple[Literal["chi2", "persons_to_move", "max_ratio"], ...] = ("chi2", "chi2", "persons_to_move", "max_ratio")
FIRST: tuple[tuple[Goal, ...], ...] = ((Placed(),), (Placed(),), (KeepHoused(), Placed()), (Placed(),), ())


def tiny_instances() -> st.SearchStrategy[Instance]:
    return dice().map(drawn_instance)


def policies() -> st.SearchStrategy[Policy]:
    return dice().map(_policy)


def problems(most_plans: int = 20_000) -> st.SearchStrategy[tuple[Instance, Policy]]:
    return dice().map(lambda dice: drawn_problem(dice, most_plans))


def drawn_problem(dice: Dice, most_plans: int = 20_000) -> tuple[Instance, Policy]:
    return drawn_instance(dice, most_plans), _policy(dice)


def plans(instance: Instance, policy: Policy) -> st.SearchStrategy[Plan]:
    """Draw plans in any state: sound, one step too far, or wild."""
    return dice().map(lambda dice: _plan(dice, instance, policy))


def problems_with_plan() -> st.SearchStrategy[tuple[Instance, Policy, Plan]]:
    return dice().map(_problem_with_plan)


def _problem_with_plan(dice: Dice) -> tuple[Instance, Policy, Plan]:
    instance, policy = drawn_instance(dice), _policy(dice)
    return instance, policy, _plan(dice, instance, policy)


def _policy(dice: Dice) -> Policy:
    if dice.once_in(12):
        return dice.pick((Policy.default(), Policy.stuttgarter_weg()))
    return Policy(rules=_rules(dice), levels=_levels(dice))


def _rules(dice: Dice) -> Rules:
    nearest = ({"school": 500.0}, {"kita": 1_000.0}, {"kita": 2_500.0, "school": 1_000.0}, {"school": 0.0})
    operators = ({"opA": 3}, {"opA": 6, "opB": 12}, {"opB": 8}, {"opB": 0})
    return Rules(
        max_site_persons=dice.now_and_then(range(1, 15)),
        min_area_per_person_m2=dice.pick((None, None, 4.5, 6.0, 7.0)),
        max_units_per_household=dice.pick((1, 2, 3)),
        max_single_share=dice.pick((None, None, None, 0.5, 0.3, 0.2, 0.1)),
        max_distance=dice.now_and_then(nearest, {}),
        service_capacity=dice.once_in(4),
        operator_capacity=dice.now_and_then(operators, {}),
        max_moves=dice.pick((None, None, 0, 0, 1, 2)),
        min_stay_days=dice.pick((0, 0, 31, 400, 30, 1)),
    )


def _levels(dice: Dice) -> tuple[Level, ...]:
    """Draw levels; mostly, people are to be placed first: else nobody is the best plan too often."""
    goals = [[goal] for goal in dice.pick(FIRST)]
    goals += [[_goal(dice) for _ in range(dice.pick((1, 1, 2, 3)))] for _ in range(dice.size((1, 2, 3)))]
    return tuple(
        Level(
            *own,
            rel_slack=dice.now_and_then((0.05, 0.1, 0.5), 0.0),
            abs_slack=dice.now_and_then((0.5, 1.0, 2.0, 100.0), 0.0),
        )
        for own in goals
    )


def _goal(dice: Dice) -> Goal:
    weight = dice.pick((1.0, 1.0, 2.0, 0.5, 0.1, 1_000.0))
    number = dice.pick(range(len(PLAIN_GOALS) + 4))
    if number < len(PLAIN_GOALS):
        return PLAIN_GOALS[number](weight=weight)
    if number == len(PLAIN_GOALS):
        return Wishes(depth=dice.pick((3, 0, 1, 2, 4)), weight=weight)
    if number == len(PLAIN_GOALS) + 1:
        weights = dice.pick(({}, {"school": 2.0}, {"kita": 0.5, "school": 0.0}))
        return Proximity(weights=weights, out_of_reach=dice.pick((20_000.0, 1_000.5, 0.0)), weight=weight)
    return Evenness(measure=dice.pick(MEASURES), weight=weight)


def _plan(dice: Dice, instance: Instance, policy: Policy) -> Plan:
    facts = Facts(instance, policy)
    reckless = dice.pick((0, 1, 1, 1, len(instance.households)))  # so many are placed last, without a look at the rules
    placements: Placements = {}
    for number, household in enumerate(dice.shuffled(instance.households)):
        careful = number < len(instance.households) - reckless
        trials = ({**placements, household.id: place} for place in _places(dice, facts, household))
        placements = next((trial for trial in trials if not careful or _is_sound(facts, trial)), placements)
    return Plan(
        placements=tuple(
            Placement(household=key, site=place.site, unit=place.unit, units=place.units)
            for key, place in placements.items()
        ),
        unplaced=tuple(household.id for household in instance.households if household.id not in placements),
    )


def _places(dice: Dice, facts: Facts, household: Household) -> list[Place]:
    """Draw places in the order in which to try them: perhaps home first, perhaps none, rarely with wrong units."""
    if dice.once_in(6):
        return []
    kinds = dice.shuffled(list(facts.kinds))
    if dice.pick((True, False)):
        kinds.sort(key=lambda kind: not facts.stays(household, *kind))
    if dice.pick((True, False)):
        kinds.sort(key=lambda kind: kind[0] not in {household.fixed_site, household.current_site})
    more = dice.once_in(15)
    return [Place(*kind, (facts.units_taken(household, *kind) or 1) + more) for kind in kinds]


def _is_sound(facts: Facts, placements: Placements) -> bool:
    return not any(breaks(facts, placements) for rule, breaks in RULES.items() if rule != "fixed")
