"""open and min_stay."""

import datetime as dt

import pytest

import dezentral as dz

from .small import FLAT, broken, city, household, site

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
