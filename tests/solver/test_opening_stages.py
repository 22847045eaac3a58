"""Stages in which some sites stay closed: what is lived in there so far can be left, so that the work can begin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import dezentral as dz
from dezentral.solver import SolveParams
from dezentral.solver.assignment import assignment_of, counts_of
from dezentral.solver.opening_search import OpeningSearch
from dezentral.solver.opening_stages import closing, strays
from dezentral.solver.openings import Openings
from dezentral.solver.program import Objective
from dezentral.solver.progress import reporting
from dezentral.solver.relaxation import relax
from dezentral.solver.stage import Stage
from dezentral.solver.watch import Watch

POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Proximity())])
DEAR = 1e6


def town() -> dz.Instance:
    """One school; flats for one family each: one at near (1 km), two at far (3 km), two at edge (9 km)."""
    flats = {"near": (1.0, 1), "far": (3.0, 2), "edge": (9.0, 2)}
    return dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[
            dz.Site(
                id=key,
                district="a",
                units=[dz.Unit(id="flat", beds=2, count=count)],
                x=500_000.0 + 1000 * km,
                y=5e6,
                opening_cost=1.0,
            )
            for key, (km, count) in flats.items()
        ],
        services=[dz.Service(id="k", kind="school", x=500_000.0, y=5e6)],
        households=[dz.Household(id=key, size=2, needs={"school": 1}) for key in "gh"],
        detour=1.0,
    )


@pytest.fixture
def search(monkeypatch):
    """A search whose first level is solved, everybody placed; its plan has both families at edge."""
    monkeypatch.setattr("dezentral.solver.stage.DIRECT", 0)
    monkeypatch.setattr("dezentral.solver.relaxation._ALL_AT_ONCE", 0)
    monkeypatch.setattr("dezentral.solver.relaxation._FIRST", 1)  # one column a household, and those of the plan
    city = town()
    allowed, watch = Openings(city, dict.fromkeys(("edge", "far", "near"), 1.0)), Watch(60.0)
    with reporting(POLICY, None, watch, bar=False) as reporter:
        found = OpeningSearch(allowed, POLICY, SolveParams(gap=0.0), reporter)
        found.start(None)
        found.reached.append(OpeningSearch.solve_level(found, 0, POLICY.levels[0], 0.0))
        found.assignment = placed(found, g="edge", h="edge")
        yield found


def placed(search: OpeningSearch, **where: str) -> np.ndarray:
    plan = dz.Plan(placements=[dz.Placement(household=key, site=site, unit="flat") for key, site in where.items()])
    return assignment_of(search.compiled(2), plan)


def positions(search: OpeningSearch, *keys: str) -> frozenset[int]:
    index = search.compiled(2).places.site_index
    return frozenset(index[key] for key in keys)


def test_what_is_in_use_stays_allowed_at_a_price(search):
    stage = search.stage_of_level(1)
    far = positions(search, "far")
    edge, near = (stage.program.opened[next(iter(positions(search, key)))] for key in ("edge", "near"))
    assert strays(stage.program, search.assignment, far) == positions(search, "edge")
    closed = closing(stage, far, search.assignment, DEAR)
    assert np.array_equal(closed.program.allowed.sum(axis=0), [1, 1, 0])  # edge for who lives there, far, not near
    assert closed.program.auxiliary_upper[near] == 0.0
    assert closed.objective.auxiliary[edge] == DEAR
    assert stage.objective.auxiliary == {}


@pytest.mark.parametrize(
    ("dear", "max_moves", "opens"), [(0.0, None, 1.0), (0.0, 3, 0.0), (DEAR, None, 0.0), (DEAR, 3, 0.0)]
)
def test_a_choice_opens_at_once_where_that_can_do_no_harm(search, dear, max_moves, opens):
    # Where moves are counted, who lives at a site that stays closed may leave it freely; both live at edge, which is
    # left if that has a price.
    stage, far = search.stage_of_level(1), positions(search, "far")
    policy = POLICY.model_copy(update={"rules": dz.Rules(max_moves=max_moves)})
    stage.program.compiled = replace(stage.program.compiled, policy=policy)
    closed = closing(stage, far, search.assignment, dear).program
    assert closed.auxiliary_lower[closed.opened[min(far)]] == opens


def test_where_sites_are_measured_those_of_a_choice_may_still_stay_closed(search):
    stage, keys = search.stage_of_level(1), positions(search, "edge", "far")
    measured = Stage(stage.program, Objective(auxiliary=dict.fromkeys(stage.program.opened.values(), 1.0)))
    closed = closing(measured, keys, search.assignment, 0.0).program
    assert [closed.auxiliary_lower[closed.opened[one]] for one in keys] == [0.0, 0.0]


@pytest.mark.parametrize(("keys", "least"), [(["far"], 6000.0), (["near", "far"], 4000.0), (["edge", "far"], 6000.0)])
def test_a_relaxation_that_begins_with_a_plan_elsewhere_bounds_a_choice(search, keys, least):
    # Both families at far: 2 x 3 km; one at near: 1 km + 3 km. Both are first thought of at near, which has one flat.
    stage = closing(search.stage_of_level(1), positions(search, *keys), search.assignment, DEAR)
    counts = counts_of(stage.program.compiled, search.assignment)
    relaxed = relax(stage.program, stage.objective, counts, 1e-6, search.watch)
    assert relaxed is not None
    assert relaxed.prices.bound == pytest.approx(least)


@pytest.mark.parametrize(("keys", "value"), [(["near", "far"], 4000.0), (["far"], 6000.0)])
def test_the_work_goes_from_a_plan_elsewhere_to_the_best_with_a_choice(search, keys, value):
    task = search.task_of_level(1, search.stage_of_level(1), 18_000.0)
    assert search.pursue_among(task, positions(search, *keys), DEAR) == pytest.approx((value, value))
    assert search.opened(search.assignment) == set(keys)


def test_a_plan_that_is_no_better_is_put_back(search):
    before = search.assignment
    task = search.task_of_level(1, search.stage_of_level(1), 5000.0)  # what is to be beaten
    value, bound = search.pursue_among(task, positions(search, "far"), DEAR)
    assert (value, bound) == pytest.approx((5000.0, 6000.0))
    assert search.assignment is before


def test_where_the_sites_of_a_choice_are_too_few_the_plan_so_far_is_put_back(search):
    # Near holds one family; the other stays at edge, 1 km + 9 km, and that costs more than all ways so far.
    before = search.assignment
    task = search.task_of_level(1, search.stage_of_level(1), 18_000.0)
    value, bound = search.pursue_among(task, positions(search, "near"), DEAR)
    assert value == 18_000.0
    assert bound > 18_000.0
    assert search.assignment is before


@pytest.fixture
def task(search, monkeypatch):
    """What is to be done to minimise something within the limit of the first level, where one site may open."""
    monkeypatch.setattr(OpeningSearch, "pursue", lambda _, task: task)
    search.allowed = replace(search.allowed, most=1)
    return lambda step: search.minimise(search.stage_of_level(1), 9.0, lambda _: 5.0, levels=1, step=step)


def test_only_what_keeps_all_limits_is_measured(search, task):
    evaluate = task(2.0).evaluate
    assert evaluate(placed(search, g="edge", h="edge")) == 5.0
    assert evaluate(placed(search, g="edge")) is None  # not everybody is placed
    assert evaluate(placed(search, g="edge", h="far")) is None  # two sites


def test_the_work_ends_when_no_other_value_is_left_below(task):
    assert 1.9999 < task(2.0).tolerance(8.0) < 2.0
    assert [task(0.0).tolerance(value) for value in (0.0, -50.0)] == pytest.approx([1e-6, 5e-5])


@pytest.mark.parametrize(("capacity", "allowed"), [(1, [True, False, False]), (2, [True, True, False])])
def test_a_plan_is_kept_if_its_sites_may_open_and_there_are_seats(capacity, allowed):
    # Both families have a pupil; two sites may open.
    schools = [dz.Service(id="k", kind="school", x=500_000.0, y=5e6, capacity=capacity)]
    city = town().replace(services=schools, households=[*town().households, dz.Household(id="i", size=2)])
    policy = dz.Policy(rules=dz.Rules(service_capacity=True), levels=POLICY.levels)
    choices = Openings(city, dict.fromkeys(("edge", "far", "near"), 1.0), most=2)
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        search = OpeningSearch(choices, policy, SolveParams(), reporter)
    plans = ({"g": "edge"}, {"g": "edge", "h": "far"}, {"g": "edge", "h": "far", "i": "near"})
    assert [search.allows(placed(search, **plan)) for plan in plans] == allowed
