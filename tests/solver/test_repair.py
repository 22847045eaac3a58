"""Which pools of a plan are looked at again, and who may move: by hand."""

from __future__ import annotations

from collections import Counter
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import DORMITORY
from dezentral.solver import guided, repair, stage
from dezentral.solver.core import Room
from dezentral.solver.guide import Guide
from dezentral.solver.repair import _around, _empty, _order, _price_of_a_bed, _regrets, _Sharing
from tests.solver.lively import POLICY, lively_city

INF = np.inf
# Four pools, the first two in one district; of each of three types two households, one of the third without a place.
COUNTS = np.array([[2, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]])


@pytest.fixture
def guide() -> SimpleNamespace:
    pools = SimpleNamespace(district=np.array([0, 0, 1, 1]), cap1=np.array([2, 4, 0, 1]), sharing=np.zeros(4))
    program = SimpleNamespace(
        counts=np.array([2, 2, 2]), compiled=SimpleNamespace(pools=pools), shared_units={0: [5], 1: [6, 7], 2: [8]}
    )
    return SimpleNamespace(counts=COUNTS, program=program, objective=SimpleNamespace(auxiliary={5: 3.0, 7: 8.0}))


def test_regrets_add_up_by_pool():
    regret = np.array([[0.5, INF, 0.0, 9.0], [INF, 2.0, 3.0, 9.0], [9.0, 9.0, INF, INF]])
    assert _regrets(COUNTS, regret).tolist() == [1.0, 2.0, 3.0, 0.0]


def test_beds_are_empty_in_units_that_are_not_full():
    men = _Sharing(np.array([[True] * 4, [True] * 4, [False] * 4]), np.array([3, 1, 4, 0]))
    women = _Sharing(np.array([[False] * 4, [False] * 4, [True] * 4]), np.array([3, 1, 4, 2]))
    assert _empty(COUNTS, [men, women]).tolist() == [1.0, 0.0, 3.0, 1.0]


def test_a_bed_costs_its_part_of_the_dearest_unit(guide):
    assert _price_of_a_bed(guide) == 2.0  # 8 / 4 is more than 3 / 2
    guide.objective.auxiliary[8] = 2.5
    assert _price_of_a_bed(guide) == 2.5  # a unit without beds is a bed
    guide.program.shared_units = {}
    assert _price_of_a_bed(guide) == 0.0


def test_the_pool_that_hurts_is_first_then_others_that_do_its_district_and_where_its_households_could_live(guide):
    worth = np.array([[True, False, True, False], [True, True, False, False], [False, False, False, True]])
    hurts = np.array([10.0, 0.0, 0.0, 2.1])
    assert _order(guide, worth, hurts, 0).tolist() == [0, 3, 1, 2]
    assert _order(guide, worth, np.array([10.0, 0.0, 0.0, 2.0]), 0).tolist() == [0, 1, 2, 3]
    # Of two that hurt alike and are in other districts, the one where those of the second pool could live comes first.
    assert _order(guide, worth, np.array([0.0, 5.0, 4.0, 4.0]), 1).tolist() == [1, 2, 3, 0]


def test_around_a_dormitory_the_others_come_first(guide):
    worth = np.array([[True, False, True, False], [True, True, False, False], [False, False, False, True]])
    guide.program.compiled.pools.sharing = np.array([DORMITORY, 0, DORMITORY, DORMITORY])
    hurts = np.array([10.0, 1.0, 0.0, 0.0])
    assert _order(guide, worth, hurts, 0).tolist() == [0, 2, 3, 1]
    assert _order(guide, worth, hurts[[1, 0, 2, 3]], 1).tolist() == [1, 0, 2, 3]  # where flats hurt, flats matter


