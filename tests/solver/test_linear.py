"""Programs as whole arrays: what GLOP and HiGHS read of them, against optima by hand."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.math_opt.python import mathopt
from scipy.sparse import csr_array

from dezentral.solver.linear import AT_LOWER_BOUND, AT_UPPER_BOUND, BASIC, Rows, Simplex, Variables, solve_once
from dezentral.solver.watch import Watch

PARAMS = mathopt.SolveParameters().to_proto()
INF = np.inf


def _variables(lower, upper, costs, integer=None):
    return Variables(np.array(lower, float), np.array(upper, float), np.array(costs, float), integer)


def _rows(lower, upper, matrix):
    return Rows(np.array(lower, float), np.array(upper, float), csr_array(np.array(matrix, float)))


def _solved(simplex):
    return simplex.solve(Watch(60))


def test_glop_gives_value_solution_and_duals():
    # min 2x + 3y with x + y ≥ 4, x ≤ 3: x = 3, y = 1; the row is worth what y costs
    simplex = Simplex(_variables([0, 0], [3, INF], [2, 3]), _rows([4], [INF], [[1, 1]]))
    best = _solved(simplex)
    assert best.value == pytest.approx(9)
    assert best.values.tolist() == pytest.approx([3, 1])
    assert best.duals.tolist() == pytest.approx([3])


def test_a_program_grows_by_rows_then_variables_and_keeps_what_it_had():
    simplex = Simplex(_variables([0, 0], [3, INF], [2, 3]), _rows([4], [INF], [[1, 1]]))
    _solved(simplex)
    assert simplex.add_rows(_rows([-INF], [2], [[1, 0]]))  # now x ≤ 2: x = 2, y = 2
    assert _solved(simplex).value == pytest.approx(10)
    assert simplex.add_variables(_variables([0], [1], [1]), csr_array(np.array([[1.0], [0.0]])))
    best = _solved(simplex)  # z ≤ 1 at 1 takes the place of one y
    assert best.value == pytest.approx(8)
    assert best.values.tolist() == pytest.approx([2, 1, 1])
    assert len(best.duals) == 2


def test_rows_and_variables_may_come_together_and_the_simplex_goes_on_from_where_it_stood():
    simplex = Simplex(_variables([0, 0], [3, INF], [2, 3]), _rows([4], [INF], [[1, 1]]))
    _solved(simplex)
    assert simplex.basis.variables.tolist() == [AT_UPPER_BOUND, BASIC]
    assert simplex.add_rows(_rows([-INF], [2], [[1, 0]]))
    assert simplex.add_variables(_variables([0], [1], [1]), csr_array(np.array([[1.0], [0.0]])))
    grown = simplex.basis.grown(3, 2)
    assert grown.variables.tolist() == [AT_UPPER_BOUND, BASIC, AT_LOWER_BOUND]
    assert grown.rows.tolist() == [AT_LOWER_BOUND, BASIC]
    assert _solved(simplex).values.tolist() == pytest.approx([2, 1, 1])
    assert len(simplex.basis.variables) == 3
    assert len(simplex.basis.rows) == 2


def test_a_variable_gets_other_bounds_and_loses_them_again():
    simplex = Simplex(_variables([0, 0], [3, INF], [2, 3]), _rows([4], [INF], [[1, 1]]))
    simplex.bound(0, 1, 1)
    assert _solved(simplex).value == pytest.approx(11)
    simplex.bound(0, 0, 3)
    assert _solved(simplex).value == pytest.approx(9)


def test_variables_get_other_costs_and_keep_the_rest():
    simplex = Simplex(_variables([0, 0], [3, INF], [2, 3]), _rows([4], [INF], [[1, 1]]))
    _solved(simplex)
    assert simplex.cost({0: 5.0})  # y is cheaper now
    assert _solved(simplex).values.tolist() == pytest.approx([0, 4])
    assert simplex.cost({0: 0.0})
    assert _solved(simplex).value == pytest.approx(3)


def test_no_optimum_is_no_answer():
    assert _solved(Simplex(_variables([0], [1], [1]), _rows([2], [INF], [[1]]))) is None


def test_highs_takes_whole_numbers_where_they_are_asked_for():
    # min −x − y with 2x + 2y ≤ 3: 1.5 in parts, 1 in whole numbers, 1.5 where only x is whole
    rows = _rows([-INF], [3], [[2, 2]])
    for integer, best in (([False, False], -1.5), ([True, True], -1), ([True, False], -1.5)):
        answer = solve_once(_variables([0, 0], [1, 1], [-1, -1], np.array(integer)), rows, PARAMS)
        assert answer.values @ [-1, -1] == pytest.approx(best)
        assert answer.bound == pytest.approx(best)
        assert not answer.infeasible
        assert not answer.late


def test_highs_says_that_there_is_nothing():
    rows = _rows([1], [1], [[2]])  # 2x = 1
    answer = solve_once(_variables([0], [9], [1], np.array([True])), rows, PARAMS)
    assert answer.infeasible
    assert answer.values is None


def test_a_message_that_mathopt_refuses_is_no_answer():
    assert solve_once(_variables([np.nan], [1], [1], np.array([True])), _rows([0], [1], [[1]]), PARAMS) is None
