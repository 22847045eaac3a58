"""Evenness: three measures."""

import pytest

import dezentral as dz

from .small import city, household, site, value

# housed 3 + 1 in a, 1 in b; households 2 + 4 + 1: N = 12
SITES = [site("s", "a", housed=1), site("t", "b")]
PEOPLE = [household("f", 2), household("g", 4), household("h", 1)]


def spread(a: object, b: object) -> dz.Instance:
    districts = [dz.District(id="a", housed=3, **a), dz.District(id="b", housed=1, **b)]
    return city(SITES, PEOPLE, districts=districts)


BY_POPULATION = spread({"population": 3000}, {"population": 1000})  # shares 3/4, 1/4: targets 9, 3


def measured(instance: dz.Instance, measure: str, **where: str) -> float:
    return value(instance, dz.Evenness(measure=measure), **where)


def test_chi_square_from_targets_of_all_placed_or_not():
    # f at s, g at t, h unplaced: loads 3 + 1 + 2 = 6, 1 + 4 = 5; (6 − 9)² / 9 + (5 − 3)² / 3 = 1 + 4/3
    assert measured(BY_POPULATION, "chi2", f="s", g="t") == pytest.approx(7 / 3, rel=1e-12)


def test_persons_to_move_from_targets_of_those_who_are_there():
    # loads 6 and 5, Σ = 11: targets 8.25 and 2.75; ½ (2.25 + 2.25)
    assert measured(BY_POPULATION, "persons_to_move", f="s", g="t") == pytest.approx(2.25, rel=1e-12)


def test_max_ratio():
    assert measured(BY_POPULATION, "max_ratio", f="s", g="t") == pytest.approx(5 / 3, rel=1e-12)
    assert measured(BY_POPULATION, "max_ratio", g="s") == pytest.approx(8 / 9, rel=1e-12)  # 3 + 1 + 4 of 9


def test_target_weights_stand_before_population():
    instance = spread({"population": 3000, "target_weight": 1.0}, {"population": 1000, "target_weight": 2.0})
    # targets 4 and 8, loads 6 and 5: 4/4 + 9/8
    assert measured(instance, "chi2", f="s", g="t") == pytest.approx(17 / 8, rel=1e-12)


def test_a_target_below_one_person_divides_as_one():
    instance = spread({"population": 12}, {"population": 0})  # targets 12 and 0
    # nobody placed: loads 4 and 1: 64/12 + 1/1; ratio max(4/12, 1/1)
    assert measured(instance, "chi2") == pytest.approx(64 / 12 + 1, rel=1e-12)
    assert measured(instance, "max_ratio") == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("measure", ["chi2", "persons_to_move", "max_ratio"])
def test_without_districts_nothing_is_uneven(measure):
    assert measured(dz.Instance(districts=(), sites=()), measure) == 0.0