@pytest.mark.parametrize(
    ("columns", "free"),
    [
        (1, [(0, 0)]),
        (2, [(0, 0)]),  # the second pool would make three
        (3, [(0, 0), (1, 0), (1, 1)]),
        (9, [(0, 0), (0, 2), (1, 0), (1, 1), (1, 2), (2, 3)]),
    ],
)
def test_as_many_pools_are_free_as_make_for_so_many_columns(guide, columns, free, monkeypatch):
    monkeypatch.setattr(repair, "_COLUMNS", columns)
    worth = np.array([[True, False, True, False], [True, False, False, False], [False] * 4])
    room = _around(guide, worth, np.arange(4))
    where = list(zip(room.columns.types.tolist(), room.columns.pools.tolist(), strict=True))
    bounds = dict(zip(where, zip(room.lower.tolist(), room.upper.tolist(), strict=True), strict=True))
    stays = {(t, p): (int(COUNTS[t, p]),) * 2 for t, p in zip(*map(list, np.nonzero(COUNTS)), strict=True)}
    assert bounds == {**{(int(t), int(p)): much for (t, p), much in stays.items()}, **dict.fromkeys(free, (0, 2))}


@pytest.fixture
def repairing(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let plans be repaired in however small a city."""
    monkeypatch.setattr(stage, "DIRECT", -1)
    monkeypatch.setattr(repair, "_COLUMNS", 5)
    monkeypatch.setattr(guided, "_tighten", lambda *_: True)  # it would prove so small a city
    return monkeypatch


def test_a_city_whose_plans_are_repaired_has_a_sound_one(repairing):
    asked, around = [], repair._around
    repairing.setattr(repair, "_around", lambda *args: asked.append(args) or around(*args))
    city = lively_city()
    result = dz.solve(city, POLICY)
    assert asked
    assert dz.check(city, POLICY, result.plan) == ()
    assert tuple(level.final for level in result.levels) == dz.score(city, POLICY, result.plan)


def test_a_room_without_a_better_plan_is_not_searched_again(repairing):
    searched: list[Counter[bytes]] = []
    once, solve = repair.repair, Guide.solve

    def everywhere(guide, worth, _):
        return Room.around(worth | (guide.counts > 0), guide.counts * 0, guide.counts + worth)

    def counted(guide, *args):
        searched[-1][guide.counts.tobytes()] += 1
        return solve(guide, *args)

    def counting(guide, *, given, **more):
        if given:  # with free loads a room may hold more once the program is exact there
            searched.append(Counter())
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Guide, "solve", counted)
                once(guide, given=given, **more)

    repairing.setattr(repair, "_around", everywhere)
    repairing.setattr(guided, "repair", counting)
    dz.solve(lively_city(), POLICY, dz.SolveParams(gap=0.0))
    assert {times for call in searched for times in call.values()} == {1}


def test_rooms_are_searched_until_so_many_in_a_row_hold_no_better_plan(repairing):
    searched: dict[bool, list[int]] = {True: [], False: []}
    once, places = repair.repair, count()

    def elsewhere(guide, *_):
        mask = np.zeros(guide.counts.shape, dtype=np.bool_)
        mask.flat[next(places) % mask.size] = True
        return Room.around(mask, mask * 0, mask * 1)

    def watched(guide, *, given, **_):
        searched[given].append(0)
        value = guide.value

        def solve(*_):
            searched[given][-1] += 1
            guide.value = value - 1e-6  # as if the first had held one
            return None, -INF

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(guide, "solve", solve)
            once(guide, given=given)
        guide.value = value

    repairing.setattr(repair, "_around", elsewhere)
    repairing.setattr(guided, "repair", watched)
    dz.solve(lively_city(), POLICY, dz.SolveParams(gap=0.0))
    assert max(searched[True]) == max(searched[False]) == 1 + repair._PATIENCE


@pytest.mark.parametrize("patience", [1, 2, 3])
def test_rooms_in_vain_end_a_repair(patience, repairing):
    in_vain: list[int] = []
    once = repair.repair

    def impatient(guide, *, given, **_):
        if given:
            in_vain.append(0)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Guide, "solve", lambda *_: in_vain.__setitem__(-1, in_vain[-1] + 1) or (None, -INF))
                once(guide, given=given, patience=patience)

    repairing.setattr(repair, "_name", lambda _: np.random.default_rng().bytes(8))  # each room is another one
    repairing.setattr(guided, "repair", impatient)
    dz.solve(lively_city(), POLICY, dz.SolveParams(gap=0.0))
    assert max(in_vain) == patience
