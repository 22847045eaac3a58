"""Every kind of reference between records, dangling."""

from __future__ import annotations

import pytest

import dezentral as dz
from tests.domain.city import city, content, refusal

A_SITE = "the id of a site of the instance"
A_DISTRICT = "the id of a district of the instance"


@pytest.mark.parametrize(
    ("field", "given", "allowed"),
    [
        ("current_site", "x", A_SITE),
        ("fixed_site", "x", A_SITE),
        ("excluded_sites", ["x", "s"], A_SITE),
        ("wishes", ["a", "x"], A_DISTRICT),
        ("excluded_districts", ["x", "a"], A_DISTRICT),
    ],
)
def test_a_household_refers_to_places_that_exist(field, given, allowed):
    household = {"id": "h", "size": 1, field: given}
    assert refusal(households=[household]) == [f"household 'h', {field}: 'x'; allowed: {allowed}"]


def test_places_out_of_order_are_listed_in_order_for_sets_and_as_given_for_wishes():
    household = {"id": "h", "size": 1, "excluded_sites": ["z", "y"], "wishes": ["q", "p", "q"]}
    assert refusal(households=[household]) == [
        f"household 'h', excluded_sites: 'y'; allowed: {A_SITE}",
        f"household 'h', excluded_sites: 'z'; allowed: {A_SITE}",
        f"household 'h', wishes: 'q'; allowed: {A_DISTRICT}",
        f"household 'h', wishes: 'p'; allowed: {A_DISTRICT}",
    ]


@pytest.mark.parametrize("units", [[], [{"id": "room", "beds": 2}]])
def test_a_current_unit_is_one_of_its_site(units):
    sites = [*content()["sites"], {"id": "u", "district": "a", "units": units, "x": 0.0, "y": 0.0}]
    household = {"id": "h", "size": 1, "current_site": "u", "current_unit": "flat"}
    assert refusal(sites=sites, households=[household]) == [
        "household 'h', current_unit: 'flat'; allowed: the id of a unit of site 'u'",
    ]


def test_a_unit_of_an_unknown_site_is_not_judged():
    household = {"id": "h", "size": 1, "current_site": "x", "current_unit": "flat"}
    assert refusal(households=[household]) == [f"household 'h', current_site: 'x'; allowed: {A_SITE}"]


def test_a_site_lies_in_a_district_that_exists():
    sites = [{"id": "s", "district": "x", "units": []}]
    assert refusal(sites=sites, households=[]) == [f"site 's', district: 'x'; allowed: {A_DISTRICT}"]


def test_a_relation_names_households_that_exist_each_once():
    relations = [{"kind": "same_site", "households": ["g", "x", "g"]}]
    assert refusal(relations=relations) == [
        "instance, relations[0].households: 'x'; allowed: the id of a household of the instance",
        "instance, relations[0].households: 'g'; allowed: each household once (it stands 2 times)",
    ]


@pytest.mark.parametrize("name", ["district", "site", "household", "service"])
def test_ids_are_unique_within_each_kind_of_record(name):
    records = content()[f"{name}s"]
    key = records[0]["id"]
    assert refusal(**{f"{name}s": [*records, records[0], records[0]]}) == [
        f"{name} {key!r}, id: {key!r}; allowed: each id once (it stands 3 times)",
    ]


def test_ids_of_different_kinds_may_be_equal():
    instance = dz.Instance(
        districts=[dz.District(id="1", population=1)],
        sites=[dz.Site(id="1", district="1", units=[dz.Unit(id="1", beds=1)])],
        households=[dz.Household(id="1", size=1)],
        services=[dz.Service(id="1", kind="kita")],
    )
    assert instance.sites[0].units[0].id == "1"


def test_unit_ids_are_unique_within_their_site_only():
    unit = {"id": "u", "beds": 1}
    sites = [{"id": key, "district": "a", "units": [unit]} for key in "st"]
    assert len(city(sites=sites, households=[]).sites) == 2
    sites[0]["units"] = [unit, unit]
    assert refusal(sites=sites, households=[]) == [
        "site 's', unit 'u', id: 'u'; allowed: each id once (it stands 2 times)",
    ]


def test_target_weights_are_for_all_districts_or_for_none():
    districts = [
        {"id": "a", "population": 0, "target_weight": 0.0},
        {"id": "b", "population": 0},
        {"id": "c", "population": 0, "target_weight": 2.5},
    ]
    assert refusal(districts=districts, sites=[], households=[]) == [
        "district 'b', target_weight: None; allowed: a weight for all districts or for none",
    ]
    districts[1]["target_weight"] = 1
    weighted = city(districts=districts, sites=[], households=[])
    assert [district.target_weight for district in weighted.districts] == [0.0, 1.0, 2.5]


def test_target_weights_are_not_all_zero():
    districts = [{"id": key, "population": 1, "target_weight": 0} for key in "ab"]
    assert refusal(districts=districts) == ["districts, target_weight: 0; allowed: at least one weight above 0"]


def test_populations_are_not_all_zero_without_weights():
    districts = [{"id": key, "population": 0} for key in "ab"]
    assert refusal(districts=districts) == [
        "districts, population: 0; allowed: at least one population above 0, or target weights",
    ]


def test_a_refused_weight_is_not_taken_for_a_missing_one():
    districts = [{"id": "a", "population": 1, "target_weight": -1}, {"id": "b", "population": 1, "target_weight": 1}]
    assert refusal(districts=districts) == ["district 'a', target_weight: -1; allowed: 0 or more"]


@pytest.mark.parametrize(
    ("field", "allowed"),
    [("districts", "a list or tuple"), ("sites", "a list or tuple"), ("services", "a list or tuple")],
)
def test_nothing_dangles_from_a_collection_that_is_refused_as_a_whole(field, allowed):
    households = [{"id": "h", "size": 1, "wishes": ["a"], "current_site": "s", "needs": {"kita": 1}}]
    assert refusal(households=households, **{field: "abc"}) == [f"instance, {field}: 'abc'; allowed: {allowed}"]


def test_nothing_dangles_from_a_collection_that_is_missing():
    data = content(households=[{"id": "h", "size": 1, "wishes": ["a"]}])
    del data["districts"]
    with pytest.raises(dz.InstanceError) as caught:
        dz.Instance.model_validate(data)
    assert [fault.field for fault in caught.value.faults] == ["districts"]


def test_a_record_whose_id_is_refused_is_named_by_its_position():
    households = [{"id": 5, "size": 1, "current_site": "x"}]
    assert refusal(households=households) == [
        "household 5, id: 5; allowed: a string",
        f"instance, households[0], current_site: 'x'; allowed: {A_SITE}",
    ]


def test_fixed_and_excluded_is_no_fault():
    household = {"id": "h", "size": 1, "fixed_site": "s", "excluded_sites": ["s"], "excluded_districts": ["a"]}
    assert city(households=[household]).households[0].fixed_site == "s"
