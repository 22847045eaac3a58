"""open and min_stay."""

import datetime as dt

import pytest

import dezentral as dz
from dezentral.checks import check

from .small import FLAT, broken, city, household, plan_for, site

TODAY = dt.date(2026, 3, 1)
ROOM = dz.Unit(id="room", beds=2)


@pytest.mark.parametrize(
    ("dates", "rules"),
    [
        ({}, []),
        ({"open_from": TODAY}, []),  # open from its first day on
        ({"open_from": dt.date(2026, 3, 2)}, ["open"]),
        ({"open_until": dt.date(2026, 3, 2)}, []),  # the last day
        ({"open_until": TODAY}, ["open"]),
        ({"opening_cost": 0.0}, ["open"]),  # a candidate, even a free one
    ],
)
def test_nobody_is_placed_at_a_closed_site(dates, rules):
    instance = city([site(**dates)], [household("h")], date=TODAY)
    assert broken(instance, h="s") == rules


def test_without_a_planning_day_dates_are_ignored_but_candidates_stay_closed():
    closed = site(open_until=dt.date(2020, 1, 1))
    assert broken(city([closed], [household("h")]), h="s") == []
    assert broken(city([site(opening_cost=5.0)], [household("h")]), h="s") == ["open"]


def test_a_closed_site_binds_who_lives_there():
    instance = city([site(open_until=TODAY)], [household("h", current_site="s")], date=TODAY)
    assert broken(instance, h="s") == ["open"]


@pytest.mark.parametrize(("days", "rules"), [(30, []), (31, ["min_stay"]), (10**6, ["min_stay"])])
def test_a_new_placement_lasts_the_minimal_stay(days, rules):
    # 1 March + 30 days = 31 March = open_until: just enough
    instance = city([site(open_until=dt.date(2026, 3, 31))], [household("h")], date=TODAY)
    assert broken(instance, {"min_stay_days": days}, h="s") == rules


def test_who_stays_may_stay_until_the_site_closes():
    there = site(units=[FLAT, ROOM], open_until=dt.date(2026, 3, 31))
    instance = city([there], [household("h", current_site="s", current_unit="flat")], date=TODAY)
    assert broken(instance, {"min_stay_days": 31}, h="s") == []
    # another unit kind at the current site is judged like a new placement
    assert broken(instance, {"min_stay_days": 31}, h=("s", "room")) == ["min_stay"]


def test_the_minimal_stay_needs_a_planning_day():
    instance = city([site(open_until=dt.date(2026, 3, 31))], [household("h")])
    assert broken(instance, {"min_stay_days": 31}, h="s") == []


def test_without_a_minimal_stay_a_closed_site_breaks_one_rule_only():
    instance = city([site(open_until=dt.date(2025, 1, 1))], [household("h")], date=TODAY)
    assert broken(instance, h="s") == ["open"]


def test_the_message_tells_for_how_long_one_could_stay():
    instance = city([site(open_until=dt.date(2026, 3, 31))], [household("h")], date=TODAY)
    policy = dz.Policy(rules=dz.Rules(min_stay_days=40))
    [violation] = check(instance, policy, plan_for(instance, h="s"))
    assert "for 30 days, until 2026-03-31; at least 40 days" in violation.message
    # a site that is closed already could be stayed at for no day, not for fewer
    [_, late] = check(instance.replace(date=dt.date(2026, 4, 2)), policy, plan_for(instance, h="s"))
    assert "for 0 days, until 2026-03-31" in late.message


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"opening_cost": 5.0}, "is a candidate that is not opened"),
        ({"open_from": dt.date(2026, 3, 2)}, "opens only on 2026-03-02"),
        ({"open_until": TODAY}, "is closed from 2026-03-01 on"),
        ({"open_from": TODAY, "open_until": TODAY}, "is closed from 2026-03-01 on"),
    ],
)
def test_the_message_tells_why_a_site_is_closed(own, said):
    instance = city([site(**own)], [household("h")], date=TODAY)
    [violation] = check(instance, dz.Policy(), plan_for(instance, h="s"))
    assert said in violation.message
