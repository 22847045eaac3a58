"""Shapes first, then who takes the places: a plan as good as the other way's, in a city where everybody is unique."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.solver import alike, by_shapes, guided, program, relaxation

POLICY = dz.Policy.default()
PARAMS = dz.SolveParams(gap=2e-3)


@pytest.fixture(name="city", scope="module")
def _city():
    return dz.datasets.stuttgart(400, anchors=True)


@pytest.fixture(name="plans")
def _plans(monkeypatch):
    """What the step over shapes returns, in a solve to which no number of types is small."""
    monkeypatch.setattr(relaxation, "_ALL_AT_ONCE", 0)
    monkeypatch.setattr(alike, "_TOGETHER", 3)
    monkeypatch.setattr(program, "_MANY_TYPES", 0)
    place, found = guided.place_by_shapes, []

    def watched(guide, coarse, shapes, width):
        found.append((guide, place(guide, coarse, shapes, width)))
        return found[-1][1]

    monkeypatch.setattr(guided, "place_by_shapes", watched)
    return found


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
