from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dezentral as dz
from dezentral.metrics import proximity


def city(homes, services):
    """Build a city of sites at x metres and a plan of it: homes = (members in need by kind, x or None = unplaced)."""
    sites = sorted({x for _, x in homes if x is not None})
    unit = dz.Unit(id="u", beds=99, sharing="dormitory", count=99)
    instance = dz.Instance(
        districts=[dz.District(id="d", population=1)],
        sites=[dz.Site(id=f"s{x}", district="d", units=[unit], x=x, y=0) for x in sites],
        households=[dz.Household(id=f"h{i}", size=50, needs=needs) for i, (needs, _) in enumerate(homes)],
        services=services,
        detour=1.0,
    )
    placements = [
        dz.Placement(household=f"h{i}", site=f"s{x}", unit="u") for i, (_, x) in enumerate(homes) if x is not None
    ]
    unplaced = [f"h{i}" for i, (_, x) in enumerate(homes) if x is None]
    return instance, dz.Plan(placements=placements, unplaced=unplaced)


KITA = dz.Service(id="k", kind="kita", x=0, y=0, reach=500)
SCHOOL = dz.Service(id="c", kind="school", x=1000, y=0, capacity=0)


def test_every_member_in_need_counts_once():
    homes = [({"kita": 3}, 100), ({"kita": 1, "school": 2}, 400), ({}, 0)]
    assert proximity(*city(homes, [KITA, SCHOOL])).to_dict("records") == [
        # 100, 100, 100, 400 m: mean 175, the middle two are 100
        {"kind": "kita", "members": 4, "reached": 4, "metres_mean": 175.0, "metres_median": 100.0, "metres_max": 400.0},
        {"kind": "school", "members": 2, "reached": 2, "metres_mean": 600, "metres_median": 600, "metres_max": 600},
    ]


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two():
    homes = [({"kita": 2}, 100), ({"kita": 2}, 300)]
    assert proximity(*city(homes, [KITA]))["metres_median"].tolist() == [200.0]


def test_who_reaches_nothing_is_a_member_and_in_no_mean():
    homes = [({"kita": 3}, 100), ({"kita": 5}, 501)]
    (row,) = proximity(*city(homes, [KITA])).to_dict("records")
    assert (row["members"], row["reached"]) == (8, 3)
    assert (row["metres_mean"], row["metres_median"], row["metres_max"]) == (100.0, 100.0, 100.0)


def test_who_is_unplaced_lives_nowhere():
    homes = [({"kita": 3}, 100), ({"kita": 5}, None), ({"school": 1}, None)]
    frame = proximity(*city(homes, [KITA, SCHOOL]))
    assert frame[["kind", "members", "reached"]].to_numpy().tolist() == [["kita", 3, 3], ["school", 0, 0]]
    assert math.isnan(frame["metres_mean"][1])
    assert math.isnan(frame["metres_median"][1])
    assert math.isnan(frame["metres_max"][1])


def test_the_nearest_counts_full_or_not():
    far = dz.Service(id="far", kind="school", x=5000, y=0)
    assert proximity(*city([({"school": 1}, 0)], [far, SCHOOL]))["metres_mean"].tolist() == [1000.0]


@pytest.mark.parametrize("homes", [[], [({}, 0)]])
def test_without_need_there_are_no_rows(homes):
    frame = proximity(*city(homes, [KITA]))
    assert list(frame.columns) == ["kind", "members", "reached", "metres_mean", "metres_median", "metres_max"]
    assert frame.empty
    assert frame["kind"].dtype == "object"  # of ids that are text, not of numbers


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 400)), min_size=1, max_size=8))
def test_the_figures_agree_with_one_entry_per_member(homes):
    (row,) = proximity(*city([({"kita": members}, x) for members, x in homes], [KITA])).to_dict("records")
    metres = np.repeat([x for _, x in homes], [members for members, _ in homes])
    assert (row["members"], row["reached"]) == (len(metres), len(metres))
    assert row["metres_mean"] == pytest.approx(metres.mean())
    assert row["metres_median"] == np.median(metres)
    assert row["metres_max"] == metres.max()


def test_the_plan_must_belong_to_the_instance():
    instance, _ = city([({}, 0)], [])
    with pytest.raises(dz.PlanError):
        proximity(instance, dz.Plan())
