from __future__ import annotations

import datetime as dt

import pytest

import dezentral as dz
from tests.domain.city import lines


def faults(**fields):
    with pytest.raises(dz.InstanceError) as caught:
        dz.Site(**{"id": "s", "district": "a", "units": [], **fields})
    return lines(caught.value)


def test_defaults():
    assert dz.Site(id="s", district="a", units=[]).model_dump() == {
        "id": "s", "district": "a", "units": (), "name": "", "kind": "", "operator": None, "x": None, "y": None,
        "features": [], "admits": None, "housed": 0, "max_persons": None, "open_from": None, "open_until": None,
        "cost": 0.0, "opening_cost": None, "confidential": False,
    }  # fmt: skip


def test_defaults_of_a_unit():
    assert dz.Unit(id="u", beds=3).model_dump() == {
        "id": "u", "beds": 3, "count": 1, "sharing": "household", "features": [], "area_m2": None,
    }  # fmt: skip


def test_everyone_and_nobody_are_told_apart_in_json_too():
    for admits in (None, frozenset(), frozenset({"women"})):
        site = dz.Site(id="s", district="a", units=[], admits=admits)
        assert dz.Site.model_validate_json(site.model_dump_json()).admits == admits


@pytest.mark.parametrize(("given", "missing"), [("x", "y"), ("y", "x")])
def test_a_point_has_two_coordinates(given, missing):
    allowed = f"a coordinate: {given} is given, and they stand together or not at all"
    assert faults(**{given: 1.0}) == [f"site 's', {missing}: None; allowed: {allowed}"]


def test_half_a_point_is_named_together_with_a_bad_field_but_a_bad_coordinate_is_named_once():
    assert len(faults(x=1.0, cost="cheap")) == 2
    assert faults(x="q", y=2.0) == ["site 's', x: 'q'; allowed: a number"]


def test_units_are_checked_inside_their_site():
    units = [{"id": "u", "beds": 0}, {"beds": 1}, 7, {"id": "v", "beds": 1, "sharing": "hotel", "area_m2": 0}]
    assert faults(units=units) == [
        "unit 'u', beds: 0; allowed: 1 or more",
        "site 's', units[1].id: (missing); allowed: a value (the field is required)",
        "site 's', units[2]: 7; allowed: Unit, or a mapping of its fields",
        "unit 'v', sharing: 'hotel'; allowed: 'household', 'same_sex' or 'dormitory'",
        "unit 'v', area_m2: 0; allowed: more than 0",
    ]


def test_a_count_of_zero_is_allowed():
    assert dz.Unit(id="u", beds=1, count=0).count == 0


def test_dates_and_costs():
    site = dz.Site(id="s", district="a", units=[], open_from="2026-01-01", cost=-3, opening_cost=0)
    assert (site.open_from, site.cost, site.opening_cost) == (dt.date(2026, 1, 1), -3.0, 0.0)
    assert faults(opening_cost=-1) == ["site 's', opening_cost: -1; allowed: 0 or more"]
