from __future__ import annotations

import pytest

import dezentral as dz
from tests.domain.city import lines


def faults(**fields):
    with pytest.raises(dz.InstanceError) as caught:
        dz.Household(**{"id": "h", "size": 2, **fields})
    return lines(caught.value)


def test_defaults():
    assert dz.Household(id="h", size=2).model_dump() == {
        "id": "h", "size": 2, "sex": None, "traits": [], "requires": [], "needs": {}, "languages": [], "supports": 0,
        "seeks_support": False, "anchors": (), "wishes": (), "current_site": None, "current_unit": None,
        "fixed_site": None, "excluded_sites": [], "excluded_districts": [], "priority": 1, "arrival": None,
    }  # fmt: skip


def test_needs_are_of_one_member_up_to_all():
    assert dz.Household(id="h", size=2, needs={"kita": 2}).needs == {"kita": 2}
    assert faults(needs={"kita": 3, "school": 1, "clinic": 4}) == [
        "household 'h', needs.clinic: 4; allowed: 1 to 2 members (its size)",
        "household 'h', needs.kita: 3; allowed: 1 to 2 members (its size)",
    ]


def test_support_is_given_or_sought():
    assert dz.Household(id="h", size=2, supports=1).supports == 1
    assert dz.Household(id="h", size=2, seeks_support=True).supports == 0
    assert faults(supports=1, seeks_support=True) == [
        "household 'h', supports: 1; allowed: 0 where seeks_support is set: not both",
    ]


def test_a_current_unit_stands_at_a_current_site():
    assert faults(current_unit="u") == ["household 'h', current_unit: 'u'; allowed: only together with current_site"]


def test_fields_that_clash_are_named_together_with_bad_ones():
    assert faults(priority=0, needs={"kita": 3}, supports=1, seeks_support=True, current_unit="u") == [
        "household 'h', priority: 0; allowed: 1 or more",
        "household 'h', needs.kita: 3; allowed: 1 to 2 members (its size)",
        "household 'h', supports: 1; allowed: 0 where seeks_support is set: not both",
        "household 'h', current_unit: 'u'; allowed: only together with current_site",
    ]


def test_nothing_follows_from_a_field_that_is_refused_already():
    assert faults(size=0, needs={"kita": 3}, supports="1", seeks_support=True, current_site=7, current_unit="u") == [
        "household 'h', size: 0; allowed: 1 or more",
        "household 'h', supports: '1'; allowed: a whole number",
        "household 'h', current_site: 7; allowed: a string",
    ]


def test_anchors_have_a_point_and_a_weight():
    household = dz.Household(id="h", size=1, anchors=[{"x": 1, "y": 2}, dz.Anchor(x=3.0, y=4.0, weight=0.0)])
    assert household.anchors == (dz.Anchor(x=1.0, y=2.0, weight=1.0), dz.Anchor(x=3.0, y=4.0, weight=0.0))
    assert faults(anchors=[{"x": 1, "y": 2, "weight": -1}, 5]) == [
        "household 'h', anchors[0].weight: -1; allowed: 0 or more",
        "household 'h', anchors[1]: 5; allowed: Anchor, or a mapping of its fields",
    ]
