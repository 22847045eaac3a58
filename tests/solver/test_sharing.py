"""Households shared out over dormitories, by hand: a hall of five places in a, and a dearer one of four in b."""

from __future__ import annotations

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.fillings import Fillings
from dezentral.solver.sharing import Sharing, _keeps_rows
from dezentral.solver.stage import stage_of
from tests.checks.small import city, household, site

LEVELS = [dz.Level(dz.Placed()), dz.Level(dz.Evenness(), dz.Cost())]
POLICY = dz.Policy(levels=LEVELS)
SIZES = {"a": 1, "b": 2, "c": 3, "d": 3}  # c and d are of one type
NOWHERE = 2


def hall(key: str, district: str, places: int, cost: float) -> dz.Site:
    return site(key, district, [dz.Unit(id="bed", beds=1, count=places, sharing="dormitory")], cost=cost)


def sharing(unplaced: float, *, over: bool = False) -> Sharing:
    """Prepare the level of evenness and cost, so many persons being left out at most; all prices are 0."""
    town = city([hall("s", "a", 5, 1.0), hall("t", "b", 4, 3.0)], [household(*one) for one in SIZES.items()])
    stage = stage_of(compile_instance(town, POLICY, LEVELS), LEVELS, [unplaced], 1e-6)
    fillings = Fillings(stage.program, stage.objective, np.zeros(len(stage.program.lower)))
    return Sharing(fillings, 0, lambda: over)


def filled(unplaced: float, **more: bool) -> Sharing:
    """Fill both halls, s first: there 20 is gained by each person, less the costs, and that leaves no bed empty."""
    shared = sharing(unplaced, **more)
    shared.begin(np.zeros((3, 2)), gains(shared), np.array([-95.0, -68.0]))
    return shared


def gains(shared: Sharing) -> np.ndarray:
    """Return what a household of each type costs in a hall where each person gains 20."""
    return shared.homes.costs[[0, 1, 2], :2] - 20.0 * np.array([[1], [2], [3]])


def test_all_places_are_shared_out_at_least_cost():
    # Nobody may be left out: 3 + 2 and 3 + 1 for 5 x 1 + 4 x 3; and 3 should be in each district: (2² + 1²) / 3.
    shared = filled(0.0)
    assert shared.where.tolist() == [1, 0, 0, 1]
    assert shared.value == pytest.approx(17 + 5 / 3)
    assert shared.counts().tolist() == [[0, 1], [1, 0], [1, 1]]


@pytest.mark.parametrize("unplaced", [0.0, 2.0])
def test_shaking_never_makes_a_division_worse_and_nobody_is_lost(unplaced):
    shared = filled(unplaced, over=True)  # so that filling alone says what comes of it
    values = [shared.value]
    for _ in range(20):
        shared.shake(np.zeros((3, 2)), gains(shared), 100.0)
        values.append(shared.value)
        assert shared.value == shared.homes.value(shared.where)
        persons = np.bincount(shared.where, weights=shared.homes.sizes, minlength=3)
        assert np.all(persons <= [5, 4, 9 if unplaced else 0])
    assert values == sorted(values, reverse=True)


def test_before_there_is_a_division_there_is_none_to_shake():
    shared = sharing(0.0)
    shared.shake(np.zeros((3, 2)), shared.homes.costs[[0, 1, 2], :2], 1.0)
    assert (shared.where, shared.value, shared.counts()) == (None, np.inf, None)


def test_to_have_no_place_costs_nothing_where_that_may_be():
    assert sharing(2.0).homes.costs[:, NOWHERE].tolist() == [0.0] * 4
    assert sharing(0.0).homes.costs[:, NOWHERE].tolist() == [np.inf] * 4


def test_who_has_no_place_is_in_no_hall():
    shared = sharing(2.0)
    shared.where = np.array([0, NOWHERE, 0, 1])
    assert shared.counts().tolist() == [[1, 0], [0, 0], [1, 1]]
    shared.where = np.array([0, NOWHERE, NOWHERE, NOWHERE])  # 8 persons, where 2 are allowed
    assert shared.counts() is None


def test_a_plan_is_taken_with_those_whom_it_leaves_out_if_it_is_no_worse():
    shared = sharing(2.0)
    shared.take(np.array([[0, 0], [1, 0], [1, 1]]))
    assert shared.where.tolist() == [NOWHERE, 0, 0, 1]
    first = shared.value
    assert first == pytest.approx(2 + 3 + 9 + 4 / 3)  # 5 and 3, where 3 and 3 should be
    shared.take(np.array([[1, 0], [1, 0], [0, 1]]))  # 3 + 12 and 0 + 0
    assert shared.where.tolist() == [0, 0, 1, NOWHERE]
    assert shared.value == pytest.approx(3 + 9)
    shared.take(np.array([[0, 1], [1, 0], [1, 1]]))
    assert shared.value == pytest.approx(3 + 9)


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ([[0, 1], [1, 0], [1, 1]], True),
        ([[1, 0], [1, 0], [1, 1]], False),  # six in a hall of five
        ([[1, 0], [0, 1], [1, 1]], False),  # five in a hall of four
        ([[0, 1], [1, 0], [1, 0]], False),  # someone has no place
        ([[1, 1], [1, 0], [1, 1]], False),  # someone has two
        ([[0, 0], [0, 0], [0, 0]], False),
    ],
)
def test_a_division_is_a_plan_if_it_keeps_all_rows_about_places(counts, kept):
    assert _keeps_rows(sharing(0.0)._program, np.array(counts)) is kept


def test_few_pools_are_free_and_all_others_stay_as_they_are():
    shared = filled(0.0)
    room = shared.room(np.zeros((3, 2)), pools=2, columns=9)
    assert (len(room.columns), room.lower.tolist(), room.upper.tolist()) == (6, [0] * 6, [1, 1, 1, 1, 2, 2])
    room = shared.room(np.zeros((3, 2)), pools=1, columns=9)
    places = list(zip(room.columns.types.tolist(), room.columns.pools.tolist(), strict=True))
    assert places == [(0, 1), (1, 0), (2, 0), (2, 1)]
    free = next(pool for _, pool in np.array(places)[room.lower == 0])  # the one that was drawn
    counts = shared.counts()
    for (kind, pool), lower, upper in zip(places, room.lower, room.upper, strict=True):
        assert lower == (0 if pool == free else counts[kind, pool])
        assert upper == ([1, 1, 2][kind] if pool == free else counts[kind, pool])


def test_pools_are_near_if_households_would_as_soon_live_in_one_as_in_the_other():
    shared = filled(0.0)
    near = shared._near(np.array([[0.0, 5.0], [0.0, 5.0], [0.0, 5.0]]), shared.where)
    assert near.tolist() == [[1, 2], [0, 2], [0, 1]]  # a place that nobody may be without is the last
    stays = filled(2.0)
    assert stays._near(np.zeros((3, 2)), stays.where)[:, 0].tolist()[:2] == [NOWHERE, NOWHERE]


def test_pools_are_drawn_without_those_who_have_none():
    shared = filled(2.0)
    near = shared._near(np.zeros((3, 2)), shared.where)
    for _ in range(10):
        assert sorted(shared._some(np.zeros((3, 2)), near, 5).tolist()) == [0, 1]
