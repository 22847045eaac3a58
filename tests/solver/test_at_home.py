"""Whoever lives somewhere stays in the same room wherever no level gains by a change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import dezentral as dz
from dezentral.solver import at_home, search, stage
from dezentral.solver.at_home import stay_at_home
from dezentral.solver.mip import Mixed
from dezentral.solver.progress import reporting
from dezentral.solver.task import Task
from dezentral.solver.watch import Watch

from .solving import solved

LEVELS = (dz.Placed(), dz.Stability(), dz.Fit())
ROOMS = {"large": 3, "middle": 3, "small": 2}


def house(homes: dict[str, str | None], sizes: dict[str, int] | None = None, **counts: int) -> dz.Instance:
    """A house with rooms for three ("large", "middle") and for two, and who lives in which."""
    units = [dz.Unit(id=u, beds=beds, count=counts.get(u, 2)) for u, beds in ROOMS.items()]
    return dz.Instance(
        districts=[dz.District(id="d", population=9)],
        sites=[dz.Site(id="s", district="d", units=units)],
        households=[
            dz.Household(id=h, size=(sizes or {}).get(h, 3), current_site=home and "s", current_unit=home)
            for h, home in homes.items()
        ],
    )


@pytest.fixture
def task():
    """Write the last level of a house's policy, its households in some rooms."""
    policy = dz.Policy(levels=[dz.Level(goal) for goal in LEVELS])
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:

        def write(instance: dz.Instance, where: list[int]) -> Task:
            found = search.Search(instance, policy, dz.SolveParams(), {}, reporter)
            found.reached.extend([search.Reached(0.0, 0.0, optimal=True, seconds=0.0)] * 2)
            found.assignment = np.array(where)
            return found._task(2, policy.levels[2], found._stage(2, found.compiled(3)), found.final()[2])

        yield write


LARGE, MIDDLE, SMALL = 0, 1, 2


def test_those_who_exchanged_their_rooms_for_nothing_have_them_back(task):
    homes = {"a": "large", "b": "middle", "c": "middle"}
    assert stay_at_home(task(house(homes), [MIDDLE, LARGE, MIDDLE])).tolist() == [LARGE, MIDDLE, MIDDLE]


@pytest.mark.parametrize("gap", [0.0, 1e-3, 0.1])
def test_rooms_are_given_back_beside_large_values_whatever_gap_is_asked_for(gap):
    homes = {f"h{n}": ("large", "middle")[n % 2] for n in range(4)}
    city = house(homes)
    city = city.replace(
        sites=[city.sites[0].model_copy(update={"x": 0.0, "y": 0.0})],
        services=[dz.Service(id="k", kind="clinic", x=9_999.0, y=0.0)],
        households=[one.model_copy(update={"needs": {"clinic": 3}}) for one in city.households],
    )
    policy = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Stability()), dz.Level(dz.Proximity())])
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        found = search.Search(city, policy, dz.SolveParams(gap=gap), {}, reporter)
        found.reached.extend([search.Reached(0.0, 0.0, optimal=True, seconds=0.0)] * 2)
        found.assignment = np.array([MIDDLE, LARGE, LARGE, MIDDLE])
        task = found._task(2, policy.levels[2], found._stage(2, found.compiled(3)), found.final()[2])
        assert stay_at_home(task).tolist() == [LARGE, MIDDLE, LARGE, MIDDLE]


def test_newcomers_make_way_for_those_who_live_there(task):
    found = stay_at_home(task(house({"a": "large", "n": None}, large=1), [MIDDLE, LARGE]))
    assert found.tolist() == [LARGE, MIDDLE]


def test_who_is_at_home_stays_there_and_nothing_is_asked(task, monkeypatch):
    monkeypatch.setattr(at_home, "solve_mip", None)
    assert stay_at_home(task(house({"a": "large", "n": None}), [LARGE, MIDDLE])) is None
    assert stay_at_home(task(house({"n": None}), [LARGE])) is None


def test_a_room_that_is_no_more_keeps_nobody(task, monkeypatch):
    monkeypatch.setattr(at_home, "solve_mip", None)
    middle = 0  # the first room that there is
    assert stay_at_home(task(house({"a": "large"}, large=0), [middle])) is None


def test_a_change_that_a_level_gains_by_stays(task):
    # Two persons leave their room for three to a family of three; every other change is for nothing.
    homes = {"a": "large", "b": "middle", "n": None}
    city = house(homes, {"a": 2}, large=1, middle=1, small=1)
    assert stay_at_home(task(city, [SMALL, LARGE, MIDDLE])).tolist() == [SMALL, MIDDLE, LARGE]


