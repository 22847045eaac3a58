"""What a level's solve keeps of plans and bounds, and what it asks of HiGHS: by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import guide as module
from dezentral.solver.columns import Columns
from dezentral.solver.core import Room
from dezentral.solver.guide import Guide, Haste, draw_lines, loads, lowest, refine_at
from dezentral.solver.mip import Mixed
from dezentral.solver.program import Objective, Program
from dezentral.solver.relaxation import Relaxed, Solution
from dezentral.solver.stage import stage_of
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site
from tests.solver.solving import policy_of

INF = np.inf
START = np.array([[2, 0, 0]])  # of four families, two live at x


def guide_of(*goals: dz.Goal, seats: bool = False) -> Guide:
    """Guide the last level of some for four families, worth 13, who may live in three districts."""
    services = [dz.Service(id="k", kind="school", x=0.0, y=0.0, capacity=1)] if seats else []
    needs = {"needs": {"school": 1}} if seats else {}
    flats = [dz.Unit(id="flat", beds=4, count=9)]
    sites = [site(key, district, flats, x=0.0, y=0.0) for key, district in zip("xyz", "abc", strict=True)]
    town = city(sites, [household(key, 4, **needs) for key in "ghij"], services=services)
    levels = policy_of(*goals).levels
    stage = stage_of(compile_instance(town, policy_of(*goals)), levels, [0.0] * (len(levels) - 1), 1e-6, lazy=True)
    heard = list[tuple[float, float]]()
    task = SimpleNamespace(
        stage=stage,
        value=13.0,
        gap=0.1,
        tolerance=lambda value: 0.5 if value < 20 else 50.0,
        watch=Watch(60.0),
        evaluate=lambda assignment: [9.0, 13.0, None][int(assignment.max())],  # of who lives at x, y, z at the utmost
        report=lambda value, bound: heard.append((value, bound)),
        rounded=lambda bound: bound,
        heard=heard,
    )
    return Guide(task, START)


@pytest.fixture
def guide() -> Guide:
    return guide_of(dz.Evenness())


@pytest.mark.parametrize(
    ("width", "most", "marked", "beyond"),
    [
        (1, INF, [[1, 0, 0], [0, 0, 0]], 2.0),
        (2, INF, [[1, 1, 0], [0, 1, 0]], 5.0),  # what is as low comes with it
        (4, INF, [[1, 1, 0], [1, 1, 0]], 9.0),
        (5, INF, [[1, 1, 0], [1, 1, 1]], INF),  # where nobody may live, nobody is left out
        (5, 5.0, [[1, 1, 0], [1, 1, 0]], INF),
        (1, 5.0, [[1, 0, 0], [0, 0, 0]], 2.0),
        (5, 4.0, [[1, 1, 0], [0, 1, 0]], INF),
        (4, 4.0, [[1, 1, 0], [0, 1, 0]], INF),
    ],
)
def test_the_lowest_regrets_and_the_least_that_is_left_out(width, most, marked, beyond):
    mask, left = lowest(np.array([[0.0, 2.0, INF], [5.0, 2.0, 9.0]]), width, most)
    assert mask.astype(int).tolist() == marked
    assert left == beyond


def test_only_a_higher_bound_is_news_and_infinity_is_none(guide):
    for bound in (-INF, np.nan, 3.0, 2.0, 3.0, INF, 4.0):
        guide.prove(bound)
    assert guide.bound == 4.0
    assert guide.task.heard == [(13.0, 3.0), (13.0, 4.0)]


def test_a_level_is_done_when_value_and_bound_are_near_or_time_is_over(guide):
    assert not guide.done
    guide.prove(12.4)
    assert not guide.done
    guide.prove(12.5)
    assert guide.done
    guide.value = 40.0  # where more is tolerated
    assert guide.done
    guide.value = 63.0
    assert not guide.done
    guide.task.watch.stop()
    assert guide.done


def test_only_a_better_plan_that_keeps_all_limits_is_kept(guide):
    guide.prove(3.0)
    for counts in (None, np.array([[0, 4, 0]]), np.array([[3, 0, 1]])):  # as good as before, and beyond a limit
        guide.offer(counts)
    assert (guide.value, guide.found, guide.counts is START) == (13.0, [], True)
    guide.offer(np.array([[3, 0, 0]]))
    assert guide.value == 9.0
    assert guide.counts.tolist() == [[3, 0, 0]]
    assert [np.sort(assignment).tolist() for assignment in guide.found] == [[-1, 0, 0, 0]]
    assert guide.task.heard == [(13.0, 3.0), (9.0, 3.0)]


def test_a_relaxation_proves_its_bound(guide):
    with pytest.raises(RuntimeError, match="not solved yet"):
        _ = guide.relaxed
    relaxed = Relaxed(None, SimpleNamespace(bound=7.0))
    guide.relaxed = relaxed
    assert (guide.relaxed is relaxed, guide.bound) == (True, 7.0)


@pytest.mark.parametrize(
    ("goals", "about"),
    [
        ((dz.Placed(),), (False, False)),
        ((dz.Evenness(),), (True, False)),
        ((dz.Evenness(), dz.Cost()), (False, False)),
        ((dz.Seats(),), (False, True)),
        ((dz.Seats(), dz.Cost()), (False, False)),
        ((dz.Level(dz.Seats(), dz.Evenness()),), (True, True)),
    ],
)
def test_what_a_level_is_about(goals, about):
    guide = guide_of(*goals, seats=True)
    assert (guide.measures_loads, guide.measures_shortage) == about
    assert guide.measures_more_than_costs is any(about)


def test_between_a_plan_and_the_relaxation_what_agrees_stays(guide):
    amounts = np.array([0.0, 1.5, 2.0, 0.3, 0.0, 2.0 + 1e-9])
    columns = Columns(np.zeros(6, dtype=np.int64), np.arange(6))
    guide.relaxed = Relaxed(Solution(columns, amounts, np.zeros(0)), SimpleNamespace(bound=0.0))
    lower, upper = guide.between(np.array([[0, 1, 2, 1, 3, 0]]))
    assert lower.tolist() == [[0, 0, 2, 0, 0, 0]]
    assert upper.tolist() == [[1, 3, 2, 2, 4, 3]]


@pytest.fixture
def asked(monkeypatch) -> list[dict]:
    """List what HiGHS is asked; it finds two families at x and two at z."""
    calls = list[dict]()

    def solve(*_: object, **how: object) -> Mixed:
        calls.append(how)
        return Mixed(np.array([2, 2]), None, 5.0)

    monkeypatch.setattr(module, "solve_mip", solve)
    return calls


def room_of(lower: list[int], upper: list[int]) -> Room:
    return Room(Columns(np.array([0, 0]), np.array([0, 2])), np.array(lower), np.array(upper))


def test_highs_is_told_when_to_stop(guide, asked):
    room = room_of([0, 0], [9, 9])
    guide.solve(guide.program, room, guide.objective)
    guide.prove(8.0)
    counts, bound = guide.solve(guide.program, room, guide.objective, Haste(gap=0.3, nodes=7, close=2.0))
    guide.solve(guide.program, room, Objective())
    assert [call["enough"] for call in asked] == [-INF, 9.0, -INF]  # 8 + 2 x 0.5
    assert [call["gap"] for call in asked] == [0.05, 0.3, 0.05]
    assert [call["nodes"] for call in asked] == [module._MANY_NODES, 7, module._MANY_NODES]
    assert (counts.tolist(), bound) == ([[2, 0, 2]], 5.0)


@pytest.mark.parametrize("proof", [False, True])
def test_where_highs_may_stop_the_level_is_proven(guide, asked, proof):
    guide.prove(8.0)
    guide.solve(guide.program, room_of([0, 0], [9, 9]), guide.objective, Haste(proof=proof))
    [call] = asked
    assert call["proof"] is proof
    assert 8.0 < call["enough"] < 8.5
    assert 0.0 < call["gap"] < guide.task.gap


@pytest.mark.parametrize(
    ("lower", "upper", "plan", "inside"),
    [
        ([0, 0], [9, 9], [2, 0, 0], True),
        ([2, 0], [2, 0], [2, 0, 0], True),
        ([3, 0], [9, 9], [2, 0, 0], False),
        ([0, 0], [1, 9], [2, 0, 0], False),
        ([0, 0], [9, 9], [2, 1, 0], False),  # somebody lives where nothing is to be chosen
    ],
)
def test_highs_starts_at_the_best_plan_if_that_is_among_the_choices(  # noqa: PLR0917  bounds and a plan
    guide, asked, lower, upper, plan, inside
):
    guide.counts = np.array([plan])
    guide.solve(guide.program, room_of(lower, upper), guide.objective)
    start = asked[0]["start"]
    assert (start is not None) is inside
    assert start is None or start.tolist() == [2, 0]


def test_curves_are_exact_around_a_plan_that_is_drawn(guide):
    program, plan = guide.program, np.array([[3, 0, 1]])
    assert loads(program, plan).tolist() == [12, 0, 4]
    draw_lines(program, plan)
    for curve, load in zip(program.curves, (12, 0, 4), strict=True):
        assert {at for at in (load - 1, load) if curve.lowest <= at < curve.highest} <= curve.lines.keys()
    assert not refine_at(program, plan)


def test_a_cut_that_a_choice_violated_binds_all_later_ones(monkeypatch):
    # One seat for four families who each need one: the cut of all is far from binding in the relaxation, and left out.
    monkeypatch.setattr(module, "_SMALL", 0)
    guide = guide_of(dz.Seats(), dz.Cost(), seats=True)
    amounts = np.zeros(3)
    columns = Columns(np.zeros(3, dtype=np.int64), np.arange(3))
    auxiliary = np.zeros(len(guide.program.grain))
    auxiliary[0] = 99.0  # what is short in the relaxation
    guide.relaxed = Relaxed(Solution(columns, amounts, auxiliary), SimpleNamespace(bound=0.0))
    bound_by: list[int] = []

    def solve(program, room, *_, **__):
        bound_by.append(len(program.transports[0].cuts))
        first = len(bound_by) == 1
        return Mixed(np.full(len(room.columns), 1 if first else 0), None, 5.0)

    monkeypatch.setattr(module, "solve_mip", solve)
    room = room_of([0, 0], [9, 9])
    guide.solve(guide.program, room, guide.objective)
    guide.solve(guide.program, room, guide.objective)
    assert bound_by[0] == 0
    assert min(bound_by[1:]) == 1


@pytest.mark.parametrize(("first", "scarce", "mends"), [(True, 0, 0), (True, 1, 2), (False, 0, 2)])
def test_a_first_plan_that_lacks_some_of_many_cuts_is_not_mended(first, scarce, mends, monkeypatch):
    # Of the one transport, one cut is in the program. Each of two rounds mends what it finds, in vain, or none does.
    guide = guide_of(dz.Seats(), dz.Cost(), seats=True)
    guide.relaxed = Relaxed(None, SimpleNamespace(bound=0.0))
    monkeypatch.setattr(module, "_SMALL", 0)
    monkeypatch.setattr(module, "_SCARCE", scarce)
    monkeypatch.setattr(module, "without_loose_cuts", lambda program, _: program)
    monkeypatch.setattr(guide, "_cut", lambda *_: True)
    seen, mended = [], []

    def solve(program: Program, *_: object) -> tuple[np.ndarray, float]:
        seen.append(len(program.transports))
        return START, 5.0

    def mend(program: Program, *_: object) -> None:
        mended.append(len(program.transports))

    monkeypatch.setattr(guide, "_solve", solve)
    monkeypatch.setattr(guide, "_mended", mend)
    room = Room.everything(guide.program)
    counts, bound = guide.solve(guide.program, room, guide.objective, Haste(first=first))
    assert (counts is START, bound) == (True, 5.0)
    assert seen == [1] * max(mends, 1) + [0]  # flows in the end
    assert len(mended) == mends
