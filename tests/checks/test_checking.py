"""check and score as a whole."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from dezentral.checks import RULE_NAMES, Violation, check, score
from tests.strategies import problems_with_plan

from .everything import CITY, CORRUPTIONS, PLAN, POLICY
from .small import Place, plan_for

NOTHING = dz.Plan(unplaced=[one.id for one in CITY.households])


def corrupted(changes: dict[str, Place | None]) -> dz.Plan:
    return plan_for(CITY, **{key: place for key, place in (PLAN | changes).items() if place is not None})


def test_a_plan_that_keeps_every_rule_breaks_none():
    assert check(CITY, POLICY, plan_for(CITY, **PLAN)) == ()


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_one_change_breaks_one_rule(rule):
    violations = check(CITY, POLICY, corrupted(CORRUPTIONS[rule]))
    assert [violation.rule for violation in violations] == [rule]
    (violation,) = violations
    assert set(CORRUPTIONS[rule]) & set(violation.households)
    assert violation.message.endswith(".")
    for ids in (violation.households, violation.sites, violation.districts):
        assert ids == tuple(sorted(set(ids)))


def test_the_rules_have_their_names_and_order():
    assert RULE_NAMES == (
        "open", "units", "admits", "requires", "excluded", "fixed", "relation", "site_cap", "district_cap",
        "district_share", "operator_cap", "single_share", "max_distance", "service_capacity", "max_moves", "min_stay",
    )  # fmt: skip


def test_violations_come_in_the_order_of_the_rules_and_of_ids():
    places: dict[str, Any] = {"trio": "zero", "pupil": "zero", "barred": "shut"}
    violations = check(CITY, POLICY, plan_for(CITY, **PLAN, **places))
    assert [(each.rule, each.households) for each in violations] == [
        ("open", ("barred",)),
        ("units", ("pupil", "trio")),  # one flat there
        ("district_share", ("pupil",)),
        ("district_share", ("trio",)),
    ]


def test_within_a_rule_ids_count_not_the_order_of_rows():
    kin = [dz.Relation(kind="same_site", households=pair) for pair in (("kin1", "solo1"), ("big", "kin2"))]
    violations = check(CITY.replace(relations=kin), POLICY, plan_for(CITY, **PLAN))
    assert [each.households for each in violations] == [("big", "kin2"), ("kin1", "solo1")]


def test_levels_add_their_goals_with_their_weights():
    # nobody placed: KeepHoused 2 + 1, Placed 3+5+2+1+1+2+2+1+1+2+3+2+2+3 = 30, no moves, no seats
    # T_a = T_b = 33/2, T_c = 0; L = 3, 0, 0: (13.5² + 16.5²) / 16.5; ½ (1.5 + 1.5); 3/16.5
    values = score(CITY, POLICY, NOTHING)
    assert values[0] == 33.0
    assert values[1] == pytest.approx((13.5**2 + 16.5**2) / 16.5 + 1.5 + 3 / 16.5, rel=1e-12)
    assert values[2:] == (0.0, 0.0)


def test_every_goal_of_the_plan_by_hand():
    values = score(CITY, POLICY, plan_for(CITY, **PLAN))
    # unplaced: barred 2, trio 3, pupil 2, pupils 2, three men; moved: mover
    assert values[0] == 0 + 12 + 1 + 0
    # N = 33; L_a = 3 + 3 + 9 = 15, L_b = 6, L_c = 0; Σ L = 21
    by_hand = (1.5**2 + 10.5**2) / 16.5 + 0.5 * (4.5 + 4.5) + 15 / 16.5
    assert values[1] == pytest.approx(by_hand, rel=1e-12)
    # mum: 2 × 650 m; big: 0.1 × 13 m; mum's district is her second wish: 3 × 1;
    # empty beds: side 1, home 8 − 5 for big, 4 − 2 for old, room 0, north 4·4 − 6
    assert values[2] == pytest.approx(1300 + 1.3 + 3000 + 1000 * (1 + 3 + 2 + 0 + 10), rel=1e-12)
    # home 0.1 × 9, side 0.2 × 3, north 0.3 × 6; utilities 0.1 + 0.2; solo2 shares no language
    assert values[3] == pytest.approx(0.9 + 0.6 + 1.8 - 0.3 + 0.1, rel=1e-12)


@pytest.mark.parametrize("function", [check, score])
def test_a_plan_of_another_instance_is_refused(function):
    placements = [dz.Placement(household="nobody", site="home", unit="flat"), *plan_for(CITY, **PLAN).placements]
    stranger = dz.Plan(placements=placements)
    with pytest.raises(dz.PlanError) as caught:
        function(CITY, POLICY, stranger)
    assert len(caught.value.faults) == 1 + 7  # one unknown, seven missing


def test_a_violation_is_a_value():
    violation = Violation.of("open", "Closed.", households=["h", "g", "h"], sites=["s"])
    assert violation == Violation("open", "Closed.", ("g", "h"), ("s",), ())
    assert hash(violation) == hash(Violation("open", "Closed.", ("g", "h"), ("s",), ()))


@settings(max_examples=60)
@given(problems_with_plan(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(problem, rng: random.Random):
    instance, policy, plan = problem
    shuffled = instance.replace(
        **{
            name: rng.sample(getattr(instance, name), len(getattr(instance, name)))
            for name in ("districts", "sites", "households", "services", "relations")
        },
    )
    assert check(shuffled, policy, plan) == check(instance, policy, plan)
    assert score(shuffled, policy, plan) == score(instance, policy, plan)


@settings(max_examples=60)
@given(problems_with_plan(), st.randoms(use_true_random=False))
def test_leaving_people_out_breaks_no_rule_but_fixed(problem, rng: random.Random):
    instance, policy, plan = problem
    kept = [placement for placement in plan.placements if rng.random() < 0.5]
    left_out = {one.id for one in instance.households} - {placement.household for placement in kept}
    before = {violation.rule for violation in check(instance, policy, plan)}
    after = {violation.rule for violation in check(instance, policy, dz.Plan(placements=kept, unplaced=left_out))}
    assert after - {"fixed"} <= before


@settings(max_examples=60)
@given(problems_with_plan())
def test_who_stays_is_bound_by_few_rules_only(problem):
    instance, policy, _ = problem
    units = {site.id: site.units for site in instance.sites}
    placements = []
    for one in instance.households:
        if one.current_site is None or not units[one.current_site]:
            continue
        key = one.current_unit or units[one.current_site][0].id
        unit = next(unit for unit in units[one.current_site] if unit.id == key)
        shares = unit.sharing == "dormitory" or (unit.sharing == "same_sex" and one.size == 1)
        least = 1 if shares else -(-one.size // unit.beds)
        placements.append(dz.Placement(household=one.id, site=one.current_site, unit=key, units=least))
    staying = {placement.household for placement in placements}
    plan = dz.Plan(placements=placements, unplaced=[one.id for one in instance.households if one.id not in staying])
    binding = {"open", "units", "excluded", "fixed", "relation"}
    assert {violation.rule for violation in check(instance, policy, plan)} <= binding
