"""How CP-SAT is set up: what keeps its answers true and, if asked for, the same."""

import pytest
from ortools.sat.python import cp_model

from dezentral.solver.core import Effort, _configure


def configured(largest=1, **effort):
    solver = cp_model.CpSolver()
    usual = {"work": 3.0, "gap": 1e-3, "workers": 1, "seed": 7, "deterministic": True}
    _configure(solver, Effort(**usual | effort), largest)
    return solver.parameters


@pytest.mark.parametrize(
    ("workers", "deterministic", "in_turn"), [(1, True, False), (2, True, True), (8, True, True), (2, False, False)]
)
def test_several_workers_that_repeat_themselves_take_turns(workers, deterministic, in_turn):
    own = configured(workers=workers, deterministic=deterministic)
    assert (own.num_workers, own.interleave_search) == (workers, in_turn)


def test_work_is_counted_and_gaps_are_relative_alone():
    own = configured()
    assert (own.max_deterministic_time, own.random_seed) == (3.0, 7)
    assert (own.relative_gap_limit, own.absolute_gap_limit) == (1e-3, 0.0)  # 1e-4 of a small weight would be much
    assert not own.catch_sigint_signal


@pytest.mark.parametrize(
    ("largest", "combines", "presolves"),
    [(2**28, True, True), (2**28 + 1, False, True), (2**40, False, True), (2**40 + 1, False, False)],
)
def test_coefficients_that_presolve_would_overflow_are_kept_from_it(largest, combines, presolves):
    own = configured(largest)
    assert (own.presolve_inclusion_work_limit > 0, own.cp_model_presolve) == (combines, presolves)
