"""What holds for every record: frozen, strict, hashable, its own errors."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from pydantic import ValidationError

import dezentral as dz
from tests.domain.city import lines

RECORDS = (
    dz.Anchor(x=1.0, y=2.0),
    dz.District(id="a", population=1, support={"uk": 2}),
    dz.Unit(id="u", beds=1, features={"lift"}),
    dz.Site(id="s", district="a", units=[dz.Unit(id="u", beds=1)], admits=set()),
    dz.Household(id="h", size=2, needs={"kita": 1}, anchors=[dz.Anchor(x=1.0, y=2.0)]),
    dz.Service(id="k", kind="kita"),
    dz.Relation(kind="same_site", households=["g", "h"]),
    dz.Table(rows=["s"], columns=["k"], data=[[None]]),
    dz.Instance(districts=[dz.District(id="a", population=1)], sites=[]),
    dz.Placement(household="h", site="s", unit="u"),
    dz.Override(household="h", site="s", by="me", reason="because"),
    dz.Plan(unplaced=["h"]),
    dz.Rules(max_distance={"kita": 1.0}),
    dz.Level(dz.Proximity(weights={"kita": 2.0}), rel_slack=0.5),
    dz.Policy.stuttgarter_weg(),
)
by_type = pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)


@by_type
def test_a_record_cannot_be_changed(record):
    name = next(iter(type(record).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, name, getattr(record, name))


@by_type
def test_a_record_survives_json(record):
    back = type(record).model_validate_json(record.model_dump_json())
    assert back == record
    assert back.model_dump_json() == record.model_dump_json()


@by_type
def test_a_record_survives_its_own_dump(record):
    assert type(record).model_validate(record.model_dump()) == record


@by_type
def test_a_record_is_hashable_and_travels(record):
    for back in (pickle.loads(pickle.dumps(record)), copy.deepcopy(record)):  # noqa: S301
        assert back == record
        assert hash(back) == hash(record)


@by_type
@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_a_record_has_a_json_schema_that_forbids_other_fields(record, mode):
    schema = type(record).model_json_schema(mode=mode)
    json.dumps(schema)
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(type(record).model_fields)


@by_type
def test_a_field_that_does_not_exist_is_refused(record):
    data = {**json.loads(record.model_dump_json()), "colour": "red"}
    with pytest.raises(type(record).error) as caught:
        type(record).model_validate(data)
    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].field == "colour"
    assert caught.value.faults[0].allowed == "no such field"


@by_type
def test_json_that_is_none_is_refused(record):
    with pytest.raises(type(record).error, match="Invalid JSON"):
        type(record).model_validate_json("{nonsense")


@pytest.mark.parametrize("text", ["[1]", "null", "7", b"\xff", 7, "[" * 10_000])
def test_json_of_another_shape_is_refused(text):
    with pytest.raises(dz.InstanceError) as caught:
        dz.Instance.model_validate_json(text)
    assert len(caught.value.faults) == 1


def test_positional_arguments_are_not_taken():
    with pytest.raises(TypeError):
        dz.District("a")


def test_all_bad_fields_of_a_single_record_stand_in_one_error():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Household(
            id=5, size=0, traits=[1, "b"], needs={"kita": 0, 3: 1}, anchors=[{"x": 1}], arrival="soon", mood="good",
        )  # fmt: skip
    assert lines(caught.value) == [
        "household 5, id: 5; allowed: a string",
        "household 5, size: 0; allowed: 1 or more",
        "household 5, traits[0]: 1; allowed: a string",
        "household 5, needs.kita: 0; allowed: 1 or more",
        "household 5, needs[3]: 3; allowed: a string",
        "household 5, anchors[0].y: (missing); allowed: a value (the field is required)",
        "household 5, arrival: 'soon'; allowed: a date (YYYY-MM-DD)",
        "household 5, mood: 'good'; allowed: no such field",
    ]


@pytest.mark.parametrize("version", [0, 2, "1", 1.0, True, None])
@pytest.mark.parametrize("kind", [dz.Instance, dz.Policy, dz.Plan])
def test_an_unknown_schema_version_is_refused(kind, version):
    data = {"schema_version": version}
    if kind is dz.Instance:
        data |= {"districts": [], "sites": []}
    with pytest.raises(kind.error) as caught:
        kind.model_validate_json(json.dumps(data))
    assert lines(caught.value) == [f"{kind.__name__.lower()}, schema_version: {version!r}; allowed: 1"]


@pytest.mark.parametrize("record", [RECORDS[8], dz.Policy(), dz.Plan()], ids=["Instance", "Policy", "Plan"])
def test_json_holds_the_schema_version_and_may_leave_it_out(record):
    data = json.loads(record.model_dump_json())
    assert data.pop("schema_version") == 1
    assert type(record).model_validate_json(json.dumps(data)) == record


@by_type
def test_a_copy_with_a_change_is_checked_like_a_new_record(record):
    name = next(reversed(type(record).model_fields))
    assert record.model_copy(update={name: getattr(record, name)}) == record
    with pytest.raises(type(record).error, match="nonsense: 1; allowed: no such field"):
        record.model_copy(update={"nonsense": 1})
    with pytest.raises(type(record).error, match="update: 'list'; allowed: a mapping of fields"):
        record.model_copy(update=[name])


def test_a_copy_lists_every_fault_of_its_changes():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Household(id="h", size=2).model_copy(update={"size": 0, "priority": "x"})
    assert lines(caught.value) == [
        "household 'h', size: 0; allowed: 1 or more",
        "household 'h', priority: 'x'; allowed: a whole number",
    ]
    city = dz.Instance(districts=[], sites=[])
    with pytest.raises(dz.InstanceError, match="fixed_site: 'nowhere'; allowed: the id of a site of the instance"):
        city.model_copy(update={"households": [dz.Household(id="h", size=1, fixed_site="nowhere")]})


def test_a_copy_shares_or_copies_what_it_holds():
    unit = dz.Unit(id="u", beds=1)
    site = dz.Site(id="s", district="a", units=[unit])
    assert site.model_copy(update={"name": "n"}).units[0] is unit
    assert site.model_copy(update={"name": "n"}, deep=True).units[0] is not unit
    assert site.model_copy(update={"name": "n"}).model_fields_set == {"id", "district", "units", "name"}
