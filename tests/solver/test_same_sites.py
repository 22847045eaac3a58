"""All keep their sites and choose their rooms anew."""

from __future__ import annotations

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import guided, same_sites, stage
from dezentral.solver.guide import Guide
from dezentral.solver.same_sites import at_sites_of, choose_rooms
from tests.solver.lively import POLICY, lively_city


@pytest.fixture(name="rooms")
def _rooms(monkeypatch):
    """Watch how rooms are chosen in a city that is solved as large ones are; what was free, plans and values."""
    monkeypatch.setattr(stage, "DIRECT", -1)
    seen: list[tuple[Guide, np.ndarray, np.ndarray, float]] = []

    def watched(guide: Guide) -> None:
        solve = guide.solve

        def solving(program, room, *args):
            mask = np.zeros(guide.counts.shape, dtype=np.bool_)
            mask[room.columns.types, room.columns.pools] = True
            loads = np.array(program.auxiliary_lower)[program.loads]
            assert np.array_equal(loads, np.array(program.auxiliary_upper)[program.loads])
            seen.append((guide, mask, guide.counts, guide.value))
            return solve(program, room, *args)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(guide, "solve", solving)
            choose_rooms(guide)

    monkeypatch.setattr(guided, "choose_rooms", watched)
    return seen


def test_whoever_has_a_place_may_have_any_at_the_same_site_and_nobody_another(rooms, monkeypatch):
    monkeypatch.setattr(guided, "_first_plan", lambda *_: None)
    city = lively_city()
    result = dz.solve(city, POLICY, dz.SolveParams(gap=0.0))
    assert dz.check(city, POLICY, result.plan) == ()
    assert rooms
    for guide, mask, counts, before in rooms:
        assert guide.value <= before
        site = guide.program.compiled.pools.site
        for free, allowed, living in zip(mask, guide.program.allowed, counts > 0, strict=True):
            assert free.tolist() == (allowed & np.isin(site, site[living])).tolist()
    assert any(mask.any() for _, mask, _, _ in rooms)


def test_many_rooms_are_not_chosen_at_once(rooms, monkeypatch):
    monkeypatch.setattr(same_sites, "MANY_ROOMS", 0)
    dz.solve(lively_city(), POLICY, dz.SolveParams(gap=0.0))
    assert rooms == []


def test_all_pools_at_the_sites_of_a_types_placements():
    city = dz.Instance(
        districts=[dz.District(id="d", population=9)],
        sites=[
            dz.Site(id=s, district="d", units=[dz.Unit(id=f"{s}{n}", beds=2, count=1) for n in range(2)]) for s in "st"
        ],
        households=[dz.Household(id="a", size=1), dz.Household(id="b", size=2)],
    )
    compiled = compile_instance(city, dz.Policy.default())
    placements = np.array([[False, True, False, False], [False] * 4])
    assert at_sites_of(compiled, placements).tolist() == [[True, True, False, False], [False] * 4]
