"""Exchanges from plans with people at a closed site: who leaves it had to go, which is no move that counts."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

import dezentral as dz
from dezentral.strategy.exchanging import exchange
from tests.strategy.test_exchange import FLAT, at, gain, known, not_less_even, ring, sites, wish

DAY = dt.date(2026, 3, 1)


def limited(**rules: object) -> dz.Policy:
    return dz.Policy(rules=dz.Rules(**rules), levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness())])


def closed_a(*households: dz.Household, **more: object) -> dz.Instance:
    """Let site sa of the ring be closed on the planning day."""
    city = ring(*households, date=DAY, **more)
    return city.replace(sites=[city.sites[0].model_copy(update={"open_until": DAY}), *city.sites[1:]])


def test_who_leaves_a_closed_site_uses_up_no_move():
    # g and h live in sa, which is closed. Neither may use up the one move that i needs to get to d: all three gain
    # a rank for two persons each.
    city = closed_a(
        wish("g", "b", current_site="sa"), wish("h", "c", current_site="sa"), wish("i", "d", current_site="sc")
    )
    plan = at(city, g="sa", h="sa", i="sc")
    policy = dz.Policy(rules=dz.Rules(max_moves=1), levels=[dz.Level(dz.Placed())])
    result = exchange(city, policy, plan)
    assert sites(result) == ["sb", "sc", "sd"]
    assert (result.levels[0].value, result.status) == (-6.0, dz.Status.OPTIMAL)
    assert dz.check(city, policy, result.plan) == ()


def test_who_is_only_placed_there_has_moved_already_and_may_move_on():
    # One move more than allowed, before as after: nothing breaks newly. h stays at home, it would be another.
    city = closed_a(wish("g", "b", current_site="sd"), wish("h", "d", current_site="sc"))
    assert sites(exchange(city, limited(max_moves=0), at(city, g="sa", h="sc"))) == ["sb", "sc"]


def test_a_candidate_is_closed_too():
    city = ring(wish("g", "b", current_site="sa"))
    city = city.replace(sites=[city.sites[0].model_copy(update={"opening_cost": 1.0}), *city.sites[1:]])
    assert sites(exchange(city, limited(max_moves=0), at(city, g="sa"))) == ["sb"]


def test_nobody_comes_to_a_stand_in():
    # h gains nothing in a closed district a, even with g gone; it stays at its second wish.
    city = closed_a(wish("g", "b", current_site="sa"), wish("h", "a", "c"))
    assert sites(exchange(city, limited(max_moves=0), at(city, g="sa", h="sc"))) == ["sb", "sc"]


@pytest.mark.parametrize("near", [True, False])
def test_a_service_too_far_keeps_them_away(near):
    # The school is at sb, 2 km from sa and sc: g, who lives at sa, is new at sb and sc.
    at_b = {"sa": 2000.0, "sb": 10.0, "sc": 2000.0, "sd": 2000.0}
    city = closed_a(
        wish("g", "b" if near else "c", current_site="sa", needs={"school": 1}),
        services=[dz.Service(id="k", kind="school")],
        distances=dz.Table(rows=list(at_b), columns=["k"], data=[[metres] for metres in at_b.values()]),
    )
    result = exchange(city, limited(max_moves=0, max_distance={"school": 1000}), at(city, g="sa"))
    assert sites(result) == ["sb" if near else "sa"]


def test_where_seats_are_limited_or_people_related_leaving_counts():
    seats = closed_a(wish("g", "b", current_site="sa"))
    assert sites(exchange(seats, limited(max_moves=0, service_capacity=True), at(seats, g="sa"))) == ["sa"]
    related = closed_a(
        wish("g", "b", current_site="sa"),
        wish("h"),
        relations=[dz.Relation(kind="different_site", households=["g", "h"])],
    )
    assert sites(exchange(related, limited(max_moves=0), at(related, g="sa", h="sd"))) == ["sa", "sd"]


@pytest.mark.parametrize("seed", range(40))
def test_no_exchange_gains_more(seed):
    """Two or three of four households live at the closed site; all exchanges that break no rule newly are tried."""
    dice = random.Random(seed)  # noqa: S311  nothing secret
    city, policy, plan = drawn(dice)
    result = exchange(city, policy, plan)
    before = {known(one) for one in dz.check(city, policy, plan)}
    assert {known(one) for one in dz.check(city, policy, result.plan)} <= before
    gained = gain(city, plan, result.plan)
    assert gained == -result.levels[0].value == best(city, policy, plan, before)
    assert not_less_even(city, policy, plan, result.plan)


def drawn(dice: random.Random) -> tuple[dz.Instance, dz.Policy, dz.Plan]:
    units = {key: FLAT.model_copy(update={"count": dice.randint(1, 2)}) for key in "bcd"}
    homes = ["sa", "sa", dice.choice(["sa", "sb"]), dice.choice(["sc", "sd", None])]
    people = [
        wish(key, *dice.sample("bcd", dice.randint(1, 2)), size=dice.randint(1, 2), current_site=home)
        for key, home in zip("ghij", homes, strict=True)
    ]
    city = closed_a(*people)
    city = city.replace(
        sites=[city.sites[0], *(one.model_copy(update={"units": (units[one.id[1]],)}) for one in city.sites[1:])],
        districts=[one.model_copy(update={"max_persons": dice.choice([None, 3])}) for one in city.districts],
    )
    rules = {"max_moves": dice.randint(0, 2), "max_site_persons": dice.choice([None, 3])}
    where = {one.id: one.current_site or dice.choice(["sb", "sc", "sa"]) for one in people}
    return city, limited(**rules), at(city, **where)


def best(city: dz.Instance, policy: dz.Policy, plan: dz.Plan, before: set[tuple[object, ...]]) -> int:
    most = 0
    own = [one.site for one in plan.placements]
    for choice in itertools.product(*([home, "sb", "sc", "sd"] for home in own)):
        after = at(city, **{one.household: site for one, site in zip(plan.placements, choice, strict=True)})
        gained = gain(city, plan, after)
        if gained is not None and gained > most and not_less_even(city, policy, plan, after):
            allowed = {known(one) for one in dz.check(city, policy, after)} <= before
            most = gained if allowed else most
    return most
