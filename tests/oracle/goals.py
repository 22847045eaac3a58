"""What every goal is worth: a sum over households, or over the parts of the city that it looks at."""

from __future__ import annotations

import math

from dezentral import (
    Cost,
    Evenness,
    Fit,
    Household,
    KeepHoused,
    PeerSupport,
    Placed,
    Proximity,
    Seats,
    Site,
    Stability,
    Utility,
    Wishes,
)
from dezentral.domain.policy import Goal
from tests.oracle.facts import Facts, Place, Placements
from tests.oracle.seats import members_without_seat, persons_without_support
from tests.oracle.units import members_of, units_in_use

OF_HOUSEHOLDS = (KeepHoused, Placed, Stability, Proximity, Wishes, Cost, Utility)


def goal_value(facts: Facts, goal: Goal, placements: Placements) -> float:
    if isinstance(goal, OF_HOUSEHOLDS):
        return sum(
            household_value(facts, goal, household, placements.get(household.id))
            for household in facts.instance.households
        )
    if isinstance(goal, Evenness):
        return evenness(facts, goal.measure, placements)
    if isinstance(goal, Fit):
        return sum(empty_beds(facts, kind, placements) for kind in facts.kinds)
    if isinstance(goal, Seats):
        return members_without_seat(facts, placements)
    assert isinstance(goal, PeerSupport)
    return persons_without_support(facts, placements)


def household_value(facts: Facts, goal: Goal, household: Household, place: Place | None) -> float:
    """Return what one household adds to a goal that is a sum over households."""
    return _unplaced(goal, household) if place is None else _placed(facts, goal, household, facts.sites[place.site])


def _unplaced(goal: Goal, household: Household) -> int:
    if isinstance(goal, KeepHoused) and household.current_site is not None:
        return household.size
    return household.size * household.priority if isinstance(goal, Placed) else 0


def _placed(facts: Facts, goal: Goal, household: Household, site: Site) -> float:
    if isinstance(goal, Stability):
        return household.size if household.current_site not in {None, site.id} else 0
    if isinstance(goal, Proximity):
        return _way(facts, goal, household, site.id)
    if isinstance(goal, Wishes):
        return household.size * _rank(household, site.district, goal.depth)
    if isinstance(goal, Cost):
        return household.size * site.cost
    return -_utility(facts, household.id, site.id) if isinstance(goal, Utility) else 0


def _way(facts: Facts, goal: Proximity, household: Household, site: str) -> float:
    way = 0.0
    for kind, members in household.needs.items():
        metres = facts.metres_to_kind(site, kind)
        way += goal.weights.get(kind, 1.0) * members * (goal.out_of_reach if metres == math.inf else metres)
    for anchor in household.anchors:
        way += anchor.weight * facts.metres_to_point(site, anchor.x, anchor.y)
    return way


def _rank(household: Household, district: str, depth: int) -> int:
    if not household.wishes:
        return 0
    return min(household.wishes.index(district), depth) if district in household.wishes else depth


def _utility(facts: Facts, household: str, site: str) -> float:
    table = facts.instance.utilities
    if table is None or household not in table.rows or site not in table.columns:
        return 0.0
    return table.data[table.rows.index(household)][table.columns.index(site)] or 0.0


def evenness(facts: Facts, measure: str, placements: Placements) -> float:
    loads = {district: facts.housed_in(district) for district in facts.districts}
    for household_id, place in placements.items():
        loads[facts.district_of(place.site)] += facts.households[household_id].size
    shares = facts.target_shares
    if measure == "persons_to_move":
        in_all = sum(loads.values())
        return sum(abs(load - shares[district] * in_all) for district, load in loads.items()) / 2
    # A target counts everyone, also who is left unplaced.
    targets = {district: shares[district] * facts.persons_in_all for district in loads}
    if measure == "max_ratio":
        return max(load / max(targets[district], 1.0) for district, load in loads.items())
    return sum(
        (load - targets[district]) ** 2 / max(targets[district], 1.0) for district, load in loads.items()
    )


def empty_beds(facts: Facts, kind: tuple[str, str], placements: Placements) -> int:
    """Return the beds that stay empty in the units in use of one kind."""
    if facts.kinds[kind].sharing == "dormitory":
        return 0
    members = members_of(facts, kind, placements)
    stayers = [household for household in members if facts.stays(household, *kind)]
    others = [household for household in members if not facts.stays(household, *kind)]
    if kind in facts.lived_in:  # beds count for all, and who stays may share with who comes
        beds = units_in_use(facts, kind, members, placements) * facts.capacity(*kind, 1)
    else:
        beds = units_in_use(facts, kind, stayers, placements) * facts.capacity(*kind, 1, staying=True)
        beds += units_in_use(facts, kind, others, placements) * facts.capacity(*kind, 1)
    return max(0, beds - sum(household.size for household in members))
