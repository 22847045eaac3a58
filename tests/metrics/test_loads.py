from __future__ import annotations

import numpy as np

import dezentral as dz
from dezentral.metrics.loads import district_loads, target_shares


def districts(*populations, weights=(None,) * 9):
    return tuple(
        dz.District(id=f"d{i}", population=population, housed=i, target_weight=weight)
        for i, (population, weight) in enumerate(zip(populations, weights, strict=False))
    )


def test_a_load_is_all_who_live_there_listed_or_not():
    unit = dz.Unit(id="u", beds=9)
    instance = dz.Instance(
        districts=districts(1, 1, 1),
        sites=[
            dz.Site(id="s", district="d0", units=[unit], housed=10),
            dz.Site(id="closed", district="d0", units=[], housed=100, opening_cost=1),
            dz.Site(id="t", district="d2", units=[unit]),
        ],
        households=[dz.Household(id=key, size=size) for key, size in (("g", 2), ("h", 3), ("i", 4), ("j", 5))],
    )
    plan = dz.Plan(
        placements=[dz.Placement(household=key, site=site, unit="u") for key, site in ("gs", "hs", "it")],
        unplaced=["j"],
    )
    # d0: 0 + 10 + 100 + 2 + 3; d1: housed 1 alone; d2: housed 2 + 4; j lives nowhere
    assert district_loads(instance, plan).tolist() == [115, 1, 6]


def test_shares_go_by_population_or_else_by_weight():
    assert target_shares(dz.Instance(districts=districts(300, 100, 0), sites=[])).tolist() == [0.75, 0.25, 0.0]
    weighted = districts(300, 100, 0, weights=(1.0, 0.0, 3.0))
    assert target_shares(dz.Instance(districts=weighted, sites=[])).tolist() == [0.25, 0.0, 0.75]


def test_without_districts_there_is_nothing():
    empty = dz.Instance(districts=[], sites=[])
    assert target_shares(empty).shape == (0,)
    assert district_loads(empty, dz.Plan()).shape == (0,)
    assert district_loads(empty, dz.Plan()).dtype == np.int64
