"""Whole loads near the relaxation: by rounding, by HiGHS where rounding is too dear, and exact in either case."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.solver import district_loads, guided, relaxation

CITY = dz.datasets.stuttgart(400)


@pytest.fixture(name="chosen")
def _chosen(monkeypatch):
    """Loads chosen in a solve that prices its columns, each with its guide."""
    monkeypatch.setattr(relaxation, "_ALL_AT_ONCE", 0)
    choose, chosen = guided.choose_loads, []

    def watched(guide):
        loads = choose(guide)
        if loads is not None:
            chosen.append((guide, loads))
        return loads

    monkeypatch.setattr(guided, "choose_loads", watched)
    return chosen


def _expect_sound(chosen):
    result = dz.solve(CITY)
    assert result.status is dz.Status.OPTIMAL
    assert chosen
    evenness = next(level for level in result.levels if isinstance(level.goals[0], dz.Evenness))
    for guide, loads in chosen:
        uneven = sum(curve.at(int(loads[guide.program.loads.index(curve.load)])) for curve in guide.program.curves)
        assert uneven <= evenness.value * (1 + 1e-7) + 1e-9  # no choice breaks the limit that Evenness left


def test_rounded_loads_keep_the_limit_of_evenness(chosen, monkeypatch):
    monkeypatch.setattr(district_loads, "_branched", pytest.fail)  # rounding is enough here
    _expect_sound(chosen)


def test_loads_that_highs_chooses_keep_it_too(chosen, monkeypatch):
    monkeypatch.setattr(district_loads, "_rounded", lambda *_: None)
    _expect_sound(chosen)


@pytest.mark.usefixtures("chosen")
def test_rounding_gives_up_where_it_costs_more_than_is_allowed(monkeypatch):
    monkeypatch.setattr(district_loads, "_GAP", -1.0)  # nothing is cheap enough
    rounded, tries = district_loads._rounded, []

    def watched(guide, room):
        tries.append(rounded(guide, room))
        return tries[-1]

    monkeypatch.setattr(district_loads, "_rounded", watched)
    assert dz.solve(CITY).status is dz.Status.OPTIMAL
    assert tries
    assert all(loads is None for loads in tries)
