"""Newcomers are placed among those who stay."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

import dezentral as dz
from dezentral.solver import newcomers, search, stage
from dezentral.solver.mip import Mixed
from dezentral.solver.newcomers import place_among_residents, place_newcomers
from dezentral.solver.progress import reporting
from dezentral.solver.task import Task
from dezentral.solver.watch import Watch

from .solving import policy_of, solved


def city(beds: int) -> dz.Instance:
    """Two sites of flats for two, one full of residents, the other with `beds` free flats."""
    return dz.Instance(
        districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
        sites=[
            dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=2, count=3)]),
            dz.Site(id="t", district="b", units=[dz.Unit(id="flat", beds=2, count=beds)]),
        ],
        households=[
            *(dz.Household(id=f"old{n}", size=2, current_site="s", current_unit="flat") for n in range(3)),
            *(dz.Household(id=f"new{n}", size=2) for n in range(2)),
        ],
    )


@pytest.mark.parametrize(("beds", "unplaced"), [(2, 0), (1, 1), (0, 2)])
def test_residents_keep_their_places_while_newcomers_find_theirs(beds, unplaced, monkeypatch):
    monkeypatch.setattr(stage, "DIRECT", -1)  # the way of large cities
    result = solved(city(beds), dz.KeepHoused(), dz.Placed(), dz.Stability())
    assert [level.value for level in result.levels] == [0, 2 * unplaced, 0]
    assert {p.site for p in result.plan.placements if p.household.startswith("old")} == {"s"}
    assert len(result.plan.unplaced) == unplaced


@pytest.fixture
def task():
    """Write what is to be done on a level, the residents placed where they live unless said otherwise."""
    policy = policy_of(dz.KeepHoused(), dz.Placed())
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:

        def write(level: int, beds: int = 2, where: list[int] | None = None) -> Task:
            found = search.Search(city(beds), policy, dz.SolveParams(), {}, reporter)
            found.reached.extend([search.Reached(0.0, 0.0, optimal=True, seconds=0.0)] * level)
            found.start(None)
            found.assignment = found.assignment if where is None else np.array(where)
            return found._task(level, policy.levels[level], found._stage(level, found.compiled(level + 1)), 99.0)

        yield write


def test_newcomers_find_places_and_all_others_keep_theirs(task):
    # Three old ones, two new ones.
    assert task(1).assignment.tolist() == [0, 0, 0, -1, -1]
    assert place_newcomers(task(1)).tolist() == [0, 0, 0, 1, 1]
    assert sorted(place_newcomers(task(1, beds=1)).tolist()) == [-1, 0, 0, 0, 1]


def test_who_has_no_place_and_gains_nothing_by_one_stays_without(task):
    # Two of the old ones have lost theirs, and only they matter on the first level.
    assert place_newcomers(task(0, where=[-1, 0, -1, -1, -1])).tolist() == [0, 0, 0, -1, -1]
    assert place_newcomers(task(0)) is None


def test_there_are_no_newcomers_where_all_are_placed_or_nobody(task, monkeypatch):
    assert place_newcomers(task(1, where=[0, 0, 0, 1, 1])) is None
    assert place_newcomers(task(1, where=[-1] * 5)) is None
    monkeypatch.setattr(newcomers, "solve_mip", lambda *_, **__: Mixed(None, None, -np.inf))
    assert place_newcomers(task(1)) is None


def test_where_placements_are_many_newcomers_are_not_sought_places_first(task, monkeypatch):
    # One type of newcomers, two sites: two placements.
    monkeypatch.setattr(newcomers, "_COLUMNS", 2)
    assert place_newcomers(task(1)) is not None
    monkeypatch.setattr(newcomers, "_COLUMNS", 1)
    assert place_newcomers(task(1)) is None


@pytest.fixture
def crowded():
    """Write a city whose closing site leaves a family of eight homeless; only where seven live would it find a home."""
    eight, large, flat = (dz.Unit(id=name, beds=n) for name, n in (("flat", 8), ("large", 4), ("flat", 3)))
    return dz.Instance(
        date=dt.date(2026, 1, 2),
        districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
        sites=[
            dz.Site(id="s", district="a", units=[eight]),
            dz.Site(id="t", district="b", units=[flat, large]),
            dz.Site(id="u", district="b", units=[flat]),
            dz.Site(id="closes", district="a", open_until=dt.date(2026, 1, 1), units=[eight, large]),
        ],
        households=[
            dz.Household(id="seven", size=7, current_site="s", current_unit="flat"),
            dz.Household(id="three", size=3, current_site="t", current_unit="large"),
            dz.Household(id="other three", size=3, current_site="u", current_unit="flat"),
            dz.Household(id="eight", size=8, current_site="closes", current_unit="flat"),
            dz.Household(id="four", size=4, current_site="closes", current_unit="large"),
        ],
    )


def test_residents_change_rooms_or_lose_theirs_before_they_are_sent_to_other_sites(crowded, monkeypatch):
    policy = policy_of(dz.KeepHoused(), dz.Placed(), dz.Stability())
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        found = search.Search(crowded, policy, dz.SolveParams(), {}, reporter)
        found.start(None)
        task = found._task(0, policy.levels[0], found._stage(0, found.compiled(1)), 12.0)
    kept, again = (found._written(way(task)).placements for way in (place_newcomers, place_among_residents))
    assert {p.household: p.site for p in kept} == {"seven": "s", "three": "t", "other three": "u"}
    # Both families of three are one type to this level, yet neither goes to where the other lives.
    assert {p.household: (p.site, p.unit) for p in again} == {
        "three": ("t", "flat"), "other three": ("u", "flat"), "four": ("t", "large"), "eight": ("s", "flat")
    }  # fmt: skip
    monkeypatch.setattr(newcomers, "MANY_ROOMS", 3)
    assert place_among_residents(task) is None


def test_what_residents_in_other_rooms_make_possible_moves_nobody_else(crowded, monkeypatch):
    monkeypatch.setattr(stage, "DIRECT", -1)
    result = solved(crowded, dz.KeepHoused(), dz.Placed(), dz.Stability())
    assert [level.value for level in result.levels] == [7, 7, 12]
    assert result.plan.unplaced == ("seven",)


def test_an_occupied_city_is_not_stirred_up():
    instance = dz.datasets.stuttgart(1_500, occupied=0.7)
    policy = dz.Policy(levels=dz.Policy.default().levels[:3])
    result = dz.solve(instance, policy)
    assert result.status is dz.Status.OPTIMAL
    # To place everybody a few residents must move, provably; that most of them did would be allowed by no proof.
    assert result.levels[2].value <= 0.01 * 1_500


def test_who_need_not_move_is_given_no_other_place_to_think_of(monkeypatch):
    # One of four households must leave its site: after Stability, whoever else moved would break its limit.
    monkeypatch.setattr(stage, "DIRECT", -1)
    flats = [dz.Unit(id="flat", beds=2, count=4)]
    instance = city(2).replace(
        date=dt.date(2026, 1, 2),
        sites=[
            dz.Site(id="s", district="a", cost=2.0, units=flats),
            dz.Site(id="t", district="b", cost=1.0, units=flats),
            dz.Site(id="u", district="b", open_until=dt.date(2026, 1, 1), units=flats),
        ],
        households=[
            *city(2).households[:3],
            dz.Household(id="leaves", size=2, current_site="u", current_unit="flat"),
        ],
    )
    allowed, solve = [], search.solve_guided

    def watched(task):
        program = task.stage.program
        staying = program.compiled.stays.any(axis=1)
        allowed.append((program.allowed[staying].sum(axis=1), program.allowed[~staying].sum(axis=1)))
        return solve(task)

    monkeypatch.setattr(search, "solve_guided", watched)
    result = solved(instance, dz.KeepHoused(), dz.Placed(), dz.Stability(), dz.Cost())
    assert [level.value for level in result.levels] == [0, 0, 2, 14]
    before, after = allowed[-2], allowed[-1]
    assert np.all(before[0] == 2)  # on the level of moves, those who may stay have both sites to think of
    assert np.all(after[0] == 1)
    assert np.all(after[1] == 2)
