from __future__ import annotations

import pytest

import dezentral as dz
from tests.domain.city import lines

A_GOAL = "a goal: Evenness() and its like, or a mapping with 'goal' = 'evenness' …"


def faults(build):
    with pytest.raises(dz.PolicyError) as caught:
        build()
    return lines(caught.value)


def test_goals_come_by_position_or_by_name():
    by_position = dz.Level(dz.Placed(), dz.Cost(weight=2.0), abs_slack=3)
    assert by_position.goals == (dz.Placed(), dz.Cost(weight=2.0))
    assert by_position == dz.Level(goals=[dz.Placed(), dz.Cost(weight=2.0)], abs_slack=3.0)
    assert (by_position.rel_slack, by_position.abs_slack) == (0.0, 3.0)


def test_not_both_ways_at_once():
    assert faults(lambda: dz.Level(dz.Placed(), goals=[dz.Cost()])) == [
        "level, goals: [Cost(weight=1.0, goal='cost')]; allowed: goals by position or as goals=, not both",
    ]


@pytest.mark.parametrize("build", [dz.Level, lambda: dz.Level(goals=[]), lambda: dz.Level(goals=())])
def test_a_level_has_a_goal(build):
    assert [fault.split(":")[0] for fault in faults(build)] == ["level, goals"]


def test_what_is_no_goal():
    assert faults(lambda: dz.Level("placed", 3, rel_slack=-1)) == [
        f"level, goals[0]: 'placed'; allowed: {A_GOAL}",
        f"level, goals[1]: 3; allowed: {A_GOAL}",
        "level, rel_slack: -1; allowed: 0 or more",
    ]
    assert faults(lambda: dz.Level(dz.Placed))[0].endswith(f"allowed: {A_GOAL}")
    assert faults(lambda: dz.Level(goals=dz.Placed()))[0].endswith("allowed: a list or tuple")


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        (100.0, 113.0),  # 100 + 0.1 × 100 + 3
        (0.0, 3.0),  # the relative part of 0 is 0
        (-100.0, -87.0),  # −100 + 0.1 × |−100| + 3: worse is always more
    ],
)
def test_the_limit_for_later_levels(value, limit):
    assert dz.Level(dz.Utility(), rel_slack=0.1, abs_slack=3.0).limit(value) == limit


def test_without_slack_nothing_is_given_up():
    assert dz.Level(dz.Placed()).limit(7.5) == 7.5
