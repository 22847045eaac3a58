"""Newcomers are placed among those who stay."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.solver import stage

from .solving import solved


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


def test_an_occupied_city_is_not_stirred_up():
    instance = dz.datasets.stuttgart(1_500, occupied=0.7)
    policy = dz.Policy(levels=dz.Policy.default().levels[:3])
    result = dz.solve(instance, policy)
    assert result.status is dz.Status.OPTIMAL
    # To place everybody a few residents must move, provably; that most of them did would be allowed by no proof.
    assert result.levels[2].value <= 0.01 * 1_500
