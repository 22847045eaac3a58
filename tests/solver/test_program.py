"""Rows as a matrix, and prices: a bound from any duals is below what any plan costs."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.columns import Columns, costs, matrix
from dezentral.solver.pricing import cheapest_columns, price
from dezentral.solver.program import Objective
from dezentral.solver.stage import floor_of, stage_of
from tests.checks.small import city, household, site

from .solving import policy_of

RULES = {"max_site_persons": 5, "operator_capacity": {"o": 7}}
LEVELS = policy_of(dz.Level(dz.Placed(weight=10.0), dz.Cost()), **RULES)


def small():
    """Two kinds of households (2 × 2 persons, 1 × 3), a flat for two and one for one."""
    people = [household("f", 2), household("g", 2), household("h", 3)]
    sites = [
        site(units=[dz.Unit(id="flat", beds=4, count=2)], cost=1.0, operator="o"),
        site("t", "b", units=[dz.Unit(id="flat", beds=4)], cost=2.5, operator="o"),
    ]
    return city(sites, people)


def apart():
    """The same, but each at another site, of which there are two."""
    return small().replace(relations=[dz.Relation(kind="different_site", households=("f", "g", "h"))])


def stage(policy=LEVELS, instance=None):
    return stage_of(compile_instance(instance or small(), policy), policy.levels, [], 1e-9)


def rows_of(program, columns):
    return matrix(program, columns).toarray()


def test_rows_by_hand():
    program = stage().program
    columns = Columns.where(program.allowed)
    # columns: (2 persons, s), (2 persons, t), (3 persons, s), (3 persons, t)
    assert list(zip(columns.types.tolist(), columns.pools.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    rows = {
        tuple(row): (lower, upper)
        for row, lower, upper in zip(rows_of(program, columns), program.lower, program.upper, strict=True)
    }
    assert {row: upper for row, (_, upper) in rows.items()} == {
        (1, 1, 0, 0): 2,  # households of each type
        (0, 0, 1, 1): 1,
        (1, 0, 1, 0): 2,  # flats
        (0, 1, 0, 1): 1,
        (2, 0, 3, 0): 5,  # persons at each site
        (0, 2, 0, 3): 5,
        (2, 2, 3, 3): 7,  # persons of the operator
    }
    assert columns.most(program).tolist() == [2, 2, 1, 1]


def test_a_dormitory_takes_as_many_of_a_kind_as_it_has_places():
    # 3 rooms of 5 beds: 15 places for 12 persons alone; 4 flats of 2 beds: 4 of them, one in each
    units = [dz.Unit(id="room", beds=5, count=3, sharing="dormitory"), dz.Unit(id="flat", beds=2, count=4)]
    people = [household(f"h{i}", 1) for i in range(12)]
    program = stage_of(compile_instance(city([site(units=units)], people), LEVELS), LEVELS.levels, [], 1e-9).program
    columns = Columns.where(program.allowed)
    most = dict(zip((program.compiled.pools.units[p].id for p in columns.pools), columns.most(program), strict=True))
    assert (most["room"], most["flat"]) == (12, 8)  # what the flats' own row keeps to 4 is not cut here


def test_costs_by_hand():
    # all unplaced: 10 × 7 persons; one household placed saves 10 a person and costs the site
    built = stage()
    columns = Columns.where(built.program.allowed)
    assert built.objective.constant == 70
    assert costs(built.program, built.objective, columns).tolist() == [-18, -15, -27, -22.5]
    # both twos and the three at s, whatever the rules say: 70 − 36 − 27
    assert floor_of(built.program, built.objective) == 7


def test_a_part_of_the_columns_is_a_part_of_the_matrix():
    program = stage().program
    every, some = Columns.where(program.allowed), Columns(np.array([0, 1]), np.array([1, 0]))
    assert rows_of(program, some).tolist() == rows_of(program, every)[:, [1, 2]].tolist()


def plans(program):
    """List the counts of every plan that keeps all rows (a program without auxiliary variables)."""
    columns = Columns.where(program.allowed)
    rows, most = rows_of(program, columns), columns.most(program)
    for counts in product(*(range(n + 1) for n in most.tolist())):
        inside = rows @ np.array(counts)
        if np.all(inside >= program.lower) and np.all(inside <= program.upper):
            yield np.array(counts)


def test_the_tiny_optimum_by_listing():
    # 2 + 3 at s (5 ≤ 5, two flats), 2 at t: 5 × 1 + 2 × 2.5 = 10
    built = stage()
    prices = costs(built.program, built.objective, Columns.where(built.program.allowed))
    assert min(built.objective.constant + prices @ counts for counts in plans(built.program)) == 10


DUAL = st.floats(-50, 50, allow_nan=False)


@given(st.lists(DUAL, min_size=7, max_size=7))
def test_no_duals_prove_more_than_is_true(duals):
    built = stage()
    prices = price(built.program, built.objective, np.array(duals))
    assert prices.bound <= 10 + 1e-9
    # and a plan that uses a column costs at least the bound plus its regret
    columns, regret = Columns.where(built.program.allowed), prices.regret()
    every = costs(built.program, built.objective, columns)
    assert np.all(regret >= 0)
    for counts in plans(built.program):
        used = counts > 0
        dearest = regret[columns.types[used], columns.pools[used]].max(initial=0.0)
        cost = built.objective.constant + every @ counts
        assert cost >= prices.bound + dearest - 1e-9
        assert not prices.beyond(cost)[columns.types[used], columns.pools[used]].any()


def test_columns_are_beyond_a_limit_where_bound_and_regret_are():
    # At no prices of rows, a place costs what it costs less 10 per person; who is placed at t is 1.5 per person dearer.
    built = stage()
    prices = price(built.program, built.objective, np.zeros(len(built.program.lower)))
    assert prices.regret().min() == 0
    dearest = prices.bound + prices.regret().max()
    assert prices.beyond(dearest - 0.1).any()
    assert not prices.beyond(dearest).any()


EVEN = policy_of(dz.Level(dz.Placed(weight=10.0), dz.Evenness()), **RULES)


@given(st.data())
def test_no_duals_prove_too_much_where_goals_need_auxiliary_variables(data):
    # targets 7/3 each; everyone placed, 2 + 2 at s and 3 at t: (25 + 4 + 49)/9 ÷ (7/3) = 78/21
    best = 78 / 21
    assert dz.solve(small(), EVEN, dz.SolveParams(gap=0.0)).levels[0].value == pytest.approx(best)
    built = stage(EVEN)
    for curve in built.program.curves:
        for at in range(5):
            built.program.line(curve, at)
    count = len(built.program.lower)
    duals = data.draw(st.lists(DUAL, min_size=count, max_size=count))
    assert price(built.program, built.objective, np.array(duals)).bound <= best + 1e-6


@pytest.mark.parametrize(("policy", "instance"), [(LEVELS, small()), (EVEN, small()), (LEVELS, apart())])
def test_the_duals_of_the_relaxation_prove_its_optimum(policy, instance):
    # Solved by another library, written out in full: what a bound from its duals adds up to is its optimum.
    built = stage(policy, instance)
    program, columns = built.program, Columns.where(built.program.allowed)
    for curve in program.curves:
        for at in range(5):
            program.line(curve, at)
    rows, lower, upper = rows_of(program, columns), np.array(program.lower), np.array(program.upper)
    prices = costs(program, built.objective, columns)
    above, below = np.isfinite(upper), np.isfinite(lower)
    auxiliary = list(zip(program.auxiliary_lower, program.auxiliary_upper, strict=True))
    relaxed = linprog(
        prices, np.vstack([rows[above], -rows[below]]), np.concatenate([upper[above], -lower[below]]),
        bounds=[*[(0, None)] * len(columns), *auxiliary],
    )  # fmt: skip
    duals = np.zeros(len(lower))
    duals[above] += relaxed.ineqlin.marginals[: above.sum()]
    duals[below] -= relaxed.ineqlin.marginals[above.sum() :]
    assert np.any(duals)
    assert not program.cells or np.any(duals[[row for row, *_ in program.cells]])
    assert price(program, built.objective, duals).bound == pytest.approx(built.objective.constant + relaxed.fun)


@given(st.lists(DUAL, min_size=10, max_size=10))
def test_no_duals_prove_too_much_where_households_are_related(duals):
    # three at s, two at t: 10 × 2 for the others + 3 × 1 + 2 × 2.5
    built = stage(LEVELS, apart())
    columns = Columns.where(built.program.allowed)
    every = costs(built.program, built.objective, columns)
    prices = price(built.program, built.objective, np.array(duals))
    assert min(built.objective.constant + every @ counts for counts in plans(built.program)) == 28
    assert prices.bound <= 28 + 1e-9


def test_duals_without_a_bound_to_pay_for_are_ignored():
    built = stage()
    free = price(built.program, built.objective, np.zeros(7))
    assert free.bound == floor_of(built.program, built.objective)
    # a positive price for rows that have no lower bound proves nothing
    priced = price(built.program, built.objective, np.array([0.0, 0.0, 9.0, 0.5, 1e-9, 9.0, 9.0]))
    assert (priced.bound, priced.duals.tolist()) == (free.bound, [0.0] * 7)


def test_the_cheapest_columns_of_each_type():
    prices = np.array([[3.0, 1.0, np.inf], [np.inf, np.inf, np.inf], [0.0, 5.0, -1.0]])
    types, pools = cheapest_columns(prices, 2)
    assert sorted(zip(types.tolist(), pools.tolist(), strict=True)) == [(0, 0), (0, 1), (2, 0), (2, 2)]


def test_what_an_objective_can_come_to_at_most_counts_every_place_and_the_far_end_of_a_variable():
    program = stage().program
    away = program.variable(-2.0, 5.0)
    objective = Objective(100.0, np.array([[-1.0, 4.0], [2.0, 3.0]]), {away: -3.0})
    # two households of the first kind, one of the second; a constant moves nothing
    assert program.reach(objective) == (1 + 4) * 2 + (2 + 3) * 1 + 3 * 5


def test_a_limit_on_an_objective_leaves_room_for_steps_of_fractions_alone():
    program = stage().program
    whole, fine = program.variable(0.0, 9.0), program.variable(0.0, 9.0, 0.25)
    row = program.bounded(Objective(10.0, np.array([[1.0, 0.0]]), {whole: 2.0, fine: -3.0}), 12.0)
    assert (program.lower[row], program.upper[row]) == (-np.inf, 12 - 10 + 3 * 0.25)
    columns = Columns.where(program.allowed)
    assert rows_of(program, columns)[row].tolist() == [1, 0, 1, 0, 2, -3]
