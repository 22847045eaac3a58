"""What HiGHS proves of some placements is a bound for all only up to the least regret of those that it does not see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import by_fillings, district_loads, guided
from dezentral.solver import guide as guide_module
from dezentral.solver.core import Room
from dezentral.solver.guide import Guide, lowest
from dezentral.solver.mip import Mixed
from dezentral.solver.relaxation import Relaxed
from dezentral.solver.stage import stage_of
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site
from tests.solver.solving import policy_of

EVEN = policy_of(dz.Evenness())
NOBODY = np.zeros((1, 3), dtype=np.int64)


@pytest.fixture
def guide() -> Guide:
    """A level with three places for one family, its relaxation at 7: two places cost 2 and 5 more than the first."""
    town = city([site(key) for key in "xyz"], [household("h", 4)])
    stage = stage_of(compile_instance(town, EVEN), EVEN.levels, [], 1e-6)
    task = SimpleNamespace(
        stage=stage,
        value=13.0,
        gap=0.1,
        tolerance=lambda _value: 0.5,
        watch=Watch(60.0),
        evaluate=lambda _assignment: 11.0,
        report=lambda *_: None,
        rounded=lambda bound: bound,
    )
    found = Guide(task, NOBODY)
    found.relaxed = Relaxed(
        prices=SimpleNamespace(bound=7.0, regret=lambda: np.array([[0.0, 2.0, 5.0]])),
        solution=SimpleNamespace(used=lambda shape: np.zeros(shape, dtype=np.bool_)),
    )
    return found


def by_fillings_of(guide: Guide, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_fillings, "_LEAST", width)
    by_fillings._choose(guide)


def by_loads_of(guide: Guide, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(district_loads, "_rounded", lambda *_: None)
    monkeypatch.setattr(district_loads, "_WIDTH", width)
    district_loads.choose_loads(guide)


def by_widening_of(guide: Guide, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guided, "_WIDTHS", (width,))
    guided._widen(guide)


WAYS = [by_fillings_of, by_loads_of, by_widening_of]


@pytest.mark.parametrize("choose", WAYS)
@pytest.mark.parametrize(("width", "says", "proven"), [(2, 20.0, 12.0), (2, 9.5, 9.5), (3, 12.5, 12.5)])
def test_no_more_is_proven_than_what_is_not_seen_allows(  # noqa: PLR0917  one of four, and what it says
    guide, choose: Callable, width, says, proven, monkeypatch
):
    # Of two places seen, the third costs at least 7 + 5; all three are seen of three.
    monkeypatch.setattr(by_fillings, "_PER_TYPE", 0)
    seen = list[int]()

    def solve(_program: object, room: Room, *_: object, **__: object) -> Mixed:
        seen.append(len(room.columns))
        return Mixed(None, None, says)

    for module in (by_fillings, district_loads, guide_module):
        monkeypatch.setattr(module, "solve_mip", solve)
    choose(guide, width, monkeypatch)
    assert guide.bound == proven
    assert seen == [width]


@pytest.mark.parametrize("choose", WAYS)
def test_below_zero_too_no_more_is_proven_than_what_is_not_seen_allows(guide, choose, monkeypatch):
    guide.value, guide.bound = -1.0, -np.inf
    guide.relaxed = replace(guide.relaxed, prices=SimpleNamespace(bound=-7.0, regret=guide.relaxed.prices.regret))
    for module in (by_fillings, district_loads, guide_module):
        monkeypatch.setattr(module, "solve_mip", lambda *_, **__: Mixed(None, None, 20.0))
    monkeypatch.setattr(by_fillings, "_PER_TYPE", 0)
    choose(guide, 2, monkeypatch)
    assert guide.bound == -2.0  # the third place costs at least 5 more than -7


@pytest.mark.parametrize(
    ("widths", "says", "seen"),
    [((1, 2, 3, 3), 12.5, [1, 2, 3]), ((3, 3), 12.0, [3])],  # near enough to the value; nothing else to be seen
)
def test_more_is_seen_until_the_level_is_proven_or_all_is(guide, widths, says, seen, monkeypatch):
    monkeypatch.setattr(guided, "_WIDTHS", widths)
    rooms = list[int]()

    def solve(_program: object, room: Room, *_: object, **__: object) -> Mixed:
        rooms.append(len(room.columns))
        return Mixed(None, None, says)

    monkeypatch.setattr(guide_module, "solve_mip", solve)
    guided._widen(guide)
    assert (rooms, guide.bound) == (seen, says)


@pytest.mark.parametrize(
    ("value", "width", "seen", "proven"), [(13.0, 2, [], 7.0), (13.0, 3, [3], 12.5), (7.5, 3, [], 7.0)]
)
def test_the_relaxation_is_cut_once_all_that_may_help_is_seen(  # noqa: PLR0917  a level, and what is seen of it
    guide, value, width, seen, proven, monkeypatch
):
    guide.value = value
    rooms = list[int]()

    def solve(_program: object, room: Room, *_: object, **how: object) -> Mixed:
        assert how["proof"]
        rooms.append(len(room.columns))
        return Mixed(None, None, 12.5)

    monkeypatch.setattr(guide_module, "solve_mip", solve)
    assert guided._tighten(guide, width) is bool(seen)
    assert (rooms, guide.bound) == (seen, proven)


def test_what_costs_more_than_the_plan_so_far_is_no_loss(guide, monkeypatch):
    guide.value = 11.9  # the third place costs 12 or more
    monkeypatch.setattr(by_fillings, "solve_mip", lambda *_, **__: Mixed(None, None, 11.8))
    by_fillings_of(guide, 2, monkeypatch)
    assert guide.bound == 11.8


@pytest.mark.parametrize(
    ("division", "found", "offered"), [(NOBODY, NOBODY + 1, True), (NOBODY, None, False), (None, NOBODY + 1, False)]
)
def test_a_division_is_mended_by_what_is_found_among_few_pools(guide, division, found, offered, monkeypatch):
    monkeypatch.setattr(by_fillings, "_ROOMS", 1)
    monkeypatch.setattr(guide, "solve", lambda *_: (found, -np.inf))
    taken, told = list[object](), list[object]()
    monkeypatch.setattr(guide, "offer", told.append)
    sharing = SimpleNamespace(counts=lambda: division, room=lambda *_: None, take=taken.append)
    by_fillings._mend(guide, sharing, np.zeros((1, 3)))
    assert taken == told == ([found] if offered else [])


def test_columns_are_seen_by_regret_and_ties_together():
    mask, beyond = lowest(np.array([[3.0, 1.0, 1.0, np.inf, 4.0]]), 1)
    assert (mask.tolist(), beyond) == ([[False, True, True, False, False]], 3.0)
    mask, beyond = lowest(np.array([[3.0, 1.0, 1.0, np.inf, 4.0]]), 3, 3.5)
    assert (mask.tolist(), beyond) == ([[True, True, True, False, False]], np.inf)


def test_loads_are_whole_and_exact_before_they_are_given(guide, monkeypatch):
    # All four in a; where the curves know these loads already there is nothing to draw.
    asked = list[Room]()

    def rounded(_guide: Guide, room: Room) -> np.ndarray:
        asked.append(room)
        return np.array([4.0 - 1e-9, 1e-9, 0.0])

    monkeypatch.setattr(district_loads, "_rounded", rounded)
    guide.program.lazy = True
    loads = district_loads.choose_loads(guide)
    assert loads.tolist() == [4, 0, 0]
    assert len(asked) <= 2
    for curve in guide.program.curves:
        load = int(loads[guide.program.loads.index(curve.load)])
        assert {load - 1, load} & set(range(curve.lowest, curve.highest)) <= curve.lines.keys()
