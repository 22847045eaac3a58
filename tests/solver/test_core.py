"""How CP-SAT is set up and given its rows: what keeps its answers true and, if asked for, the same."""

import math

import numpy as np
import pytest
from ortools.sat.python import cp_model
from scipy.sparse import csr_array

from dezentral.solver.core import Effort, _add_rows, _configure


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


@pytest.mark.parametrize("counts", [(1, 2), (999_983, 3), (123_457, 654_321), (999_999, 999_999)])
def test_rounding_a_row_to_whole_numbers_excludes_nothing_that_keeps_it(counts):
    # No scale makes both whole: the bounds give way by what is rounded off.
    shares = np.array([math.pi, -math.e])
    kept = float(shares @ counts)
    model = cp_model.CpModel()
    variables = [model.new_int_var(count, count, "") for count in counts]
    rows, reach = csr_array(shares[np.newaxis, :]), np.full(2, 1e6)
    largest = _add_rows(model, variables, rows, (np.array([kept]), np.array([kept])), reach)
    assert largest > 10**3
    assert cp_model.CpSolver().solve(model) == cp_model.OPTIMAL
