from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from shapely.geometry import Point

from dezentral.datasets import stuttgart
from dezentral.geo.distance import kind_metres

KINDS = {"school", "kita", "clinic", "language_course", "counselling", "volunteer_circle", "leisure"}


def test_every_kind_is_offered_in_numbers_like_the_citys(city):
    counts = Counter(service.kind for service in city.services)
    assert set(counts) == KINDS
    assert 47 <= counts["school"] <= 55  # schools with preparatory classes, 2017 to 2025
    assert 26 <= counts["volunteer_circle"] <= 30
    assert counts["counselling"] == 10  # two offices of each of five operators


@pytest.mark.parametrize("kind", ["school", "kita"])
def test_seats_just_cover_what_all_need(city, kind):
    needed = sum(household.needs.get(kind, 0) for household in city.households)
    seats = sum(service.capacity for service in city.services if service.kind == kind)
    assert needed < seats < 1.06 * needed
    assert all(service.reach is not None for service in city.services if service.kind == kind)


def test_only_schools_and_kitas_have_seats(city):
    assert {service.kind for service in city.services if service.capacity is not None} == {"school", "kita"}


def test_services_lie_in_a_district(city):
    polygons = [district.geometry for district in city.districts]
    for service in city.services:
        assert sum(polygon.contains(Point(service.x, service.y)) for polygon in polygons) == 1


def test_nearly_every_site_reaches_a_school_and_a_kita(city):
    metres = kind_metres(city)
    for kind in KINDS:
        assert np.isfinite(metres[kind]).mean() > 0.97


def test_support_is_there_in_proportion(city):
    support = sum(persons for district in city.districts for persons in district.support.values())
    assert support == 300  # 3 % of the persons
    assert sum(sum(district.support.values()) for district in stuttgart(persons=0).districts) == 0
