from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from dezentral.checks import check
from dezentral.datasets import stuttgart
from dezentral.datasets.present import with_present
from dezentral.datasets.rooms import Rooms
from dezentral.domain import Household, Placement, Plan, Site, Unit
from dezentral.domain.policy import Policy


def _units_taken(household, unit, area_per_person):
    """The least number of units that holds a household; one where it shares."""
    if unit.sharing == "dormitory" or (unit.sharing == "same_sex" and household.size == 1):
        return 1
    by_area = [int(count * unit.area_m2 / area_per_person) for count in (1, 2)]
    return next(count for count in (1, 2) if household.size <= min(count * unit.beds, by_area[count - 1]))


def _as_it_is(city, area_per_person):
    units = {(site.id, unit.id): unit for site in city.sites for unit in site.units}
    housed = [household for household in city.households if household.current_site is not None]
    return Plan(
        placements=[
            Placement(
                household=household.id,
                site=household.current_site,
                unit=household.current_unit,
                units=_units_taken(household, units[household.current_site, household.current_unit], area_per_person),
            )
            for household in housed
        ],
        unplaced=[household.id for household in city.households if household.current_site is None],
    )


CITIES = [(10, 0, 1.0), (100, 1, 0.5), (1_000, 2, 0.9), (4_000, 3, 0.6), (4_000, 4, 1.0)]


@pytest.mark.parametrize(("persons", "seed", "occupied"), CITIES)
def test_everyone_can_stay(persons, seed, occupied):
    city = stuttgart(persons, seed, occupied=occupied)
    # who stays counts by beds
    assert check(city, Policy.stuttgarter_weg(), _as_it_is(city, area_per_person=1.0)) == ()


@pytest.mark.parametrize(("persons", "seed", "occupied"), CITIES)
def test_everyone_could_be_placed_there_anew(persons, seed, occupied):
    city = stuttgart(persons, seed, occupied=occupied)
    plan = _as_it_is(city, area_per_person=7.0)
    forgotten = [h.model_copy(update={"current_site": None, "current_unit": None}) for h in city.households]
    assert check(city.replace(households=forgotten), Policy.stuttgarter_weg(), plan) == ()


@pytest.mark.parametrize("occupied", [0.1, 0.5, 0.8, 0.95])
def test_the_share_is_reached(occupied):
    city = stuttgart(10_000, occupied=occupied)
    housed = sum(household.size for household in city.households if household.current_site is not None)
    assert housed == pytest.approx(occupied * 10_000, abs=5)


def test_nearly_everyone_finds_a_place_when_all_seek_one():
    for seed in range(3):
        city = stuttgart(10_000, seed, occupied=1.0)
        assert sum(household.size for household in city.households if household.current_site is not None) > 9_900


def test_those_who_came_first_live_somewhere():
    city = stuttgart(1_000, occupied=0.5)
    housed = [position for position, household in enumerate(city.households) if household.current_site is not None]
    assert np.median(housed) < 0.35 * len(city.households)


def test_people_live_where_the_places_are():
    city = stuttgart(10_000, occupied=0.6)
    district = {site.id: site.district for site in city.sites}
    load = Counter()
    for household in city.households:
        if household.current_site is not None:
            load[district[household.current_site]] += household.size
    assert max(load, key=load.get) == "06"
    assert load["12"] / load["05"] > 1.2  # Möhringen has twice the places of West, and fewer inhabitants


def test_a_family_leaves_large_flats_to_large_families():
    units = (Unit(id="four", beds=4, area_m2=60.0), Unit(id="six", beds=6, area_m2=84.0))
    sites = [Site(id="s", district="a", units=units)]
    households = [Household(id="three", size=3, traits={"family"}), Household(id="five", size=5, traits={"family"})]
    present = with_present(np.random.default_rng(0), households, sites, 1.0)
    assert [household.current_unit for household in present] == ["four", "six"]


def test_shared_rooms_hold_one_sex_and_two_people_on_fifteen_square_metres():
    rooms = Rooms(Site(id="s", district="a", units=()), Unit(id="r", beds=3, count=2, sharing="same_sex", area_m2=15.0))
    woman, man, other = (Household(id=sex, size=1, sex=sex) for sex in "fmx")
    for _ in range(3):  # two women fill one room, the third opens the other
        assert rooms.has_room(woman)
        rooms.take(woman)
    assert rooms.has_room(woman)
    assert not rooms.has_room(man)
    assert not rooms.has_room(other)
    assert rooms.most(Household(id="couple", size=2)) == 2
    assert rooms.most(Household(id="four", size=4)) == 1  # two rooms: 30 m² are four times 7 m²
    assert rooms.most(Household(id="five", size=5)) == 0
    assert rooms.waste(Household(id="three", size=3)) == 1


def test_rooms_keep_out_who_is_not_admitted_or_needs_a_level_way():
    site = Site(id="s", district="a", units=(), admits={"woman"}, features={"lift"})
    rooms = Rooms(site, Unit(id="r", beds=2, area_m2=20.0, features={"step_free"}))
    assert rooms.suits(Household(id="h", size=2, traits={"woman", "family"}, requires={"lift", "step_free"}))
    assert not rooms.suits(Household(id="h", size=2, traits={"family"}))
    assert not rooms.suits(Household(id="h", size=2, traits={"woman"}, requires={"bath"}))


def test_no_site_takes_more_than_250():
    hall = Unit(id="hall", beds=400, sharing="dormitory")
    households = [Household(id=f"h{number:03d}", size=1, sex="m") for number in range(300)]
    present = with_present(np.random.default_rng(0), households, [Site(id="s", district="a", units=(hall,))], 1.0)
    assert sum(household.current_site == "s" for household in present) == 250
