"""Peer support in cities: bounds that a plan reaches, and plans that get better some districts at a time."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import dezentral as dz
from dezentral.checks import check, score
from dezentral.compiled import compile_instance
from dezentral.solver import shortage
from dezentral.solver.assignment import assignment_of, counts_of, plan_of
from dezentral.solver.core import Room
from dezentral.solver.guide import Guide, draw_lines
from dezentral.solver.params import SolveParams
from dezentral.solver.relaxation import relax
from dezentral.solver.stage import stage_of
from dezentral.solver.task import Task, rounded
from dezentral.solver.watch import Watch
from tests.solver.solving import policy_of

PEERS = policy_of(dz.Placed(), dz.PeerSupport())
EVEN_PEERS = policy_of(dz.Placed(), dz.Evenness(), dz.PeerSupport())
# Of four types two households each, in four pools; one of the third and one of the fourth have no place.
COUNTS = np.array([[1, 0, 1, 0], [0, 0, 0, 2], [0, 1, 0, 0], [0, 0, 1, 0]])


@pytest.mark.parametrize(
    ("persons", "seed", "unplaced", "alone"),
    # As HiGHS finds and proves from the textbook formulation, household by household (`benchmarks/peers`).
    [(300, 0, 47, 0), (300, 1, 42, 3), (500, 0, 51, 14), (500, 1, 20, 6), (1_000, 0, 177, 3), (1_000, 1, 157, 15)],
)
def test_peer_support_in_a_city_is_proven(persons, seed, unplaced, alone):
    result = dz.solve(dz.datasets.stuttgart(persons, seed=seed), PEERS)
    assert [level.value for level in result.levels] == [unplaced, alone]
    assert [level.bound for level in result.levels] == [unplaced, alone]


def guide_of(instance: dz.Instance, policy: dz.Policy) -> Guide:
    """Return the last level of a policy, to be solved from the plan that is best before it."""
    before = dz.solve(instance, policy.model_copy(update={"levels": policy.levels[:-1]}))
    limits = [level.limit(outcome.final) for level, outcome in zip(policy.levels, before.levels, strict=False)]
    compiled = compile_instance(instance, policy)
    start = assignment_of(compiled, before.plan)

    def evaluate(assignment: np.ndarray) -> float | None:
        plan = plan_of(compiled, assignment)
        *earlier, value = score(instance, policy, plan)
        kept = all(now <= limit + 1e-6 for now, limit in zip(earlier, limits, strict=True))
        return value if kept and not check(instance, policy, plan) else None

    stage = stage_of(compiled, policy.levels, limits, 1e-6, lazy=True)
    task = Task(
        stage=stage,
        assignment=start,
        value=evaluate(start),
        shapes=None,
        coarser=lambda: stage,
        evaluate=evaluate,
        tolerance=lambda _value: 0.5,
        gap=0.0,
        params=SolveParams(),
        watch=Watch(600.0),
        report=lambda *_: None,
        step=1.0,
    )
    counts = counts_of(compiled, start)
    draw_lines(stage.program, counts)
    guide = Guide(task, counts)
    guide.relaxed = relax(guide.program, guide.objective, counts, 0.01, task.watch)
    return guide


def test_a_level_of_peer_support_measures_a_shortage_without_cuts():
    # A set of languages can lack much while all together lack nothing: cuts are too many, flows are few.
    guide = guide_of(dz.datasets.stuttgart(500, seed=0), PEERS)
    assert guide.measures_shortage
    assert guide.program.transports == []
    assert guide.bound == 14  # the relaxation alone


def test_districts_chosen_anew_leave_fewer_alone():
    guide = guide_of(dz.datasets.stuttgart(500, seed=0), EVEN_PEERS)
    before = guide.value
    shortage.district_by_district(guide)
    assert guide.bound <= guide.value < before
    assert len(guide.found) >= 1


def test_districts_are_given_up_after_so_many_in_vain(monkeypatch):
    guide = guide_of(dz.datasets.stuttgart(100, seed=0), EVEN_PEERS)
    guide.bound = -np.inf
    tried = []
    monkeypatch.setattr(shortage, "_choose_inside", lambda _guide, inside, *_: tried.append(inside))
    shortage.district_by_district(guide)
    assert len(tried) == shortage._PATIENCE
    districts = guide.program.compiled.pools.district
    assert all(len(np.unique(districts[inside])) <= 3 for inside in tried)
    assert len({tuple(inside) for inside in tried}) > 1


def test_services_for_the_whole_city_have_no_districts_to_choose_anew():
    guide = guide_of(dz.datasets.stuttgart(100, seed=0), policy_of(dz.Placed(), dz.Seats()))
    assert len(guide.program.shortages) > 1
    assert shortage._local(guide) == []
    peers = guide_of(dz.datasets.stuttgart(100, seed=0), PEERS)
    assert len(shortage._local(peers)) == len(peers.program.shortages) > 1


def test_all_districts_together_lack_what_the_plan_does():
    guide = guide_of(dz.datasets.stuttgart(300, seed=1), PEERS)
    assert shortage._lacking(guide, shortage._local(guide)).sum() == guide.value > 0


@pytest.mark.parametrize("found", [None, COUNTS])
def test_who_lives_in_some_pools_or_nowhere_may_move_there_and_all_others_stay(found, monkeypatch):
    # The first two of four pools are chosen anew; the relaxation has some of the second type there, the plan has none.
    allowed, regret, used = (np.full(COUNTS.shape, filled) for filled in (True, 0.0, False))
    allowed[2, 0], regret[0, 0], regret[3, 1], used[1, [0, 2]] = False, np.inf, np.inf, True
    asked, program = [], SimpleNamespace(allowed=allowed, counts=np.array([2, 2, 2, 2]))

    def solve(_program: object, room: Room, *_: object) -> tuple[np.ndarray | None, float]:
        asked.append(room)
        return found, -np.inf

    guide = SimpleNamespace(
        counts=COUNTS, program=program, used=used, done=False, objective=None, solve=solve, offer=lambda _: None
    )
    monkeypatch.setattr(shortage, "refine_at", lambda _, counts: counts is None)  # exact at every plan
    shortage._choose_inside(guide, np.array([True, True, False, False]), regret, np.random.default_rng(0))
    [room] = asked
    where = zip(room.columns.types.tolist(), room.columns.pools.tolist(), strict=True)
    stay, free = {(0, 2): (1, 1), (1, 3): (2, 2), (3, 2): (1, 1)}, [(0, 0), (0, 1), (1, 0), (2, 1), (3, 0)]
    bounds = zip(room.lower.tolist(), room.upper.tolist(), strict=True)
    assert dict(zip(where, bounds, strict=True)) == stay | dict.fromkeys(free, (0, 2))


def test_among_equals_the_lot_decides_and_not_the_order(monkeypatch):
    monkeypatch.setattr(shortage, "_COLUMNS", 5)
    mask, regret = np.ones((10, 4), dtype=bool), np.zeros((10, 4))
    mask[0], regret[1], regret[9, 3] = False, np.inf, -1.0
    marked = shortage._cheapest(mask, regret, np.random.default_rng(0))
    assert marked.sum() == 5
    assert marked[9, 3]
    assert not marked[:2].any()
    assert marked[6:9].any()


@pytest.mark.parametrize(
    ("bound", "step", "least"),
    [(12.4, 1.0, 13.0), (12.00001, 1.0, 12.0), (2.1, 2.0, 4.0), (12.4, None, 12.4), (-np.inf, 1.0, -np.inf)],
)
def test_bounds_are_rounded_up_to_values_that_exist(bound, step, least):
    assert rounded(bound, step) == least
