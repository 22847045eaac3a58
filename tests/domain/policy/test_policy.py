from __future__ import annotations

import json

import pytest

import dezentral as dz
from tests.domain.city import lines

A_GOAL = "a goal: Evenness() and its like, or a mapping with 'goal' = 'evenness' …"
LEVELS = (
    (dz.KeepHoused(),),
    (dz.Placed(),),
    (dz.Stability(),),
    (dz.Evenness(measure="chi2"),),
    (dz.Seats(),),
    (dz.Proximity(), dz.Wishes(weight=1000.0), dz.Fit(weight=1000.0)),
)


def test_the_default_has_no_rules_and_six_levels():
    policy = dz.Policy.default()
    assert policy == dz.Policy()
    assert policy.rules == dz.Rules()
    assert tuple(level.goals for level in policy.levels) == LEVELS
    assert {(level.rel_slack, level.abs_slack) for level in policy.levels} == {(0.0, 0.0)}


def test_the_stuttgarter_weg_has_the_citys_standards_and_the_same_levels():
    policy = dz.Policy.stuttgarter_weg()
    assert policy.rules == dz.Rules(max_site_persons=250, min_area_per_person_m2=7.0, max_units_per_household=2)
    assert policy.levels == dz.Policy.default().levels


def test_json_is_what_is_documented():
    policy = dz.Policy(rules=dz.Rules(max_moves=3), levels=[dz.Level(dz.Evenness(), dz.Cost(weight=0.5), abs_slack=1)])
    data = json.loads(policy.model_dump_json())
    assert data["levels"] == [
        {
            "goals": [
                {"weight": 1.0, "goal": "evenness", "measure": "chi2"},
                {"weight": 0.5, "goal": "cost"},
            ],
            "rel_slack": 0.0,
            "abs_slack": 1.0,
        },
    ]
    assert data["rules"]["max_moves"] == 3
    assert dz.Policy.model_validate_json(json.dumps(data)) == policy


def test_what_json_leaves_out_is_the_default():
    assert dz.Policy.model_validate_json("{}") == dz.Policy.default()
    assert dz.Policy.model_validate_json('{"rules": {"max_moves": 1}}').levels == dz.Policy.default().levels


def test_every_fault_of_a_policy_is_named_with_its_place():
    data = {
        "rules": {"max_distance": {"kita": -1}, "colour": "red"},
        "levels": [
            {"goals": [{"goal": "placed"}, {"goal": "evenness", "measure": "gini", "weight": 0}]},
            {"goals": []},
            {"goals": [{}], "abs_slack": -1},
            {"goals": [{"goal": "beauty"}]},
            5,
        ],
    }
    with pytest.raises(dz.PolicyError) as caught:
        dz.Policy.model_validate_json(json.dumps(data))
    found = lines(caught.value)
    assert found[:-2] == [
        "policy, rules.max_distance.kita: -1; allowed: 0 or more",
        "policy, rules.colour: 'red'; allowed: no such field",
        "policy, levels[0].goals[1].weight: 0; allowed: more than 0",
        "policy, levels[0].goals[1].measure: 'gini'; allowed: 'chi2', 'persons_to_move' or 'max_ratio'",
        "policy, levels[1].goals: []; allowed: at least 1 of them",
        f"policy, levels[2].goals[0]: {{}}; allowed: {A_GOAL}",
        "policy, levels[2].abs_slack: -1; allowed: 0 or more",
    ]
    assert found[-2].startswith("policy, levels[3].goals[0]: {'goal': 'beauty'}; allowed: a goal: ")
    assert "'keep_housed', 'placed', 'stability', 'evenness'" in found[-2]
    assert found[-1] == "policy, levels[4]: 5; allowed: Level, or a mapping of its fields"


def test_a_policy_has_a_level():
    with pytest.raises(dz.PolicyError, match="at least 1 of them"):
        dz.Policy(levels=[])


def test_a_goal_is_no_level():
    with pytest.raises(dz.PolicyError, match="Level, or a mapping of its fields"):
        dz.Policy(levels=[dz.Placed()])
