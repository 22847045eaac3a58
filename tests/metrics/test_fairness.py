from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import dezentral as dz
from dezentral.metrics import fairness

COLUMNS = [
    "group", "value", "persons", "unplaced_rate", "moved_rate", "metres_mean", "wish_rank_mean", "utility_mean",
]  # fmt: skip
UNIT = dz.Unit(id="u", beds=99, sharing="dormitory")


def city(*households):
    """Build a city with site a0 in district a at 0 m, b0 in b at 1,000 m; a kita at 0 m reaches 500 m, a school all."""
    return dz.Instance(
        districts=[dz.District(id=key, population=1) for key in "abc"],
        sites=[
            dz.Site(id="a0", district="a", units=[UNIT], x=0, y=0),
            dz.Site(id="b0", district="b", units=[UNIT], x=1000, y=0),
        ],
        households=households,
        services=[
            dz.Service(id="k", kind="kita", x=0, y=100, reach=500),
            dz.Service(id="c", kind="school", x=1000, y=300),
        ],
        detour=1.0,
    )


def rows(instance, **homes):
    """Return group, value → the row, for households placed as given, the others unplaced."""
    placements = [dz.Placement(household=key, site=site, unit="u") for key, site in homes.items()]
    unplaced = [household.id for household in instance.households if household.id not in homes]
    frame = fairness(instance, dz.Plan(placements=placements, unplaced=unplaced))
    assert list(frame.columns) == COLUMNS
    return {(row.group, row.value): row for row in frame.itertuples()}


def test_groups_are_size_classes_then_needs_then_traits_and_overlap():
    instance = city(
        dz.Household(id="e", size=1, traits={"women", "minor"}),
        dz.Household(id="f", size=2, needs={"school": 1, "kita": 1}, traits={"women"}),
        dz.Household(id="g", size=3),
        dz.Household(id="h", size=4),
        dz.Household(id="i", size=5),
        dz.Household(id="j", size=8),
    )
    assert {key: row.persons for key, row in rows(instance).items()} == {
        ("size class", "1"): 1,
        ("size class", "2"): 2,
        ("size class", "3-4"): 7,
        ("size class", "5+"): 13,
        ("need", "kita"): 2,
        ("need", "school"): 2,
        ("trait", "minor"): 1,
        ("trait", "women"): 3,
    }


def test_the_rows_are_in_that_order():
    instance = city(dz.Household(id="h", size=5, needs={"kita": 1}, traits={"z", "y"}), dz.Household(id="g", size=1))
    assert list(rows(instance)) == [
        ("size class", "1"), ("size class", "5+"), ("need", "kita"), ("trait", "y"), ("trait", "z"),
    ]  # fmt: skip


def test_rates_are_shares_of_the_persons():
    people = (
        dz.Household(id="f", size=3, current_site="a0"),  # moved
        dz.Household(id="g", size=3, current_site="a0"),  # stays
        dz.Household(id="h", size=4),  # new: not moved
        dz.Household(id="i", size=4, current_site="b0"),  # unplaced: not moved
    )
    row = rows(city(*people), f="b0", g="a0", h="a0")["size class", "3-4"]
    assert row.persons == 14
    assert row.unplaced_rate == pytest.approx(4 / 14)
    assert row.moved_rate == pytest.approx(3 / 14)


def test_metres_are_over_members_in_need_who_reach_a_service():
    people = (
        dz.Household(id="f", size=4, needs={"kita": 1, "school": 3}, traits={"t"}),  # at b0: kita out of reach, 300 m
        dz.Household(id="g", size=3, needs={"kita": 2}, traits={"t"}),  # at a0: 100 m
        dz.Household(id="h", size=3, needs={"kita": 3}),  # unplaced
    )
    found = rows(city(*people), f="b0", g="a0")
    assert found["need", "kita"].metres_mean == 100.0
    assert found["need", "school"].metres_mean == 300.0
    # 3 members × 300 m + 2 members × 100 m over 5
    assert found["trait", "t"].metres_mean == pytest.approx(220.0)
    assert found["size class", "3-4"].metres_mean == pytest.approx(220.0)


def test_wishes_rank_from_zero_and_what_is_not_listed_counts_as_the_length_of_the_list():
    people = (
        dz.Household(id="f", size=1, wishes=["a", "b"]),  # in b: 1
        dz.Household(id="g", size=1, wishes=["b"]),  # in a: not listed, 1
        dz.Household(id="h", size=1, wishes=["c", "b", "b"]),  # in a: not listed, 3
        dz.Household(id="i", size=1, wishes=["a", "a"]),  # in a: 0
        dz.Household(id="j", size=1),  # has none
        dz.Household(id="k", size=1, wishes=["a"]),  # unplaced
        dz.Household(id="l", size=2, wishes=["c", "b"]),  # in b: 1
    )
    found = rows(city(*people), f="b0", g="a0", h="a0", i="a0", j="a0", l="b0")
    assert found["size class", "1"].wish_rank_mean == pytest.approx(5 / 4)
    assert found["size class", "2"].wish_rank_mean == 1.0


def test_means_weigh_households_by_their_persons():
    people = (
        dz.Household(id="f", size=3, wishes=["a"], traits={"t"}),  # in a: 0
        dz.Household(id="g", size=1, wishes=["b"], traits={"t"}),  # in a: 1
    )
    utilities = pd.DataFrame({"a0": [0.2, 1.0]}, index=["f", "g"])
    row = rows(city(*people).with_utilities(utilities), f="a0", g="a0")["trait", "t"]
    assert row.wish_rank_mean == 0.25
    assert row.utility_mean == pytest.approx((3 * 0.2 + 1.0) / 4)


def test_a_missing_utility_is_zero_and_an_unplaced_one_is_none():
    people = [dz.Household(id=key, size=1) for key in "fghi"]
    utilities = pd.DataFrame({"a0": [0.6, np.nan]}, index=["f", "g"])
    # f 0.6, g a hole = 0, h no row = 0 (at b0, no column either), i unplaced: 0.6 / 3
    row = rows(city(*people).with_utilities(utilities), f="a0", g="a0", h="b0")["size class", "1"]
    assert row.utility_mean == pytest.approx(0.2)


def test_a_mean_over_nobody_is_nan():
    row = rows(city(dz.Household(id="h", size=1)), h="a0")["size class", "1"]
    assert (row.unplaced_rate, row.moved_rate) == (0.0, 0.0)
    assert all(math.isnan(mean) for mean in (row.metres_mean, row.wish_rank_mean, row.utility_mean))


def test_without_households_there_are_no_rows():
    assert rows(city()) == {}


def test_the_plan_must_belong_to_the_instance():
    with pytest.raises(dz.PlanError):
        fairness(city(), dz.Plan(unplaced=["h"]))
