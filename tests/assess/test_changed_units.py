"""Units lifted, the share of persons living alone kept."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.assess.changed_units import allowed_alone, lift_units
from tests.checks.small import city, household, plan_for, site

DORM = [dz.Unit(id="dorm", beds=4, count=2, sharing="dormitory")]
HALF = dz.Policy(rules=dz.Rules(max_single_share=0.3))


def test_anyone_finds_room_everywhere():
    town = city([site("s", units=[dz.Unit(id="room", beds=1)]), site("t", units=())], [household("h", 9)])
    roomy, policy = lift_units(town, dz.Policy.stuttgarter_weg(), alone=None)
    assert dz.check(roomy, policy, plan_for(roomy, h=("s", "room"))) == ()
    assert dz.check(roomy, policy, plan_for(roomy, h=("t", "anywhere"))) == ()


@pytest.mark.parametrize("alone", range(5))
def test_as_many_may_live_alone_as_before(alone):
    # 8 places, ⌈0.3 · 8⌉ = 3 persons living alone; t has no place and takes nobody who lives alone
    town = city([site("s", units=DORM), site("t", units=())], [household(f"h{i}") for i in range(5)])
    assert allowed_alone(town, HALF) == {"s": 3, "t": 0}
    roomy, policy = lift_units(town, HALF, alone=allowed_alone(town, HALF))
    plan = plan_for(roomy, **{f"h{i}": ("s", "dorm") for i in range(alone)})
    expected = set() if alone <= 3 else {"single_share"}
    assert {violation.rule for violation in dz.check(roomy, policy, plan)} == expected


def test_who_lives_there_already_may_stay_where_today_is_too_many():
    living = [household(f"l{i}", current_site="s") for i in range(4)]
    town = city([site("s", units=DORM)], [*living, household("h")])
    roomy, policy = lift_units(town, HALF, alone=allowed_alone(town, HALF))
    assert dz.check(roomy, policy, plan_for(roomy, **dict.fromkeys(("l0", "l1", "l2", "l3"), ("s", "dorm")))) == ()
    assert [v.rule for v in dz.check(roomy, policy, plan_for(roomy, h=("s", "dorm")))] == ["excluded"]


def test_without_the_rule_nothing_is_to_be_kept():
    assert allowed_alone(city([site("s")], []), dz.Policy.default()) is None
