"""Random tiny problems whose numbers are stretched towards their limits: persons, metres, weights, costs, utilities."""

from __future__ import annotations

import json
from typing import Any

from dezentral import Instance, Level, PeerSupport, Placed, Policy, Rules, Seats
from dezentral.domain.fields import MOST_PERSONS
from tests.oracle.dice import Dice
from tests.strategies import drawn_problem

COSTS = (1e-6, 1e6, -1e6, 1e12, -1e12, 0.1, 1 / 3)
WEIGHTS = (1e-6, 1e6, 1.0, 0.1, 1e-3, 1 / 3)
ONE_BY_ONE = (Seats, PeerSupport)  # the enumeration counts their persons one by one: a million is too many for it
_MOST_PLANS, _MOST_GOALS = 3_000, 4


def stretched_problem(dice: Dice) -> tuple[Instance, Policy]:
    """Draw a problem with one level, for the limits that a level leaves to the next are as wide as its numbers."""
    instance, policy = drawn_problem(dice, _MOST_PLANS)
    persons, people = dice.pick((1, 1, 10**3, 10**6)), dice.pick((1, 10**6, 10**7))
    metres = dice.pick((1.0, 1.0, 3000.0, 1e-3))
    data = instance.model_dump(mode="json")
    _stretch_places(dice, data, persons, people, metres)
    _stretch_households(dice, data, persons)
    if data["utilities"]:
        factor = dice.pick((1, 1e-6, 1e6, 2.5e11, 1 / 3))
        rows = data["utilities"]["data"]
        data["utilities"]["data"] = [[None if cell is None else cell * factor for cell in row] for row in rows]
    return Instance.model_validate_json(json.dumps(data)), _stretched_policy(dice, policy, persons, metres)


def _times(value: Any, factor: float) -> Any:
    return None if value is None else min(value * factor, MOST_PERSONS)


def _move(point: dict[str, Any], metres: float) -> None:
    for axis, origin in (("x", 500_000.0), ("y", 5_400_000.0)):
        if point[axis] is not None:
            point[axis] = (point[axis] - origin) * metres


def _stretch_places(dice: Dice, data: dict[str, Any], persons: int, people: int, metres: float) -> None:
    for place in [*data["districts"], *data["sites"]]:
        place |= {field: _times(place[field], persons) for field in ("housed", "max_persons")}
    for district in data["districts"]:
        district["population"] *= people
        district["support"] = {key: n * persons for key, n in district["support"].items()}
    for site in data["sites"]:
        _move(site, metres)
        site["cost"] = dice.pick((site["cost"], *COSTS))
        for unit in site["units"]:
            unit["beds"] *= persons
            unit["area_m2"] = None if unit["area_m2"] is None else unit["area_m2"] * persons
    for service in data["services"]:
        _move(service, metres)
        service["capacity"] = _times(service["capacity"], persons)
        service["reach"] = None if service["reach"] is None else service["reach"] * metres
    for household in data["households"]:
        for anchor in household["anchors"]:
            _move(anchor, metres)


def _stretch_households(dice: Dice, data: dict[str, Any], persons: int) -> None:
    for household in data["households"]:
        household["size"] *= 1 if household["sex"] else persons  # a person living alone stays one
        household["needs"] = {kind: min(n * persons, household["size"]) for kind, n in household["needs"].items()}
        household["supports"] *= persons
        household["priority"] = dice.pick((household["priority"], 1, 10**6))
        for anchor in household["anchors"]:
            anchor["weight"] = dice.pick((anchor["weight"], 1e-6, 1e6))


def _stretched_policy(dice: Dice, policy: Policy, persons: int, metres: float) -> Policy:
    rules = policy.rules.model_dump(mode="json")
    rules["max_site_persons"] = _times(rules["max_site_persons"], persons)
    rules["operator_capacity"] = {key: _times(n, persons) for key, n in rules["operator_capacity"].items()}
    rules["max_distance"] = {kind: nearest * metres for kind, nearest in rules["max_distance"].items()}
    rules["service_capacity"] = rules["service_capacity"] and persons == 1
    goals = [goal for level in policy.levels for goal in level.goals]
    goals = [goal for goal in goals if persons == 1 or not isinstance(goal, ONE_BY_ONE)][:_MOST_GOALS]
    weighted = [goal.model_copy(update={"weight": dice.pick(WEIGHTS)}) for goal in goals]
    if not weighted or dice.pick((True, False)):
        weighted.append(Placed(weight=dice.pick((1e6, 1e3, 1.0))))
    return Policy(rules=Rules.model_validate_json(json.dumps(rules)), levels=(Level(*weighted),))
