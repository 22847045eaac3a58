from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from shapely.geometry import Point

from dezentral.datasets import site_units, stuttgart
from dezentral.datasets.site_units import places_of, total_places
from dezentral.domain import Unit

OPERATORS = {"AWO", "AGDW", "Caritas", "eva", "DRK"}


def _places_by(city, field):
    places = Counter()
    for site in city.sites:
        places[getattr(site, field)] += total_places(site.units)
    return places


def test_a_place_is_a_bed_with_seven_square_metres():
    assert places_of(Unit(id="u", beds=4, count=3, area_m2=40.0)) == 12  # 40 m² would do for five
    assert places_of(Unit(id="u", beds=3, count=5, area_m2=14.9)) == 10  # two times 7 m²
    assert places_of(Unit(id="u", beds=8, count=2, area_m2=56.0)) == 16
    assert places_of(Unit(id="u", beds=8, count=2)) == 16


def test_there_are_190_sites_in_all_23_districts_for_ten_thousand(city):
    assert len(city.sites) == 190
    assert {site.district for site in city.sites} == {district.id for district in city.districts}
    assert len({site.name for site in city.sites}) == 190


@pytest.mark.parametrize(("persons", "sites"), [(1_300, 25), (2_000, 38), (40_000, 760)])
def test_sites_and_places_grow_in_proportion(persons, sites):
    city = stuttgart(persons=persons, seed=2)
    assert len(city.sites) == sites
    assert {site.district for site in city.sites} == {district.id for district in city.districts}
    assert 1.12 < sum(_places_by(city, "district").values()) / persons < 1.15


@pytest.mark.parametrize("persons", [1, 10, 100, 500])
def test_few_persons_still_have_places_to_spare(persons):
    assert sum(_places_by(stuttgart(persons=persons, seed=1), "district").values()) >= 1.12 * persons


@pytest.mark.parametrize("seed", range(4))
def test_places_exceed_persons_by_an_eighth_and_stay_below_250_a_site(seed):
    city = stuttgart(persons=10_000, seed=seed)
    assert 1.12 < sum(_places_by(city, "district").values()) / 10_000 < 1.15
    assert max(total_places(site.units) for site in city.sites) <= 250


def test_places_are_uneven_but_most_districts_can_reach_their_share(city):
    places = _places_by(city, "district")
    population = sum(district.population for district in city.districts)
    ratio = {d.id: places[d.id] / (10_000 * d.population / population) for d in city.districts}
    assert max(ratio, key=ratio.get) == "12"  # Möhringen
    assert ratio["12"] > 2
    assert ratio["06"] > 1.2
    assert 15 <= sum(value >= 1 for value in ratio.values()) < 23
    assert max(places, key=places.get) == "06"  # Bad Cannstatt


def test_the_kinds_are_the_citys_and_a_fifth_of_the_places_is_for_emergencies(city):
    places = _places_by(city, "kind")
    assert set(places) == {
        "Wohnungen",
        "Wohnmodul",
        "Wohnheim-Systembau",
        "Wohnheim",
        "Wohnheim-Container",
        "Hotel",
        "Notunterkunft",
    }
    emergency = places["Notunterkunft"] + places["Hotel"] + places["Wohnheim-Container"]
    assert 0.15 < emergency / sum(places.values()) < 0.28  # 2,300 of about 10,000 people in April 2025


def test_modules_come_in_fours_of_forty_square_metres(city):
    for site in city.sites:
        if site.kind == "Wohnmodul":
            assert sum(unit.count for unit in site.units) % 4 == 0
            assert {(unit.beds, unit.area_m2, unit.sharing) for unit in site.units} == {(4, 40.0, "household")}


def test_rooms_of_system_buildings_are_shared_by_sex_and_halls_are_dormitories(city):
    sharing = {(site.kind, unit.sharing) for site in city.sites for unit in site.units}
    assert {shared for kind, shared in sharing if kind == "Wohnheim-Systembau"} == {"same_sex"}
    assert {shared for kind, shared in sharing if kind == "Notunterkunft"} == {"dormitory"}
    assert {shared for kind, shared in sharing if kind == "Wohnheim"} == {"same_sex", "household"}
    assert {shared for kind, shared in sharing if kind == "Wohnungen"} == {"household"}
    beds = {unit.beds for site in city.sites if site.kind == "Wohnungen" for unit in site.units}
    assert beds == {2, 3, 4, 5, 6, 7, 8}


def test_protected_sites_are_few_confidential_and_for_women(city):
    hidden = [site for site in city.sites if site.confidential]
    assert 0.02 <= len(hidden) / len(city.sites) <= 0.03
    assert all(site.admits == frozenset({"woman"}) for site in hidden)


def test_operators_admissions_closing_dates_steps_and_costs(city):
    assert {site.operator for site in city.sites} == OPERATORS
    restricted = [site for site in city.sites if site.admits is not None and not site.confidential]
    assert 0.05 < len(restricted) / len(city.sites) < 0.25
    closing = [site for site in city.sites if site.open_until is not None]
    assert 0.05 < len(closing) / len(city.sites) < 0.3
    assert all(site.open_until > city.date for site in closing)
    level = sum(
        places_of(unit) for site in city.sites for unit in site.units if "step_free" in unit.features | site.features
    )
    assert 0.06 < level / 10_000 < 0.3
    costs = {site.kind: site.cost for site in city.sites}
    assert max(costs, key=costs.get) == "Notunterkunft"


def test_sites_lie_in_their_district_at_whole_metres(city):
    polygons = {district.id: district.geometry for district in city.districts}
    for record in city.sites:
        assert polygons[record.district].contains(Point(record.x, record.y))
        assert record.x == int(record.x)
        assert record.y == int(record.y)


def test_a_small_stock_has_something_without_steps():
    for seed in range(12):
        city = stuttgart(persons=60, seed=seed)
        assert any("step_free" in unit.features | site.features for site in city.sites for unit in site.units)


@pytest.mark.parametrize("places", [*range(2, 60), 111])
def test_flats_add_up_exactly_whatever_is_drawn(places):
    for seed in range(5):
        assert total_places(site_units.flats(np.random.default_rng(seed), places)) == places
