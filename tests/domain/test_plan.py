from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dezentral as dz
from dezentral.domain import require_match
from tests.domain.city import city, lines, plan

A_HOUSEHOLD = "the id of a household of the instance"


def placed(household, site="s", unit="flat", units=1):
    return dz.Placement(household=household, site=site, unit=unit, units=units)


def mismatch(candidate):
    with pytest.raises(dz.PlanError) as caught:
        require_match(city(), candidate)
    return lines(caught.value)


@given(st.permutations(["h10", "h2", "a", "ä", "z"]), st.integers(0, 5))
def test_a_plan_is_sorted_by_household_id_whatever_order_it_came_in(ids, cut):
    shuffled = dz.Plan(placements=[placed(key) for key in ids[:cut]], unplaced=ids[cut:])
    ordered = dz.Plan(placements=[placed(key) for key in sorted(ids[:cut])], unplaced=sorted(ids[cut:]))
    assert [placement.household for placement in shuffled.placements] == sorted(ids[:cut])
    assert list(shuffled.unplaced) == sorted(ids[cut:])
    assert shuffled == ordered
    assert shuffled.digest == ordered.digest


def test_households_named_twice_are_in_a_fixed_order_too():
    rows = [placed("h", "t", "room"), placed("h", "s", "flat", 2), placed("h", "s", "flat", 1)]
    assert dz.Plan(placements=rows) == dz.Plan(placements=rows[::-1])


def test_unplaced_may_be_a_set():
    assert dz.Plan(unplaced={"c", "a", "b"}).unplaced == ("a", "b", "c")


def test_the_digest_is_sha256_of_canonical_json():
    candidate = dz.Plan(placements=[placed("ö", units=2)], unplaced=["g"])
    canonical = '{"placements":[{"household":"ö","site":"s","unit":"flat","units":2}],"unplaced":["g"]}'
    assert json.loads(canonical)["unplaced"] == ["g"]
    assert candidate.digest == hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def test_the_digest_reads_placements_and_unplaced_and_nothing_else():
    override = dz.Override(household="h", site="s", by="me", reason="asked for")
    assert plan(overrides=[override]).digest == plan().digest
    assert plan(placements=[placed("h", units=2)]).digest != plan().digest
    assert plan(unplaced=["h2"]).digest != plan().digest


def test_a_plan_survives_json_with_its_overrides_in_order():
    overrides = [dz.Override(household=key, site="s", by="me", reason="r", violations=["full"]) for key in "hgh"]
    candidate = plan(overrides=overrides)
    back = dz.Plan.model_validate_json(candidate.model_dump_json())
    assert back == candidate
    assert [override.household for override in back.overrides] == ["h", "g", "h"]


def test_bad_fields_of_a_plan_are_plan_errors_all_at_once():
    data = {
        "placements": [{"household": "h", "site": 5, "unit": "flat", "units": 0}, {"site": "s", "unit": "flat"}],
        "unplaced": "g",
        "overrides": [{"household": "h", "site": "s", "by": "", "reason": "r"}],
    }
    with pytest.raises(dz.PlanError) as caught:
        dz.Plan.model_validate_json(json.dumps(data))
    assert lines(caught.value) == [
        "placement 'h', site: 5; allowed: a string",
        "placement 'h', units: 0; allowed: 1 or more",
        "plan, placements[1].household: (missing); allowed: a value (the field is required)",
        "plan, unplaced: 'g'; allowed: a list or tuple",
        "override 'h', by: ''; allowed: text that is not empty",
    ]


def test_a_plan_that_names_everyone_once_matches():
    require_match(city(), plan())
    require_match(city(), plan(placements=[placed("h", "t", "room"), placed("g")], unplaced=[]))
    require_match(city(households=[]), dz.Plan())


def test_missing_double_and_unknown_ids_are_refused_all_at_once():
    candidate = dz.Plan(
        placements=[placed("h"), placed("h", "t", "room"), placed("x", "nowhere"), placed("y", "s", "room")],
        unplaced=["h", "z"],
    )
    assert mismatch(candidate) == [
        "household 'h', household: 'h'; allowed: each household once (it stands 3 times)",
        f"household 'x', household: 'x'; allowed: {A_HOUSEHOLD}",
        f"household 'y', household: 'y'; allowed: {A_HOUSEHOLD}",
        f"household 'z', household: 'z'; allowed: {A_HOUSEHOLD}",
        "household 'g', household: (missing); allowed: a placement, or a place among the unplaced",
        "household 'x', site: 'nowhere'; allowed: the id of a site of the instance",
        "household 'y', unit: 'room'; allowed: the id of a unit of site 's'",
    ]


def test_placed_and_unplaced_at_once_is_double():
    assert mismatch(plan(unplaced=["g", "h"])) == [
        "household 'h', household: 'h'; allowed: each household once (it stands 2 times)",
    ]


def test_overrides_refer_to_what_exists():
    overrides = [
        dz.Override(household="x", site="s", by="me", reason="r"),
        dz.Override(household="h", site="nowhere", by="me", reason="r"),
        dz.Override(household="h", site="s", unit="room", by="me", reason="r"),
        dz.Override(household="h", site="s", unit="flat", by="me", reason="r"),
    ]
    assert mismatch(plan(overrides=overrides)) == [
        "household 'h', overrides.site: 'nowhere'; allowed: the id of a site of the instance",
        "household 'h', overrides.unit: 'room'; allowed: the id of a unit of site 's'",
        f"household 'x', overrides.household: 'x'; allowed: {A_HOUSEHOLD}",
    ]


def test_a_plan_may_break_rules_and_still_match():
    crowd = [placed("g", "t", "room"), placed("h", "t", "room", 7)]
    require_match(city(), dz.Plan(placements=crowd))
