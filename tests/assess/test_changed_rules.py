"""Lifting a rule: it binds nobody, and every other rule binds as before."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dezentral as dz
from dezentral.assess.changed import in_units_of
from dezentral.assess.changed_rules import lifted
from dezentral.checks import RULE_NAMES
from tests.checks import everything
from tests.checks.small import plan_for
from tests.strategies import problems_with_plan


def _broken(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan) -> set[str]:
    return {violation.rule for violation in dz.check(instance, policy, plan)}


@pytest.mark.parametrize("rule", sorted(everything.CORRUPTIONS))
def test_what_breaks_one_rule_breaks_none_once_it_is_lifted(rule):
    places = everything.PLAN | everything.CORRUPTIONS[rule]
    plan = plan_for(everything.CITY, **{key: place for key, place in places.items() if place is not None})
    assert _broken(everything.CITY, everything.POLICY, plan) == {rule}
    instance, policy = lifted(everything.CITY, everything.POLICY, {rule})
    assert _broken(instance, policy, in_units_of(instance, policy, plan)) == set()
    others = set(RULE_NAMES) - {rule}
    instance, policy = lifted(everything.CITY, everything.POLICY, others)
    plan = plan if rule == "units" else in_units_of(instance, policy, plan)
    assert _broken(instance, policy, plan) == {rule}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems_with_plan(), st.integers(0, 2**16))
def test_lifted_rules_never_break_and_the_others_break_as_before(problem, seed):
    instance, policy, plan = problem
    dice = random.Random(seed)  # noqa: S311  nothing secret
    rules = {rule for rule in RULE_NAMES if dice.random() < 0.4}
    loose, loosened = lifted(instance, policy, rules)
    before = _broken(instance, policy, plan) - rules
    after = _broken(loose, loosened, in_units_of(loose, loosened, plan) if "units" in rules else plan)
    # Who is shut out of a site for living alone is excluded from it once its units hold anyone.
    if "units" in rules and "single_share" in before:
        after -= {"excluded"}
        before, after = before - {"single_share"}, after - {"single_share"}
    # Who could not stay at home may once a rule is lifted: each of them may then move, besides all others.
    slack = {"max_moves"} if rules & {"open", "excluded", "fixed"} else set()
    assert before - slack <= after <= before
