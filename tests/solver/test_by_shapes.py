"""Shapes first, then who takes the places: a plan as good as the other way's, in a city where everybody is unique."""

from __future__ import annotations

import numpy as np
import pytest

import dezentral as dz
from dezentral.solver import alike, by_shapes, guided, program, relaxation
from dezentral.solver.assignment import spread

POLICY = dz.Policy.default()
PARAMS = dz.SolveParams(gap=2e-3)


@pytest.fixture(name="city", scope="module")
def _city():
    return dz.datasets.stuttgart(400, anchors=True)


@pytest.fixture(name="plans")
def _plans(monkeypatch):
    """What the step over shapes returns, in a solve to which no number of types is small and no plan at hand near."""
    monkeypatch.setattr(guided, "_AT_HAND", 0.0)
    monkeypatch.setattr(relaxation, "_ALL_AT_ONCE", 0)
    monkeypatch.setattr(alike, "_TOGETHER", 3)
    monkeypatch.setattr(program, "_MANY_TYPES", 0)
    place, found = guided.place_by_shapes, []

    def watched(guide, coarse, shapes, width):
        found.append((guide, place(guide, coarse, shapes, width)))
        return found[-1][1]

    monkeypatch.setattr(guided, "place_by_shapes", watched)
    return found


def assigned(guide, plan):
    """Return the pool of each household in a plan given as counts."""
    return spread(guide.program.compiled, guide.columns, plan[guide.columns.types, guide.columns.pools])


def test_a_level_is_proven_by_way_of_shapes(city, plans):
    result = dz.solve(city, POLICY, PARAMS)
    assert plans
    assert dz.check(city, POLICY, result.plan) == ()
    assert result.status is dz.Status.OPTIMAL
    assert tuple(level.final for level in result.levels) == dz.score(city, POLICY, result.plan)


def test_nobody_lives_twice_and_no_pool_takes_more_than_it_has(city, plans):
    dz.solve(city, POLICY, PARAMS)
    for guide, plan in plans:
        assert plan is not None
        assert (plan.sum(axis=1) <= guide.program.counts).all()
        assert not plan[~guide.program.allowed].any()
        pools = guide.program.compiled.pools
        assert (plan.sum(axis=0) <= pools.count * pools.cap1).all()


def test_places_are_chosen_so_that_seats_suffice_and_near_the_relaxation(city, plans):
    dz.solve(city, POLICY, PARAMS)
    assert plans
    for guide, plan in plans:
        value, bound = guide.task.evaluate(assigned(guide, plan)), guide.relaxed.prices.bound
        assert value is not None
        assert value - bound <= 2.5 * guide.task.tolerance(bound)  # 60 times before


def test_where_a_choice_lacks_seats_they_are_flows_in_the_next(city, plans, monkeypatch):
    seen, lacks, solve = [], iter([True]), by_shapes.solve_mip

    def watched(program, *asked, **how):
        seen.append(len(program.transports))
        return solve(program, *asked, **how)

    monkeypatch.setattr(by_shapes, "solve_mip", watched)
    monkeypatch.setattr(by_shapes, "meet", lambda *_: next(lacks, False))
    assert dz.solve(city, POLICY, PARAMS).status is dz.Status.OPTIMAL
    ((guide, plan),) = plans
    assert guide.task.evaluate(assigned(guide, plan)) is not None
    before = len(guide.program.transports)
    assert before > 0
    assert seen == [before] * (len(seen) - 1) + [0]


def test_offers_stay_near_what_the_relaxation_takes():
    # of one shape and pool: at no regret four and three households, of which the relaxation takes 2.5, and one at much
    regret, counts, amounts = np.array([0.0, 0.0, 9.0]), np.array([4, 3, 2]), np.array([2.5, 0.0, 0.0])
    nowhere = np.zeros(3, dtype=np.int64)
    offers = by_shapes._Offers.of(nowhere, nowhere, regret, counts, amounts, rough=1.0)
    assert offers.most.tolist() == [7, 2]
    assert offers.amounts.tolist() == [2.5, 0.0]
    assert [bounds.tolist() for bounds in offers.within(1)] == [[1, 0], [4, 1]]
    assert [bounds.tolist() for bounds in offers.within(5)] == [[0, 0], [7, 2]]


def test_both_ways_end_within_the_gap_of_each_other(city, plans, monkeypatch):
    by_way_of_shapes = dz.solve(city, POLICY, PARAMS)
    assert plans
    monkeypatch.undo()
    plain = dz.solve(city, POLICY, PARAMS)
    for one, other in zip(by_way_of_shapes.levels, plain.levels, strict=True):
        assert max(one.bound, other.bound) <= min(one.value, other.value) * (1 + 1e-9) + 1e-6


def test_without_an_answer_from_the_integer_program_the_other_way_is_taken(city, plans, monkeypatch):
    monkeypatch.setattr(by_shapes, "_WIDER", ())
    result = dz.solve(city, POLICY, PARAMS)
    assert plans
    assert all(plan is None for _, plan in plans)
    assert result.status is dz.Status.OPTIMAL
