from __future__ import annotations

import json
import re

import pytest
from pydantic import TypeAdapter

import dezentral as dz
from dezentral.domain.policy import COUNTS_IN_PERSONS, Goal
from dezentral.domain.policy.goals import is_goal

GOALS = {
    dz.KeepHoused: "keep_housed",
    dz.Placed: "placed",
    dz.Stability: "stability",
    dz.Evenness: "evenness",
    dz.Seats: "seats",
    dz.Proximity: "proximity",
    dz.Wishes: "wishes",
    dz.Fit: "fit",
    dz.Cost: "cost",
    dz.Utility: "utility",
    dz.PeerSupport: "peer_support",
}
each = pytest.mark.parametrize(("kind", "tag"), GOALS.items(), ids=GOALS.values())


def read(goal):
    return dz.Level.model_validate_json(json.dumps({"goals": [goal]})).goals[0]


def test_every_goal_is_listed_here():
    assert set(GOALS) == set(Goal.__args__)


@each
def test_a_goal_weighs_one_and_says_its_tag(kind, tag):
    assert kind().weight == 1.0
    assert json.loads(kind().model_dump_json())["goal"] == tag
    assert is_goal(kind())


@each
def test_a_goal_is_read_by_its_tag_or_its_class_name(kind, tag):
    for name in (tag, kind.__name__, kind.__name__.lower(), tag.upper()):
        assert read({"goal": name, "weight": 2}) == kind(weight=2.0)


@each
def test_goals_survive_json_in_a_level(kind, tag):
    level = dz.Level(kind(weight=3.0))
    assert dz.Level.model_validate_json(level.model_dump_json()) == level
    assert f'"goal":"{tag}"' in level.model_dump_json()


@each
@pytest.mark.parametrize("weight", [0, -1, float("inf"), "1", None])
def test_a_weight_is_positive(kind, tag, weight):
    with pytest.raises(dz.PolicyError) as caught:
        kind(weight=weight)
    assert [(fault.record, fault.field) for fault in caught.value.faults] == [(tag, "weight")]


@each
def test_a_goal_has_no_other_tag(kind, tag):
    with pytest.raises(dz.PolicyError, match=re.escape(f"allowed: '{tag}'")):
        kind(goal="another")


def test_defaults_of_the_goals_that_have_more_to_say():
    assert dz.Evenness().measure == "chi2"
    assert (dz.Proximity().weights, dz.Proximity().out_of_reach) == ({}, 20_000)
    assert dz.Wishes().depth == 3


def test_what_goals_refuse():
    for build, field in (
        (lambda: dz.Evenness(measure="gini"), "measure"),
        (lambda: dz.Proximity(weights={"kita": -1}), "weights.kita"),
        (lambda: dz.Proximity(out_of_reach=-1), "out_of_reach"),
        (lambda: dz.Wishes(depth=-1), "depth"),
        (lambda: dz.Wishes(depth=1.5), "depth"),
        (lambda: dz.Placed(measure="chi2"), "measure"),
    ):
        with pytest.raises(dz.PolicyError) as caught:
            build()
        assert [fault.field for fault in caught.value.faults] == [field]


def test_goals_that_count_persons():
    assert (dz.KeepHoused, dz.Placed, dz.Stability, dz.Seats) == COUNTS_IN_PERSONS
    assert {kind for kind in GOALS if kind.counts} == set(COUNTS_IN_PERSONS)


def test_goals_are_told_apart_by_kind_and_by_field():
    assert dz.Placed() != dz.Stability()
    assert dz.Evenness() != dz.Evenness(measure="max_ratio")
    assert len({dz.Placed(), dz.Placed(), dz.Placed(weight=2.0)}) == 2


def test_no_goal_asks_for_sex_traits_or_origin():
    fields = {field for kind in GOALS for field in kind.model_fields}
    assert fields == {"goal", "weight", "measure", "weights", "out_of_reach", "depth"}


def test_the_json_schema_tells_goals_apart_by_tag():
    schema = TypeAdapter(dz.Level).json_schema()
    assert set(schema["properties"]["goals"]["items"]["discriminator"]["mapping"]) == set(GOALS.values())