def test_an_answer_that_keeps_no_more_at_home_or_makes_a_level_worse_is_none(task, monkeypatch):
    city = house({"a": "large", "n": None}, {"n": 2}, large=1)
    work = task(city, [MIDDLE, SMALL])
    rooms = [(0, LARGE), (0, MIDDLE), (0, SMALL), (1, LARGE), (1, MIDDLE), (1, SMALL)]

    def answering(*places: tuple[int, int]):
        def answer(_program, room, *_, **__):
            columns = list(zip(room.columns.types.tolist(), room.columns.pools.tolist(), strict=True))
            assert set(columns) <= set(rooms)
            return Mixed(np.array([int(each in places) for each in columns]), None, 0.0)

        return answer

    monkeypatch.setattr(at_home, "solve_mip", answering((0, MIDDLE), (1, SMALL)))
    assert stay_at_home(work) is None
    monkeypatch.setattr(at_home, "solve_mip", answering((0, LARGE), (1, MIDDLE)))
    assert stay_at_home(work) is None
    monkeypatch.setattr(at_home, "solve_mip", answering((0, LARGE), (1, SMALL)))
    assert stay_at_home(work).tolist() == [LARGE, SMALL]
    monkeypatch.setattr(at_home, "solve_mip", lambda *_, **__: Mixed(None, None, -np.inf))
    assert stay_at_home(work) is None


@pytest.mark.parametrize("goals", [LEVELS[:1], LEVELS])
def test_who_could_be_at_home_is_asked_once_on_the_last_level(goals, monkeypatch):
    asked: list[Task] = []
    monkeypatch.setattr(search, "stay_at_home", asked.append)
    result = solved(house({"a": "large", "b": "middle"}), *goals)
    assert len(asked) == 1
    assert [level.value for level in result.levels] == [0.0] * len(goals)


def test_what_the_last_level_has_then_is_told():
    policy = dz.Policy(levels=[dz.Level(goal) for goal in (dz.Placed(), dz.Stability(), dz.Cost())])
    city = house({"a": "large", "b": "middle", "c": "middle"})
    city = city.replace(sites=[city.sites[0].model_copy(update={"cost": 2.0})])
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        found = search.Search(city, policy, dz.SolveParams(), {}, reporter)
        found.reached.extend([search.Reached(0.0, 0.0, optimal=True, seconds=0.0)] * 2)
        found.assignment = np.array([MIDDLE, LARGE, MIDDLE])
        heard: list[tuple[float, float | None]] = []
        task = found._task(2, policy.levels[2], found._stage(2, found.compiled(3)), 18.0)
        task = replace(task, report=lambda value, bound: heard.append((value, bound)))
        assert found._at_home(task, 3.0) == 18.0  # nine persons
        assert heard == [(18.0, 3.0)]
        assert found.assignment.tolist() == [LARGE, MIDDLE, MIDDLE]


@pytest.mark.parametrize("direct", [100, -1])
def test_a_solve_moves_nobody_from_room_to_room_for_nothing(direct, monkeypatch):
    monkeypatch.setattr(stage, "DIRECT", direct)  # the way of large cities, too
    homes = {f"h{n}": room for n, room in enumerate(["small", "middle", "large", "middle", "large", "small"])}
    sizes = {"h0": 2, "h5": 2, "h2": 2}
    result = solved(house({**homes, "n": None}, sizes, small=3), *LEVELS, dz.Seats())
    rooms = {placement.household: placement.unit for placement in result.plan.placements}
    # The newcomers need the room of two persons for whom a smaller one is free.
    assert rooms == {**homes, "h2": "small", "n": "large"}
    assert [level.value for level in result.levels] == [0, 0, 0, 0]


def test_planning_a_planned_city_again_leaves_everybody_in_the_same_room():
    policy = dz.Policy.default()
    instance = dz.datasets.stuttgart(600, seed=2)
    first = dz.solve(instance, policy)
    again = dz.solve(instance.with_plan(first.plan), policy)
    assert {(p.household, p.site, p.unit) for p in again.plan.placements} == {
        (p.household, p.site, p.unit) for p in first.plan.placements
    }


def test_few_newcomers_send_hardly_anybody_to_another_room():
    instance = dz.datasets.stuttgart(600, seed=0)
    first = dz.solve(instance)
    newcomers = [dz.Household(id=f"new{size}", size=size, sex="f" if size == 1 else None) for size in range(1, 6)]
    planned = instance.with_plan(first.plan)
    again = dz.solve(planned.replace(households=[*planned.households, *newcomers]))
    homes = {h.id: (h.current_site, h.current_unit) for h in planned.households if h.current_site is not None}
    changed = [p for p in again.plan.placements if homes.get(p.household, (p.site, p.unit)) != (p.site, p.unit)]
    assert again.status is dz.Status.OPTIMAL
    assert len(changed) <= 5  # a gap of 1e-6 in the last step left 26
