"""excluded and fixed."""

import pytest

from .small import broken, city, household, site

SITES = [site("s", "a"), site("t", "b")]


@pytest.mark.parametrize(
    ("excludes", "rules"),
    [
        ({}, []),
        ({"excluded_sites": {"t"}, "excluded_districts": {"b"}}, []),
        ({"excluded_sites": {"s"}}, ["excluded"]),
        ({"excluded_districts": {"a"}}, ["excluded"]),
    ],
)
@pytest.mark.parametrize("current", [None, "s"])
def test_nobody_is_placed_where_it_is_excluded_not_even_who_lives_there(excludes, rules, current):
    instance = city(SITES, [household("h", current_site=current, **excludes)])
    assert broken(instance, h="s") == rules


def test_who_is_fixed_is_placed_there():
    instance = city(SITES, [household("h", fixed_site="t")])
    assert broken(instance, h="t") == []
    assert broken(instance, h="s") == ["fixed"]
    assert broken(instance) == ["fixed"]  # left unplaced


def test_a_fixed_site_binds_who_could_stay():
    instance = city(SITES, [household("h", fixed_site="t", current_site="s")])
    assert broken(instance, h="s") == ["fixed"]


def test_a_fixed_placement_excuses_nothing_else():
    instance = city([site(admits=set())], [household("h", fixed_site="s", excluded_sites={"s"})])
    assert broken(instance, h="s") == ["admits", "excluded"]
