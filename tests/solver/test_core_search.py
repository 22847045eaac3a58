"""CP-SAT on a program small enough to list every plan: what it finds, what it proves, from whatever it may choose."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dezentral.solver.columns import matrix
from dezentral.solver.core import Effort, Room, solve_core
from dezentral.solver.program import Objective, Program
from dezentral.solver.watch import Watch

from .test_program import stage

HARD = Effort(work=10.0, gap=0.0, workers=1, seed=0)
COUNT = st.integers(0, 2)
COST = st.integers(-40, 40).map(lambda eighths: eighths / 8)


def program_with(coefficients: list[float], lower: float, upper: float) -> Program:
    """The two kinds of households and two sites of `small`, 4 columns, with one more row over these."""
    program = stage().program
    program.family(np.full(2, program.row(lower, upper)), np.array(coefficients).reshape(2, 2))
    return program


def listed(program: Program, room: Room) -> list[tuple[int, ...]]:
    """Every plan of a room that keeps all rows, looked for one by one."""
    rows = matrix(program, room.columns).toarray()
    ranges = (range(low, high + 1) for low, high in zip(room.lower.tolist(), room.upper.tolist(), strict=True))
    return [
        counts
        for counts in product(*ranges)
        if np.all(rows @ counts >= np.array(program.lower) - 1e-9)
        and np.all(rows @ counts <= np.array(program.upper) + 1e-9)
    ]


@settings(max_examples=80)
@given(st.data())
def test_the_best_plan_between_any_bounds_is_found_and_proven(data):
    fractions = data.draw(st.lists(st.integers(-6, 6).map(lambda quarters: quarters / 4), min_size=4, max_size=4))
    limit = data.draw(st.integers(-20, 20)) / 8
    program = program_with(fractions, limit, limit + data.draw(st.sampled_from((0.0, 0.625, 3.5, np.inf))))
    lower = np.array(data.draw(st.lists(COUNT, min_size=4, max_size=4))).reshape(2, 2)
    upper = lower + np.array(data.draw(st.lists(COUNT, min_size=4, max_size=4))).reshape(2, 2)
    room = Room.around(np.ones((2, 2), dtype=np.bool_), lower, upper)
    costs = np.array(data.draw(st.lists(COST, min_size=4, max_size=4)))
    constant = data.draw(st.integers(-80, 80)) / 8
    plans = listed(program, room)
    best = min((constant + float(costs @ plan) for plan in plans), default=np.inf)
    answer = solve_core(
        program,
        room,
        Objective(constant, costs.reshape(2, 2)),
        HARD,
        Watch(60.0),
        hint=np.array(data.draw(st.lists(COUNT, min_size=4, max_size=4))),
        at_least=data.draw(st.sampled_from((-np.inf, best, best - 0.0625, best - 3.0))) if plans else -np.inf,
    )
    assert answer.infeasible == (not plans)
    assert answer.bound == pytest.approx(best, abs=1e-9)
    if plans:
        assert tuple(answer.counts.tolist()) in plans
        assert constant + float(costs @ answer.counts) == pytest.approx(best, abs=1e-9)


def test_where_any_plan_will_do_one_is_found_and_nothing_is_proven():
    # Of the second kind there is one household; it must be at the first site.
    program = program_with([0.0, 0.0, 1.0, 0.0], 1.0, 1.0)
    room = Room.everything(program)
    answer = solve_core(program, room, None, HARD, Watch(60.0))
    assert tuple(answer.counts.tolist()) in listed(program, room)
    assert (answer.counts[2], answer.bound, answer.infeasible) == (1, -np.inf, False)


def test_a_search_that_ends_without_a_plan_claims_nothing():
    program = program_with([1.0, 1.0, 1.0, 1.0], 1.0, 1.0)
    answer = solve_core(program, Room.everything(program), None, replace(HARD, work=0.0), Watch(60.0))
    assert (answer.counts, answer.bound, answer.infeasible) == (None, -np.inf, False)


@pytest.mark.parametrize(
    ("grain", "price", "bound"),
    [
        (0.25, 1.0, 0.25),  # 0.3 takes two steps, 0.5: a step too many may have been paid
        (0.25, -1.0, -1.25),  # it is worth most at 1, four steps; one more may be missing
        (1.0, 1.0, 1.0),  # whole numbers are meant
        (1e-6, 1.0, 0.3),  # a step is not worth more than the tolerance
        (1e-6, 1.5, 0.45 - 1.5e-6),  # a step is
    ],
)
def test_what_fractions_cost_too_much_in_steps_is_taken_off_the_bound(grain, price, bound):
    program = stage().program
    fraction = program.variable(0.0, 1.0, grain)
    program.add(program.row(0.3, np.inf), fraction, 1.0)
    objective = Objective(0.0, np.zeros((1, 1)), {fraction: price})
    answer = solve_core(program, Room.everything(program), objective, HARD, Watch(60.0))
    assert answer.bound == pytest.approx(bound, abs=1e-9)


def test_a_room_leaves_columns_of_a_mask_free_and_keeps_the_others_as_they_are():
    # Two households of the first kind, one of the second; two flats at the first site, one at the second.
    program, mask = stage().program, np.array([[True, False], [False, False]])
    room = Room.of(program, mask, np.array([[0, 1], [0, 1]]))
    assert list(zip(room.columns.types.tolist(), room.columns.pools.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 1)]
    assert (room.lower.tolist(), room.upper.tolist()) == ([0, 1, 1], [2, 1, 1])
    assert len(Room.of(program, mask).columns) == 1


def test_unless_asked_otherwise_a_search_repeats_itself():
    assert Effort(work=1.0, gap=0.0, workers=2, seed=0).deterministic
