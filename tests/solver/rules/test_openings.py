"""The rows that bind placements to the opening of their site."""

from __future__ import annotations

import dataclasses

import numpy as np

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.core import Effort, Room, solve_core
from dezentral.solver.openings import Openings
from dezentral.solver.program import Objective, Program
from dezentral.solver.stage import limited, stage_of
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site

EFFORT = Effort(work=10.0, gap=0.0, workers=1, seed=0)
CANDIDATES = [site("x", opening_cost=3.0, max_persons=6), site("y", "b", opening_cost=4.0)]
TOWN = city([site("s", max_persons=0), *CANDIDATES], [household(f"h{i}", 4) for i in range(3)])
POLICY = dz.Policy(levels=[dz.Level(dz.Placed())])


def _program(**limits) -> tuple[Program, Objective]:
    openings = Openings(TOWN, {"x": 3.0, "y": 4.0}, **limits)
    compiled = compile_instance(openings.opening(openings.costs), POLICY)
    stage = stage_of(compiled, POLICY.levels, [], 1e-9, openings)
    return stage.program, stage.objective


def _left_out(**limits) -> float:
    program, objective = _program(**limits)
    answer = solve_core(program, Room.everything(program), objective, EFFORT, Watch(60.0))
    return answer.bound


def test_nobody_is_placed_where_nothing_opens():
    assert _left_out(most=0) == _left_out(budget=2.0) == 12.0


def test_budget_and_number_decide_how_many_open():
    # x holds one family (6 persons at most), y all three.
    assert _left_out(budget=3.0) == 8.0
    assert _left_out(budget=4.0) == _left_out(most=1) == _left_out() == 0.0


def test_rows_of_one_candidate_scale_with_its_opening():
    # x: nine flats and six persons; y: nine flats. Site s is as it is.
    program, _ = _program(budget=5.0, most=1)
    x, y = program.opened.values()
    scaled = {(variable, -value) for _, variable, value in program.auxiliary_cells if value < 0}
    assert scaled == {(x, 9.0), (x, 6.0), (y, 9.0)}
    assert [program.upper[row] for row in program.opening_rows.values()] == [5.0 + 5e-9, 1.0]


def test_a_program_without_openings_is_as_it_was():
    # The rows of an ordinary instance know nothing of openings.
    openings = Openings(TOWN, {"x": 3.0, "y": 4.0})
    compiled = compile_instance(openings.opening(openings.costs), POLICY)
    plain, bound = (limited(compiled, [], [], 1e-9, given) for given in (None, Openings(TOWN, {})))
    assert not plain.opened
    for field in ("lower", "upper", "auxiliary_cells", "grain"):
        assert getattr(plain, field) == getattr(bound, field)
    assert np.array_equal(plain.allowed, bound.allowed)


def test_what_opens_keeps_its_other_fields():
    openings = Openings(TOWN, {"x": 3.0, "y": 4.0})
    opened = openings.opening(["y"])
    assert [one.opening_cost for one in opened.sites] == [None, 3.0, None]
    assert opened.sites[2].model_dump() == {**CANDIDATES[1].model_dump(), "opening_cost": None}
    assert openings.opening([]) is TOWN


def test_money_is_added_up_without_drift():
    openings = Openings(TOWN, {f"x{i}": 0.1 for i in range(10)}, budget=1.0)
    assert openings.cost(openings.costs) == 1.0
    assert openings.allow(openings.costs)
    assert not dataclasses.replace(openings, most=9).allow(openings.costs)


def _leaving(most: int, **known) -> float:
    """Return minus the households that move to s at most: one lives at x, two at y, both candidates."""
    homes = zip(("hx", "hy", "hz"), ("x", "y", "y"), strict=True)
    town = city([site("s"), *CANDIDATES], [household(key, 4, current_site=home) for key, home in homes])
    openings = Openings(town, {"x": 3.0, "y": 4.0}, **known)
    policy = dz.Policy(rules=dz.Rules(max_moves=most), levels=POLICY.levels)
    program = limited(compile_instance(openings.opening(openings.costs), policy), [], [], 1e-9, openings)
    at_s = Objective(0.0, -(program.compiled.pools.site == 0).astype(np.float64)[np.newaxis, :])
    return solve_core(program, Room.everything(program), at_s, EFFORT, Watch(60.0)).bound


def test_who_leaves_a_candidate_is_counted_if_it_opens():
    # A household moves only from where it could stay: what stays closed must be left, and that is no choice.
    both = frozenset("xy")
    assert [_leaving(most, surely=both) for most in (0, 1, 2, 3)] == [0, -1, -2, -3]
    assert [_leaving(most, never=both) for most in (0, 1)] == [-3, -3]
    assert [_leaving(most, surely=frozenset("x"), never=frozenset("y")) for most in (0, 1)] == [-2, -3]
    assert [_leaving(most, surely=frozenset("y"), never=frozenset("x")) for most in (0, 1, 2)] == [-1, -2, -3]
    assert _leaving(0) == -3  # as it is best, neither opens
