"""A level's program: what earlier levels leave of it, and what no plan can undercut."""

from __future__ import annotations

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.program import Objective
from dezentral.solver.stage import _keep_cheapest, floor_of, furthest, limited

from .solving import policy_of
from .test_program import small, stage

SLACK = 1e-8


def test_floats_of_large_sums_are_no_proof_to_their_last_digit():
    # 4e12 − 3 households × 1e12 − 1e12 is 0, if floats of 8e12 in all are not off: by 1e-15 each they may be.
    program = stage().program
    fraction = program.variable(0.0, 1e12)
    objective = Objective(4e12, np.full((1, 1), -1e12), {fraction: -1.0})
    assert floor_of(program, objective) == pytest.approx(-8e-3, rel=1e-9)


def test_a_cost_counts_from_the_end_of_a_variable_at_which_it_is_least():
    program = stage().program
    dear, cheap = program.variable(2.0, 10.0), program.variable(3.0, 7.0)
    # two households of the first kind save 1 each at their cheapest, the one of the second kind costs and stays away
    objective = Objective(5.0, np.array([[-1.0, 4.0], [2.0, 3.0]]), {dear: 3.0, cheap: -2.0})
    assert floor_of(program, objective) == 5 - 2 * 1 + 3 * 2 - 2 * 7


def test_where_a_level_can_go_no_lower_everyone_is_at_a_cheapest_place():
    program = stage().program
    _keep_cheapest(program, Objective(0.0, np.array([[-2.0, -1.0], [1.0, 0.5]])))
    assert program.allowed.tolist() == [[True, False], [False, False]]
    assert (program.lower[:2], program.upper[:2]) == ([2, 0], [2, 1])  # the first kind must all be placed


@pytest.mark.parametrize(("more", "kept"), [(0.5, True), (2.5, False)])
@pytest.mark.parametrize("least", [-1.0, -1e6])
def test_places_are_as_cheap_if_floats_may_hide_the_difference(least, more, kept):
    program = stage().program
    _keep_cheapest(program, Objective(0.0, np.array([[least, least * (1 - more * SLACK)], [0.0, more * SLACK]])))
    assert program.allowed.tolist() == [[True, kept], [True, more < 1]]
    assert program.lower[:2] == [2, 0]


@pytest.mark.parametrize(("limit", "slack"), [(3.0, 3 * SLACK), (0.5, SLACK)])
def test_a_limit_is_a_row_with_room_for_floats(limit, slack):
    policy = policy_of(dz.Level(dz.Placed()))
    program = limited(compile_instance(small(), policy), policy.levels, [limit], 1e-9)
    # 7 persons are left out if nobody is placed: what is placed must make up for all but the limit
    assert program.upper[-1] == pytest.approx(limit - 7 + slack, abs=1e-12)
    assert program.lower[:2] == [0, 0]


def test_a_limit_that_none_can_undercut_is_no_row():
    policy = policy_of(dz.Level(dz.Placed()))
    compiled = compile_instance(small(), policy)
    program = limited(compiled, policy.levels, [0.0], 1e-9)
    assert len(program.lower) == len(limited(compiled, (), [], 1e-9).lower)
    assert program.lower[:2] == [2, 1]


def test_the_limit_of_an_uneven_level_gives_way_by_less_than_is_forgiven():
    # Where it gave way by more, HiGHS found plans for later levels that the search then had to refuse.
    city, levels = dz.datasets.stuttgart(400), (dz.Level(dz.Evenness()),)
    compiled = compile_instance(city, dz.Policy(levels=levels), levels)
    limit = 123.456
    program = limited(compiled, levels, [limit], 1e-6)
    measured = {row for row, variable, _ in program.auxiliary_cells if variable in program.measures}
    highest = [program.upper[row] for row in measured if np.isfinite(program.upper[row])]
    assert program.lazy
    assert len(highest) == 1
    assert limit < highest[0] <= furthest(limit)
    (much,) = program.forgiven.values()
    assert 0 < much <= furthest(limit) - highest[0]  # what HiGHS may add to it
