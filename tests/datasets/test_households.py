from __future__ import annotations

import datetime as dt
from collections import Counter

from dezentral.datasets import stuttgart


def _type(household):
    needs = tuple(household.needs.items())
    return (household.size, household.sex, household.traits, household.requires, needs, household.wishes)


def test_shares_are_the_published_ones(city):
    alone = [household for household in city.households if household.size == 1]
    assert len(alone) == 3_600  # 36 % of the persons
    assert Counter(household.sex for household in alone)["m"] / len(alone) == 0.695
    children = sum(household.needs.get(kind, 0) for household in city.households for kind in ("school", "kita"))
    assert 0.29 < children / 10_000 < 0.34  # a third, infants needing neither


def test_family_sizes_follow_the_extract(city):
    # 6,400 persons in families; 177 families of the pattern hold 692, so each count is 6400/692 times the pattern's,
    # rounded down; what is left goes to families of four and the last one
    sizes = Counter(household.size for household in city.households)
    assert {size: sizes[size] for size in (3, 6, 7, 8)} == {3: 314, 6: 194, 7: 55, 8: 9}
    assert sizes[4] in {379, 380, 381}
    assert sum(size * count for size, count in sizes.items()) == 10_000


def test_sex_is_known_of_persons_alone_only(city):
    for household in city.households:
        assert (household.sex is None) == (household.size > 1)


def test_traits_fit_the_household(city):
    for household in city.households:
        assert ("family" in household.traits) == (household.size > 1)
        assert household.size > 1 or ("woman" in household.traits) == (household.sex == "f")
        assert household.traits <= {"family", "woman", "vulnerable"}
    assert any({"family", "woman"} <= household.traits for household in city.households)


def test_special_needs_are_few_and_ordinary_ones_common(city):
    total = len(city.households)
    assert 0.02 < sum("step_free" in household.requires for household in city.households) / total < 0.04
    assert 0.85 < sum(bool(household.needs) for household in city.households) / total < 0.95
    assert {kind for household in city.households for kind in household.needs} == {
        "school",
        "kita",
        "clinic",
        "language_course",
        "counselling",
        "volunteer_circle",
        "leisure",
    }


def test_three_in_ten_wish_for_one_to_three_districts(city):
    wishes = [household.wishes for household in city.households if household.wishes]
    assert round(len(wishes) / len(city.households), 2) == 0.3
    assert {len(wish) for wish in wishes} == {1, 2, 3}


def test_peer_support_needs_a_language(city):
    assert all(household.languages for household in city.households)
    assert 0 < sum(household.supports > 0 for household in city.households) < 0.1 * len(city.households)
    assert 0 < sum(household.seeks_support for household in city.households) < 0.15 * len(city.households)
    seekers = {language for h in city.households if h.seeks_support for language in h.languages}
    assert seekers & {language for district in city.districts for language in district.support}


def test_arrivals_lie_within_eighteen_months_and_ids_follow_them(city):
    arrivals = [household.arrival for household in city.households]
    assert arrivals == sorted(arrivals)
    assert dt.date(2025, 4, 30) < arrivals[0] <= arrivals[-1] < city.date == dt.date(2026, 11, 1)
    assert [household.id for household in city.households] == sorted(household.id for household in city.households)


def test_households_repeat_so_that_they_can_be_counted_by_type(city):
    assert len({_type(household) for household in city.households}) <= 1_200
    assert len(city.households) > 5_000


def test_more_persons_keep_the_shares():
    city = stuttgart(persons=3_000, seed=9)
    assert sum(household.size == 1 for household in city.households) == 1_080
