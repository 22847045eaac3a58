"""Check and score against the independent second reading, on plans in any state."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from dezentral import Instance, Plan, Policy
from dezentral.checks import check, score
from tests.oracle.semantics import level_values, violated_rules
from tests.strategies import EXAMPLES, problems_with_plan

Drawn = tuple[Instance, Policy, Plan]


@settings(max_examples=EXAMPLES)
@given(problems_with_plan())
def test_check_names_the_rules_that_a_plan_breaks(drawn: Drawn) -> None:
    assert {violation.rule for violation in check(*drawn)} == violated_rules(*drawn)


@settings(max_examples=EXAMPLES)
@given(problems_with_plan())
def test_score_gives_every_level_its_value(drawn: Drawn) -> None:
    assert score(*drawn) == pytest.approx(level_values(*drawn), rel=1e-9, abs=1e-9)
