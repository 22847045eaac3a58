"""The engine against the enumeration of all plans of tiny problems."""

from __future__ import annotations

from hypothesis import given, settings

from dezentral import Instance, Policy
from tests.oracle.agreement import expect_agreement
from tests.strategies import EXAMPLES, problems


@settings(max_examples=EXAMPLES)
@given(problems())
def test_solve_finds_and_proves_the_optimum(problem: tuple[Instance, Policy]) -> None:
    expect_agreement(*problem)
