"""Pools: cap(k), who lives where today, and how many units a household takes."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dezentral as dz
from dezentral.compiled import DORMITORY, HOUSEHOLD, SAME_SEX, compile_instance
from dezentral.compiled.pools import places_in, units_for
from tests.checks.small import city, household, site


def compiled(sites, people=(), **rules):
    return compile_instance(city(sites, people), dz.Policy(rules=dz.Rules(**rules)))


@pytest.mark.parametrize(
    ("units", "beds", "by_area", "cap"),
    [
        (1, 4, math.inf, 4),
        (3, 4, math.inf, 12),
        (1, 4, 20 / 7, 2),  # ⌊2.857⌋
        (2, 4, 20 / 7, 5),  # ⌊5.714⌋: connected units share their area
        (2, 2, 20 / 7, 4),  # beds
        (1, 4, 21 / 7, 3),
        (3, 9, 0.7 / 0.3, 7),  # 3 × 2.3333… is 7, whatever floats say
        (1, 4, 0.5, 0),
    ],
)
def test_cap_by_hand(units, beds, by_area, cap):
    assert places_in(units, beds, by_area) == cap


@given(st.integers(1, 30), st.integers(1, 6), st.floats(0.05, 10) | st.just(math.inf))
def test_the_least_number_of_units_holds_the_household_and_one_less_does_not(size, beds, by_area):
    units = units_for(size, beds, by_area)
    assert places_in(units, beds, by_area) >= size
    assert places_in(units - 1, beds, by_area) < size


@pytest.mark.parametrize(("most", "needed"), [(1, [1, 0, 0]), (2, [1, 2, 0]), (3, [1, 2, 3]), (9, [1, 2, 3])])
def test_units_up_to_what_the_rule_allows(most, needed):
    # 20 m² at 7 m²: cap 2, 5, 8, for 2, 5 and 6 persons; 4 beds: 4, 8, 12
    flat = dz.Unit(id="flat", beds=4, count=9, area_m2=20.0)
    people = [household("f", 2), household("g", 5), household("h", 6)]
    own = compiled([site(units=[flat])], people, min_area_per_person_m2=7.0, max_units_per_household=most)
    assert own.units[:, 0].tolist() == needed


def test_who_stays_needs_units_by_beds_and_no_more_than_there_are():
    flat = dz.Unit(id="flat", beds=4, count=2, area_m2=1.0)
    people = [household("g", 7, current_site="s"), household("h", 9, current_site="s"), household("i", 1)]
    own = compiled([site(units=[flat])], people, min_area_per_person_m2=7.0)
    assert own.units[:, 0].tolist() == [2, 0, 0]  # ⌈7/4⌉; ⌈9/4⌉ > 2; no area for anyone new
    assert own.stays[:, 0].tolist() == [True, True, False]


def test_places_in_a_dormitory_and_among_persons_alone():
    units = [
        dz.Unit(id="hall", beds=3, count=2, sharing="dormitory"),
        dz.Unit(id="room", beds=2, count=2, sharing="same_sex"),
    ]
    own = compiled([site(units=units)], [household("f", 1), household("g", 6), household("h", 7)])
    assert own.units.tolist() == [[1, 1], [6, 0], [0, 0]]
    assert own.pools.sharing.tolist() == [DORMITORY, SAME_SEX]


@pytest.mark.parametrize(
    ("current", "lived_in", "cap1"),
    [
        ({}, [False, False, False], [2, 2, 2]),
        ({"current_site": "s", "current_unit": "flat"}, [False, False, False], [2, 2, 2]),
        ({"current_site": "s", "current_unit": "hall"}, [False, True, False], [2, 3, 2]),
        ({"current_site": "s"}, [False, True, True], [2, 3, 3]),  # without a unit: every shared kind
        ({"current_site": "t"}, [False, False, False], [2, 2, 2]),
    ],
)
def test_shared_kinds_lived_in_today_count_beds(current, lived_in, cap1):
    units = [
        dz.Unit(id=key, beds=3, sharing=sharing, area_m2=14.0)
        for key, sharing in (("flat", "household"), ("hall", "dormitory"), ("room", "same_sex"))
    ]
    sites = [site(units=units), site("t", "b", units=())]
    own = compiled(sites, [household("h", **current)], min_area_per_person_m2=7.0)
    assert own.pools.sharing.tolist() == [HOUSEHOLD, DORMITORY, SAME_SEX]
    assert own.pools.lived_in.tolist() == lived_in
    assert own.pools.cap1.tolist() == cap1


def test_pools_are_the_kinds_at_open_sites_of_which_there_are_any():
    day = dt.date(2026, 3, 1)
    sites = [
        site("u", "b"),
        site("t", open_until=day),
        site("s", units=[dz.Unit(id="z", beds=1), dz.Unit(id="none", beds=1, count=0), dz.Unit(id="a", beds=1)]),
        site("r", opening_cost=0.0),
    ]
    own = compile_instance(city(sites, [], date=day), dz.Policy.default())
    named = [(where.id, unit.id) for where, unit in zip(own.pools.sites, own.pools.units, strict=True)]
    assert named == [("s", "a"), ("s", "z"), ("u", "flat")]
    assert own.pools.district.tolist() == [0, 0, 1]


def test_targets_and_caps_of_places():
    districts = [dz.District(id="a", population=3000, housed=2, max_persons=9), dz.District(id="b", population=1000)]
    sites = [site(housed=1, max_persons=4), site("t", "b")]
    people = [household("g", 3, current_site="s"), household("h", 2)]
    instance = city(sites, people, districts=districts)
    places = compile_instance(instance, dz.Policy(rules=dz.Rules(max_site_persons=3))).places
    # 2 + 1 housed + 3 + 2 = 8 persons, 3 : 1
    np.testing.assert_allclose(places.target, [6.0, 2.0])
    assert places.housed.tolist() == [3, 0]
    # today 1 + 3 at s: 4 is kept (3 left for listed ones), 3 is exceeded; district a: 2 + 4 ≤ 9, 6 left
    assert [cap.room for cap in places.caps] == [3, None, 3, 6]


def test_who_shares_by_sex_goes_where_one_unit_holds_one_person():
    # 5 m² at 7 m²: one unit holds nobody, two together hold ⌊10/7⌋ = 1. A flat is taken twice, a shared room is not.
    kinds = [dz.Unit(id=how, beds=2, count=9, area_m2=5.0, sharing=how) for how in ("household", "same_sex")]
    own = compiled([site(units=kinds)], [household("h", 1)], min_area_per_person_m2=7.0, max_units_per_household=2)
    assert own.units.tolist() == [[2, 0]]
