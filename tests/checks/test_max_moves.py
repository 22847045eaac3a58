"""max_moves: households placed at another site although they could stay."""

import datetime as dt

import pytest

import dezentral as dz

from .small import FLAT, broken, city, household, site

TODAY = dt.date(2026, 3, 1)
SITES = [site("s", "a", [FLAT, dz.Unit(id="other", beds=4)]), site("t", "b"), site("old", "c", open_until=TODAY)]


def moving(**more: object) -> dz.Instance:
    return city(SITES, [household("h", 3, **more)], date=TODAY)


@pytest.mark.parametrize(("most", "rules"), [(2, []), (1, ["max_moves"]), (0, ["max_moves"]), (None, [])])
def test_households_that_move_are_counted(most, rules):
    people = [household(key, 3, current_site="s") for key in "fgh"]
    assert broken(city(SITES, people), {"max_moves": most}, f="t", g="t", h="s") == rules


@pytest.mark.parametrize(
    "excuse",
    [
        {"current_site": None},  # comes in
        {"current_site": "t"},  # stays
        {"current_site": "old"},  # closed
        {"current_site": "s", "excluded_sites": {"s"}},
        {"current_site": "s", "excluded_districts": {"a"}},
        {"current_site": "s", "fixed_site": "t"},
    ],
)
def test_who_cannot_stay_does_not_count(excuse):
    assert broken(moving(**excuse), {"max_moves": 0}, h="t") == []


def test_who_could_stay_counts():
    assert broken(moving(current_site="s"), {"max_moves": 0}, h="t") == ["max_moves"]
    # fixed at home, moved against it: that move counts
    assert broken(moving(current_site="s", fixed_site="s"), {"max_moves": 0}, h="t") == ["fixed", "max_moves"]


def test_unplaced_households_and_other_unit_kinds_are_no_moves():
    instance = moving(current_site="s", current_unit="flat")
    assert broken(instance, {"max_moves": 0}) == []
    assert broken(instance, {"max_moves": 0}, h=("s", "other")) == []
