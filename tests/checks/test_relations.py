"""relation: placed households pairwise."""

import pytest

import dezentral as dz
from dezentral.checks import check

from .small import FLAT, broken, city, household, plan_for, site

# s and t lie in district a, r in district b
SITES = [site("s", "a", [FLAT, dz.Unit(id="other", beds=4)]), site("t", "a"), site("r", "b")]


def related(kind: str, **homes: str | None) -> dz.Instance:
    people = [household(key, current_site=home) for key, home in homes.items()]
    return city(SITES, people, relations=[dz.Relation(kind=kind, households=tuple(homes))])


@pytest.mark.parametrize(
    ("kind", "together", "near", "far"),
    [
        ("same_site", [], ["relation"], ["relation"]),
        ("same_district", [], [], ["relation"]),
        ("different_site", ["relation"], [], []),
        ("different_district", ["relation"], ["relation"], []),
    ],
)
def test_each_kind_of_relation(kind, together, near, far):
    instance = related(kind, g=None, h=None)
    assert broken(instance, g="s", h="s") == together
    assert broken(instance, g="s", h="t") == near
    assert broken(instance, g="s", h="r") == far
    assert broken(instance, g="s") == []  # who is unplaced is not bound


def test_belonging_together_does_not_bind_two_who_both_stay():
    instance = related("same_site", g="s", h="t")
    assert broken(instance, g="s", h="t") == []
    assert broken(instance, g="s", h="r") == ["relation"]  # h moves, and not to g


def test_keeping_apart_binds_two_who_both_stay():
    assert broken(related("different_site", g="s", h="s"), g="s", h="s") == ["relation"]
    assert broken(related("different_district", g="s", h="t"), g="s", h="t") == ["relation"]


def test_another_unit_kind_at_the_current_site_is_no_staying():
    people = [household("g", current_site="s", current_unit="flat"), household("h", current_site="t")]
    instance = city(SITES, people, relations=[dz.Relation(kind="same_site", households=("g", "h"))])
    assert broken(instance, g="s", h="t") == []
    assert broken(instance, g=("s", "other"), h="t") == ["relation"]


def test_only_those_in_a_broken_pair_are_named():
    # f and g stay at s and t: no pair. h comes to s: a pair with g alone.
    instance = related("same_site", f="s", g="t", h=None)
    (violation,) = check(instance, dz.Policy.default(), plan_for(instance, f="s", g="t", h="s"))
    assert violation.households == ("g", "h")
    assert violation.sites == ("s", "t")


def test_of_many_to_be_kept_apart_only_those_together_are_named():
    instance = related("different_site", f=None, g=None, h=None)
    (violation,) = check(instance, dz.Policy.default(), plan_for(instance, f="s", g="t", h="s"))
    assert (violation.households, violation.sites) == (("f", "h"), ("s",))
