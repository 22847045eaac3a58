"""Twins: types that no row of a level tells apart are one type to it, and nothing that it proves changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

import dezentral as dz
from dezentral import Instance, Policy
from dezentral.compiled import compile_instance
from dezentral.solver.assignment import counts_of
from dezentral.solver.columns import Columns, matrix
from dezentral.solver.guide import draw_lines
from dezentral.solver.pricing import price
from dezentral.solver.progress import reporting
from dezentral.solver.relaxation import relax
from dezentral.solver.search import Reached, Search
from dezentral.solver.stage import Stage, stage_of
from dezentral.solver.twins import Twins
from dezentral.solver.watch import Watch
from tests.strategies import EXAMPLES, problems

STAY = (dz.Level(dz.KeepHoused()), dz.Level(dz.Stability()))


@pytest.fixture(name="house")
def _house():
    """A house of large and small rooms: a and b live in the large ones, c and d in the small ones, n is new."""
    homes = {"a": "large", "b": "large", "c": "small", "d": "small", "n": None}
    works = {"a": 100.0, "b": 300.0, "c": 800.0, "d": 100.0, "n": 100.0}
    return dz.Instance(
        districts=[dz.District(id="d", population=9)],
        sites=[
            dz.Site(
                id="s",
                district="d",
                x=0.0,
                y=0.0,
                units=[dz.Unit(id="large", beds=3, count=3), dz.Unit(id="small", beds=2, count=3)],
            )
        ],
        households=[
            dz.Household(
                id=h,
                size=2,
                anchors=[dz.Anchor(x=works[h], y=0.0)],
                current_site="s" if home else None,
                current_unit=home,
            )
            for h, home in homes.items()
        ],
    )


def level(instance: dz.Instance, *goals: dz.Level) -> Stage:
    """Write the last of some levels; nobody may leave."""
    policy = dz.Policy(levels=(*STAY, *goals))
    compiled = compile_instance(instance, policy)
    return stage_of(compiled, policy.levels, [0.0] * (1 + len(goals)), 1e-6)


@pytest.fixture(name="stage")
def _stage(house):
    return level(house, dz.Level(dz.Proximity(), dz.Fit(weight=10.0)))


def test_who_must_stay_at_a_site_is_a_twin_of_all_who_do_however_far_they_work(stage):
    twins = Twins.of(stage)
    assert [household.id for household in stage.program.compiled.types.first] == ["a", "b", "c", "d", "n"]
    # Whoever is new may stay without a place, so that what a place costs matters.
    assert twins.first.tolist() == [0, 0, 0, 0, 4]


def test_who_may_stay_without_a_place_is_a_twin_of_nobody_whose_place_costs_more(house):
    farther = dz.Household(id="o", size=2, anchors=[dz.Anchor(x=300.0, y=0.0)])
    twins = Twins.of(level(house.replace(households=[*house.households, farther]), dz.Level(dz.Proximity())))
    assert twins.first.tolist() == [0, 0, 0, 0, 4, 5]


def test_places_go_to_those_who_live_there_then_to_one_after_another(stage):
    twins = Twins.of(stage)
    large, small = (stage.program.compiled.pools.units[p].id == "large" for p in (0, 1))
    assert (large, small) == (True, False)
    together = twins.together(np.array([[0, 1], [0, 1], [1, 0], [0, 1], [1, 0]]))
    assert together.tolist() == [[1, 3], [0, 0], [0, 0], [0, 0], [1, 0]]
    assert twins.apart(together).tolist() == [[1, 0], [0, 1], [0, 1], [0, 1], [1, 0]]


def test_nobody_takes_the_room_of_another_who_is_there():
    twins = Twins(first=np.array([0, 0]), number=np.array([1, 1]), home=np.array([[False, True], [True, False]]))
    assert twins.apart(np.array([[1, 1], [0, 0]])).tolist() == [[0, 1], [1, 0]]


def test_who_could_be_at_home_in_several_rooms_takes_what_the_others_leave(house):
    anywhere = [h.model_copy(update={"current_unit": None}) if h.id == "a" else h for h in house.households]
    stage = level(house.replace(households=anywhere), dz.Level(dz.Proximity()))
    twins = Twins.of(stage)
    assert twins.first.tolist() == [0, 0, 0, 0, 4]
    joint = np.zeros((5, 2), dtype=np.int64)
    joint[0] = (1, 3)
    assert twins.apart(joint)[:4].tolist() == [[0, 1], [1, 0], [0, 1], [0, 1]]


def test_what_the_others_cost_more_is_a_constant(stage):
    twins, program = Twins.of(stage), stage.program
    counts = np.array([[1, 0], [0, 1], [1, 0], [0, 1], [0, 1]])
    joined = twins.joined(_task(stage)).stage
    whole = stage.objective.constant + (stage.objective.costs * counts).sum()
    assert joined.objective.constant + (joined.objective.costs * twins.together(counts)).sum() == pytest.approx(whole)
    assert joined.program.counts.tolist() == [4, 0, 0, 0, 1]
    assert joined.program.lower[:5] == [4, 0, 0, 0, 0]
    assert joined.program.upper[:5] == [4, 0, 0, 0, 1]
    assert program.counts.tolist() == [1, 1, 1, 1, 1]  # the level itself is left as it was


def test_what_the_others_cost_more_where_there_is_one_room_is_a_constant_too(house):
    [large, _] = house.sites[0].units
    hall = house.sites[0].model_copy(update={"units": (large.model_copy(update={"count": 9}),)})
    homes = [h.model_copy(update={"current_unit": h.current_unit and "large"}) for h in house.households]
    stage = level(house.replace(sites=[hall], households=homes), dz.Level(dz.Proximity()))
    twins, counts = Twins.of(stage), stage.program.counts[:, np.newaxis]
    joined = twins.joined(_task(stage)).stage
    whole = stage.objective.constant + (stage.objective.costs * counts).sum()
    assert len(twins.groups) == 1
    assert joined.objective.constant + (joined.objective.costs * twins.together(counts)).sum() == pytest.approx(whole)


def test_shapes_of_twins_are_one_shape(stage):
    task = replace(_task(stage), shapes=np.array([1, 0, 2, 1, 3]))
    assert Twins.of(stage).joined(task).shapes.tolist() == [0, 0, 0, 0, 3]
    task = replace(task, shapes=np.array([3, 3, 3, 3, 1]))
    assert len(set(Twins.of(stage).joined(task).shapes.tolist())) == 2


def _task(stage: Stage):
    policy = dz.Policy(levels=(*STAY, dz.Level(dz.Proximity())))
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        search = Search(stage.program.compiled.instance, policy, dz.SolveParams(), {}, reporter)
        search.reached.extend([Reached(0.0, 0.0, optimal=True, seconds=0.0)] * 2)
        return replace(search._task(2, policy.levels[2], stage, 0.0), shapes=None)


@pytest.mark.parametrize("different", ["size", "requires", "related"])
def test_who_differs_in_what_a_row_reads_is_no_twin(house, different):
    large, small = house.sites[0].units
    lift = frozenset({"lift"})
    change = {"size": {"size": 1}, "requires": {"requires": lift}, "related": {}}[different]
    units = (large.model_copy(update={"features": lift}), small)
    stage = level(
        house.replace(
            sites=[house.sites[0].model_copy(update={"units": units})],
            households=[h.model_copy(update=change) if h.id == "b" else h for h in house.households],
            relations=[dz.Relation(kind="same_site", households=("b", "n"))] if different == "related" else [],
        ),
        dz.Level(dz.Proximity()),
    )
    order = [household.id for household in stage.program.compiled.types.first]
    twins = Twins.of(stage)
    assert [t for t in order if twins.first[order.index(t)] == order.index("a")] == ["a", "c", "d"]
    assert twins.first[order.index("b")] == order.index("b")


@settings(max_examples=EXAMPLES // 2)
@given(problem=problems())
def test_columns_of_twins_are_the_same_in_every_row_and_differ_in_cost_by_a_constant(
    problem: tuple[Instance, Policy],
) -> None:
    instance, policy = problem
    compiled = compile_instance(instance, policy)
    stage = stage_of(compiled, policy.levels, [0.0] * (len(policy.levels) - 1), 1e-6, lazy=True)
    program, costs = stage.program, np.broadcast_to(stage.objective.costs, stage.program.allowed.shape)
    written = matrix(program, Columns.where(program.allowed)).toarray()[len(program.counts) :]
    column = np.cumsum(program.allowed).reshape(program.allowed.shape) - 1
    for group in Twins.of(stage).groups:
        one, *others = sorted(group.tolist())
        pools = np.flatnonzero(program.allowed[one])
        for other in others:
            assert program.allowed[other].tolist() == program.allowed[one].tolist()
            assert np.array_equal(written[:, column[other, pools]], written[:, column[one, pools]])
            more = costs[other, pools] - costs[one, pools]
            assert np.allclose(more, more[:1])
            if program.lower[other] == 0 or program.lower[one] == 0:
                assert np.allclose(more, 0)


def test_a_level_over_twins_proves_what_the_level_proves():
    instance, policy = dz.datasets.stuttgart(400, occupied=0.9, seed=1), dz.Policy.default()
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        search = Search(instance, policy, dz.SolveParams(), {}, reporter)
        search.start(None)
        search.run(None)
        last = len(policy.levels) - 1
        stage = search._stage(last, search.compiled(last + 1), lazy=True)
        twins, task = Twins.of(stage), search._task(last, policy.levels[last], stage, search.final()[last])
    assert len(twins.groups) >= 10
    counts = counts_of(stage.program.compiled, search.assignment)
    joined = twins.joined(task)
    assert len(joined.shapes) == len(counts)
    for each, plan in ((stage, counts), (joined.stage, twins.together(counts))):
        draw_lines(each.program, plan)
    whole, small = (
        relax(each.program, each.objective, plan, 1e-3, Watch(60.0))
        for each, plan in ((stage, counts), (joined.stage, twins.together(counts)))
    )
    assert small.prices.bound == pytest.approx(whole.prices.bound, rel=1e-6)
    assert len(small.solution.columns) < len(whole.solution.columns)
    # The prices of all types, as those of the first twins say, are those of a price list of the whole level.
    prices = twins.prices(small.prices)
    assert np.array_equal(np.isfinite(prices.reduced), stage.program.allowed)
    limit = small.prices.bound + 0.01 * abs(small.prices.bound)
    coarse = joined.coarser()
    assert coarse.program.counts.sum() == stage.program.counts.sum()
    assert not (prices.beyond(limit) & (counts > 0)).all()
    assert np.allclose(prices.regret()[twins.first], prices.regret())
    assert price(joined.stage.program, joined.stage.objective, small.prices.duals).bound == small.prices.bound
