"""Named, composable, seeded changes of an instance."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from dezentral import scenarios
from tests.strategies import tiny_instances
from tests.strategy.town import PLACED, town

DAY = dt.date(2026, 3, 1)


def test_changes_are_made_one_after_the_other_and_leave_their_start_alone():
    city = town(date=DAY)
    site = dz.Site(id="sc", district="a", units=[dz.Unit(id="flat", beds=4)])
    change = scenarios.new_site(site) + scenarios.closure("sc") + scenarios.rule_change(max_moves=2)
    after = change(dz.Scenario(city, PLACED))
    assert change.name == "new site sc + closure of sc + max_moves = 2"
    assert after.instance.sites[-1].open_until == DAY
    assert after.policy.rules.max_moves == 2
    assert after.policy.levels == PLACED.levels
    assert city == town(date=DAY)


def test_a_closure_does_not_postpone_one_that_comes_earlier():
    city = scenarios.closure("sa", dt.date(2026, 5, 1))(town(date=DAY)).instance
    assert scenarios.closure("sa", dt.date(2027, 1, 1))(city).instance.sites[0].open_until == dt.date(2026, 5, 1)
    assert scenarios.closure("sa", dt.date(2026, 4, 1))(city).instance.sites[0].open_until == dt.date(2026, 4, 1)


def test_who_lives_at_a_closed_site_has_to_go():
    # 4 flats, one site closes: of 4 persons 2 are placed at the other one.
    city = town(4, date=DAY)
    built = scenarios.build(city, PLACED, [scenarios.combine(), scenarios.closure("sa")])
    frame = dz.run_scenarios(built)
    assert frame["scenario"].tolist() == ["as it is", "closure of sa"]
    assert frame["value_1"].tolist() == [0.0, 2.0]


@settings(max_examples=60)
@given(tiny_instances(), st.integers(0, 30), st.integers(0, 9))
def test_an_influx_is_of_those_who_are_like_the_others_and_seeded(city, persons, seed):
    if not city.households:
        return
    change = scenarios.influx(persons, seed)
    after = change(city).instance
    newcomers = after.households[len(city.households) :]
    least = min(household.size for household in city.households)
    assert after == change(city).instance
    assert persons - least < sum(household.size for household in newcomers) <= persons
    assert all(household.current_site is None and household.arrival == city.date for household in newcomers)
    twice = (change + change)(city).instance
    assert twice.households[: len(after.households)] == after.households


def test_another_seed_is_another_influx():
    city = dz.datasets.stuttgart(persons=200)
    sizes = [tuple(one.size for one in scenarios.influx(60, seed)(city).instance.households) for seed in (0, 1)]
    assert sizes[0] != sizes[1]


@pytest.mark.parametrize(
    ("start", "change", "says"),
    [
        (town(0, date=DAY), lambda: scenarios.influx(3), "households to draw from"),
        (town(), lambda: scenarios.influx(-1), "0 or more"),
        (town(), lambda: scenarios.influx(1, seed=1.5), "0 or more"),
        (town(date=DAY), lambda: scenarios.closure("x"), "one of sa, sb"),
        (town(), lambda: scenarios.closure("sa"), "planning day"),
        (town(), lambda: scenarios.new_site(town().sites[0]), "each id once"),
        (town(), lambda: scenarios.rule_change(max_moves=1), "the policy whose rules"),
        (town(), lambda: scenarios.rule_change(most=1), "no such field"),
        (town(), lambda: dz.Scenario("town"), "an Instance"),
        (town(), lambda: dz.Scenario(town(), "policy"), "a Policy"),
    ],
)
def test_what_cannot_be_changed_is_said(start, change, says):
    with pytest.raises(dz.DezentralError, match=says):
        change()(start)


def test_a_planning_day_opens_and_closes_sites():
    assert scenarios.planning_day(DAY)(town()).instance.date == DAY


SITE = dz.Site(id="sc", district="a", units=[dz.Unit(id="flat", beds=4)])


@pytest.mark.parametrize(
    "change",
    [
        scenarios.influx(6, seed=1),
        scenarios.influx(4, like=[dz.Household(id="pair", size=2)], arrival=DAY),
        scenarios.closure("sa", DAY),
        scenarios.new_site(SITE),
        scenarios.planning_day(DAY),
        scenarios.rule_change(max_moves=1, operator_capacity={"x": 3}),
        scenarios.combine(scenarios.influx(2), scenarios.new_site(SITE)) + scenarios.rule_change(max_moves=2),
        scenarios.combine(),
    ],
    ids=lambda change: change.name,
)
def test_a_change_can_be_sent_to_another_process(change):
    start = dz.Scenario(town(date=DAY), PLACED)
    sent = pickle.loads(pickle.dumps(change))  # noqa: S301  its own bytes
    assert {change: "known"}[sent] == "known"
    assert sent(start) == change(start)


def test_a_change_has_a_name_and_returns_a_scenario():
    with pytest.raises(dz.InstanceError) as caught:
        scenarios.Change([], None)
    assert [str(fault) for fault in caught.value.faults] == [
        "change, name: 'list'; allowed: text",
        "change, apply: 'NoneType'; allowed: a function: Scenario → Scenario",
    ]
    forgetful = scenarios.Change("forgets", lambda scenario: scenario.instance)
    with pytest.raises(dz.InstanceError, match="what 'forgets' returns: 'Instance'; allowed: a Scenario"):
        forgetful(town())


def test_what_is_wrong_in_several_scenarios_is_told_at_once():
    changes = {"x": scenarios.closure("nowhere"), "y": [], "z": scenarios.closure("elsewhere")}
    with pytest.raises(dz.InstanceError) as error:
        scenarios.build(town(date=DAY), PLACED, changes)
    assert [fault.value for fault in error.value.faults] == ["nowhere", "elsewhere"]


def test_two_changes_of_one_name_need_names_of_their_own():
    """Else one of them would be lost without a word."""
    ones, twos = ([dz.Household(id="h", size=size)] for size in (1, 2))
    changes = [scenarios.influx(2, like=ones), scenarios.influx(2, like=twos)]
    with pytest.raises(dz.InstanceError, match="each name once"):
        scenarios.build(town(date=DAY), PLACED, changes)
    assert list(scenarios.build(town(date=DAY), PLACED, dict(zip("ab", changes, strict=True)))) == ["a", "b"]
