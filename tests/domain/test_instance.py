from __future__ import annotations

import json
import math

import pandas as pd
import pytest
from shapely import box

import dezentral as dz
from tests.domain.city import city, content, lines, refusal

EVERYTHING = content(
    relations=[{"kind": "different_site", "households": ["g", "h"]}],
    crs="EPSG:3035",
    detour=1.2,
    date="2026-03-01",
    distances={"rows": ["s"], "columns": ["k"], "data": [[None]]},
    utilities={"rows": ["h"], "columns": ["t"], "data": [[-0.5]]},
    name="Stuttgart",
)

A_RELATION = "'same_site', 'same_district', 'different_site' or 'different_district'"


def test_defaults():
    instance = dz.Instance(districts=[], sites=[])
    assert instance.model_dump() == {
        "schema_version": 1, "districts": (), "sites": (), "households": (), "services": (), "relations": (),
        "crs": "EPSG:25832", "detour": 1.3, "date": None, "distances": None, "utilities": None, "name": "",
    }  # fmt: skip


def test_districts_and_sites_are_required():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Instance()
    assert [fault.field for fault in caught.value.faults] == ["districts", "sites"]


def test_an_instance_with_everything_survives_json():
    instance = dz.Instance.model_validate(EVERYTHING)
    square = instance.districts[0].model_copy(update={"geometry": box(0, 0, 1, 1)})
    instance = instance.replace(districts=(square, *instance.districts[1:]))
    back = dz.Instance.model_validate_json(instance.model_dump_json())
    assert back == instance
    assert hash(back) == hash(instance)
    assert json.loads(instance.model_dump_json())["distances"] == EVERYTHING["distances"]


def test_records_mappings_lists_and_tuples_may_be_mixed():
    data = content()
    mixed = dz.Instance(
        districts=tuple(dz.District(**district) for district in data["districts"]),
        sites=[dz.Site(**data["sites"][0]), data["sites"][1]],
        households=data["households"],
        services=[dz.Service(**service) for service in data["services"]],
    )
    assert mixed == city()


def test_a_record_of_another_kind_is_refused():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Instance(districts=[dz.District(id="a", population=1), dz.Household(id="h", size=1)], sites=[])
    assert [(fault.record, fault.allowed) for fault in caught.value.faults] == [
        ("district 'h'", "District, or a mapping of its fields"),
    ]


@pytest.mark.parametrize("crs", ["EPSG:25832", "EPSG:31467", "epsg:3035"])
def test_a_projected_crs_in_metres_is_taken(crs):
    assert city(crs=crs).crs == crs


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:2263", "EPSG:4978", "nonsense", "", "EPSG:0"])
def test_degrees_feet_and_unknown_systems_are_refused(crs):
    allowed = "a projected coordinate reference system in metres, e.g. 'EPSG:25832'"
    assert refusal(crs=crs) == [f"instance, crs: {crs!r}; allowed: {allowed}"]


@pytest.mark.parametrize(("detour", "allowed"), [(0, "more than 0"), (math.inf, "a finite number")])
def test_the_detour_is_a_positive_number(detour, allowed):
    assert refusal(detour=detour) == [f"instance, detour: {detour!r}; allowed: {allowed}"]


def test_bad_fields_dangling_references_and_duplicates_stand_in_one_error():
    found = refusal(
        districts=[{"id": "a", "population": -1}, {"id": "b", "population": 1}, {"id": "b", "population": 1}],
        sites=[
            {"id": "s", "district": "zz", "units": [{"id": "u", "beds": 0}, {"id": "u", "beds": 1, "colour": 2}]},
            {"id": "t", "district": "b", "units": [], "x": "q", "y": 2},
        ],
        households=[
            {"id": "h", "size": 2, "current_site": "nope", "wishes": ["c", 5], "fixed_site": 3},
            {"id": "h", "size": 1, "needs": {"clinic": 1}},
            7,
            {"id": "g", "size": 2, "supports": 1, "seeks_support": True, "excluded_sites": ["x"]},
        ],
        services=[],
        relations=[{"kind": "x", "households": ["h"]}, {"kind": "same_site", "households": ["g", "zz", "zz"]}],
        distances={"rows": ["s", "q"], "columns": [], "data": [[], []]},
        crs="EPSG:4326",
    )
    assert found == [
        # fields, in the order of the input
        "district 'a', population: -1; allowed: 0 or more",
        "site 's', unit 'u', beds: 0; allowed: 1 or more",
        "site 's', unit 'u', colour: 2; allowed: no such field",
        "site 't', x: 'q'; allowed: a number",
        "household 'h', wishes[1]: 5; allowed: a string",
        "household 'h', fixed_site: 3; allowed: a string",
        "instance, households[2]: 7; allowed: Household, or a mapping of its fields",
        "household 'g', supports: 1; allowed: 0 where seeks_support is set: not both",
        f"instance, relations[0].kind: 'x'; allowed: {A_RELATION}",
        "instance, relations[0].households: ['h']; allowed: at least 2 of them",
        "instance, crs: 'EPSG:4326'; allowed: a projected coordinate reference system in metres, e.g. 'EPSG:25832'",
        # ids
        "district 'b', id: 'b'; allowed: each id once (it stands 2 times)",
        "household 'h', id: 'h'; allowed: each id once (it stands 2 times)",
        "site 's', unit 'u', id: 'u'; allowed: each id once (it stands 2 times)",
        # references
        "site 's', district: 'zz'; allowed: the id of a district of the instance",
        "household 'h', current_site: 'nope'; allowed: the id of a site of the instance",
        "household 'h', wishes: 'c'; allowed: the id of a district of the instance",
        "household 'g', excluded_sites: 'x'; allowed: the id of a site of the instance",
        "instance, relations[1].households: 'zz'; allowed: the id of a household of the instance",
        "instance, relations[1].households: 'zz'; allowed: each household once (it stands 2 times)",
        "distances, rows: 'q'; allowed: the id of a site of the instance",
        # what cannot be measured
        "household 'h', needs: 'clinic'; allowed: a kind that some service offers",
    ]


