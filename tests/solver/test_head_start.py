"""Where a simplex begins: the basis of a small level spread out over the types of a large one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from dezentral.solver.head_start import Standing, spread_out
from dezentral.solver.linear import AT_LOWER_BOUND, AT_UPPER_BOUND, BASIC, Basis, Rows, Simplex, Variables
from dezentral.solver.watch import Watch

NO_AUXILIARY = np.zeros(0, dtype=np.int64)
# Two few types on three pools: the first is split over pools 0 and 1, the second lives in pool 1, which is full.
FEW = np.array([[True, True, False], [False, True, False]])
ROWS = np.array([AT_UPPER_BOUND, AT_UPPER_BOUND, BASIC, AT_UPPER_BOUND, BASIC])  # of two types and three pools
COSTS = np.array([[2.0, 1.0, 9.0], [1.0, 2.0, 9.0], [3.0, 1.0, 9.0], [5.0, 4.0, 3.0]])
STANDS_FOR = np.array([0, 0, 0, 1])


def spread(basic, basis, stands_for, reduced):
    """Return basic columns and the basis of the rest, None if there is none."""
    found = spread_out(Standing(basic, basis), stands_for, reduced)
    return None if found is None else (found.basic, found.others)


def test_an_heir_takes_the_basic_columns_over_and_the_others_have_their_cheapest_of_them():
    basic, basis = spread(FEW, Basis(NO_AUXILIARY, ROWS), STANDS_FOR, COSTS)
    assert basic.tolist() == [[True, True, False], [True, False, False], [False, True, False], [False, True, False]]
    assert basis.rows.tolist() == [AT_UPPER_BOUND] * 4 + ROWS[2:].tolist()
    assert np.count_nonzero(basic) + np.count_nonzero(basis.rows == BASIC) == len(basis.rows)


def test_types_without_a_place_and_types_without_households_keep_their_rows_open():
    waiting = np.array([BASIC, AT_UPPER_BOUND, BASIC, BASIC, BASIC])  # nobody of the first type is placed
    basic, basis = spread(
        np.array([[False] * 3, [False, True, False]]), Basis(NO_AUXILIARY, waiting), np.array([0, 0, -1, 1]), COSTS
    )
    assert basic.tolist() == [[False] * 3] * 3 + [[False, True, False]]
    assert basis.rows[:4].tolist() == [BASIC] * 3 + [AT_UPPER_BOUND]


def test_a_column_that_a_type_may_not_use_is_none_of_its_own():
    closed = COSTS.copy()
    closed[1, 0] = np.inf
    basic, _ = spread(FEW, Basis(NO_AUXILIARY, ROWS), STANDS_FOR, closed)
    assert basic[1].tolist() == [False, True, False]


def test_numbers_that_do_not_match_are_no_basis():
    assert spread(FEW, Basis(NO_AUXILIARY, np.full(5, BASIC)), STANDS_FOR, COSTS) is None
    assert spread(FEW, Basis(np.array([BASIC]), ROWS), STANDS_FOR, COSTS) is None


def _simplex():
    """Place four types of one, two and one household at least cost; pool 1 holds two."""
    ways = np.eye(12)
    types, pools = np.repeat(np.eye(4), 3, axis=1), np.tile(np.eye(3), 4)
    rows = Rows(
        np.array([1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]),
        np.array([1.0, 1.0, 1.0, 1.0, 9.0, 2.0, 9.0]),
        csr_array(np.vstack([types, pools]) @ ways),
    )
    return Simplex(Variables(np.zeros(12), np.full(12, np.inf), COSTS.ravel()), rows)


def test_a_simplex_that_begins_there_ends_where_another_does():
    basic, basis = spread(FEW, Basis(NO_AUXILIARY, ROWS), STANDS_FOR, COSTS)
    simplex = _simplex()
    simplex.basis = Basis(np.where(basic.ravel(), BASIC, AT_LOWER_BOUND), basis.rows)
    best = simplex.solve(Watch(60))
    assert best.value == pytest.approx(_simplex().solve(Watch(60)).value)
    assert best.value == pytest.approx(1 + 1 + 1 + 3)
    assert np.count_nonzero(simplex.basis.variables == BASIC) + np.count_nonzero(simplex.basis.rows == BASIC) == 7


def test_a_basis_that_glop_refuses_is_no_answer():
    simplex = _simplex()
    simplex.basis = Basis(np.full(12, BASIC), np.full(7, BASIC))
    assert simplex.solve(Watch(60)) is None