def test_json_is_refused_with_the_same_faults():
    data = content(districts=[{"id": "a", "population": 1.5}], households=[{"id": "h", "wishes": ["q"]}])
    with pytest.raises(dz.InstanceError) as caught:
        dz.Instance.model_validate_json(json.dumps(data))
    assert lines(caught.value) == [
        "district 'a', population: 1.5; allowed: a whole number",
        "household 'h', size: (missing); allowed: a value (the field is required)",
        "site 't', district: 'b'; allowed: the id of a district of the instance",
        "household 'h', wishes: 'q'; allowed: the id of a district of the instance",
    ]


def test_replace_checks_what_it_changes():
    assert city().replace(name="new").name == "new"
    with pytest.raises(dz.InstanceError, match="the id of a district of the instance"):
        city().replace(districts=[dz.District(id="a", population=1)])


def test_replace_knows_the_fields():
    with pytest.raises(dz.InstanceError, match="no such field"):
        city().replace(colour="red")


def test_distances_come_as_a_frame_and_go_as_a_copy():
    instance = city().with_distances(pd.DataFrame({"k": [120.4, math.nan]}, index=["s", "t"]))
    assert instance.distances == dz.Table(rows=("s", "t"), columns=("k",), data=((120.4,), (None,)))
    frame = instance.distances.frame
    frame.loc["s", "k"] = 0.0
    assert instance.distances.frame.loc["s", "k"] == 120.4
    assert city().distances is None


def test_utilities_come_as_a_frame():
    instance = city().with_utilities(pd.DataFrame({"s": [0.5], "t": [-1.0]}, index=["h"]))
    assert instance.utilities.data == ((0.5, -1.0),)
    assert dz.Instance.model_validate_json(instance.model_dump_json()) == instance


def test_a_frame_of_distances_is_refused_with_all_its_faults():
    frame = pd.DataFrame({"k": [-1.0, math.inf], "zz": [1.0, 1.0]}, index=["s", "nope"])
    with pytest.raises(dz.InstanceError) as caught:
        city().with_distances(frame)
    assert lines(caught.value) == [
        "instance, distances.data[1][0]: inf; allowed: a finite number",
        "distances, rows: 'nope'; allowed: the id of a site of the instance",
        "distances, columns: 'zz'; allowed: the id of a service of the instance",
        "distances, data[s, k]: -1.0; allowed: metres, 0 or more",
    ]


def test_a_frame_of_utilities_is_refused_alike():
    frame = pd.DataFrame({"s": [1.0, 2.0], "k": [1.0, 1.0]}, index=["nobody", 5])
    with pytest.raises(dz.InstanceError) as caught:
        city().with_utilities(frame)
    assert lines(caught.value) == [
        "instance, utilities.rows[1]: 5; allowed: a string",
        "utilities, rows: 'nobody'; allowed: the id of a household of the instance",
        "utilities, columns: 'k'; allowed: the id of a site of the instance",
    ]


@pytest.mark.parametrize("field", ["distances", "utilities"])
def test_a_table_with_repeated_ids_is_refused(field):
    table = {"rows": ["s", "s"], "columns": [], "data": [[], []]}
    assert f"instance, {field}.rows: 's'; allowed: each id once (it stands 2 times)" in refusal(**{field: table})


def test_thousands_of_faults_are_listed_and_each_once():
    households = [{"id": f"h{i}", "size": 0} for i in range(5000)]
    found = refusal(households=households)
    assert found == [f"household 'h{i}', size: 0; allowed: 1 or more" for i in range(5000)]
