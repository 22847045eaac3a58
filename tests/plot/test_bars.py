"""Rates, beds, before and after, trade-offs."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from tests.plot.towns import BEDS, svg, texts, town

pytest.importorskip("matplotlib", reason="pictures need matplotlib")


def moving_town(sizes: list[int], before: list[int], after: list[int]) -> tuple[dz.Instance, dz.Plan, dz.Plan]:
    """Return a town of three districts with a site each, and two plans: household i at site before[i], after[i]."""
    sites = [dz.Site(id=f"s{i}", district=f"d{i}", units=[BEDS]) for i in range(3)]
    households = [dz.Household(id=f"h{i}", size=size) for i, size in enumerate(sizes)]
    instance = town(20, 30, 40, sites=sites, households=households)
    one, two = (
        dz.Plan(placements=[dz.Placement(household=f"h{i}", site=f"s{k}", unit="beds") for i, k in enumerate(where)])
        for where in (before, after)
    )
    return instance, one, two


def test_the_highest_rate_stands_above_and_few_persons_are_a_hatched_bar_up_to_five():
    ax = dz.plot.rates(town(8, 3, 20), dz.Plan(), language="de")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Town 2", "Town 0", "Town 1"]
    assert [bar.get_width() for bar in ax.patches] == [20.0, 8.0, 5.0]
    assert [text.get_text() for text in ax.texts] == ["20,0", "8,0", "<5"]
    # Targets without the three whom nobody is to count: 28 persons on three equal districts.
    assert [x for x, _ in ax.collections[0].get_offsets()] == pytest.approx([28 / 3] * 3)
    assert ax.get_xlabel() == "Untergebrachte je 1.000 Einwohner"


def test_a_long_name_stands_on_two_lines():
    whole = town(8)
    named = whole.districts[0].model_copy(update={"name": "Verwaltungsgemeinschaft Oberschwarzwald-Nord"})
    [label] = dz.plot.rates(whole.replace(districts=[named]), dz.Plan()).get_yticklabels()
    assert label.get_text() == "Verwaltungsgemeinschaft\nOberschwarzwald-Nord"


def test_the_numbers_of_an_axis_have_the_same_decimals():
    ax = dz.plot.rates(town(2000, 30), dz.Plan(), language="de")
    ax.set_xticks([0.0, 0.5, 1.0, 1500.0])
    ax.figure.canvas.draw()
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0,0", "0,5", "1,0", "1.500,0"]


def test_beds_taken_are_told_in_steps_of_five():
    instance, plan, _ = moving_town([14, 3], [0, 1], [0, 1])
    ax = dz.plot.occupancy(instance, plan)
    assert [text.get_text() for text in ax.texts] == ["10+ of 100", "<5 of 100", "<5 of 100"]
    assert sorted(bar.get_width() for bar in ax.patches) == [10, 100, 100, 100]
    assert ax.get_xlabel() == "beds"


def test_beds_that_nobody_takes_are_not_called_free():
    # What a policy's area per person leaves empty is not to be had.
    instance, plan, _ = moving_town([9], [0], [1])
    assert {"not taken", "taken by the plan (in steps of 5 persons)"} <= set(texts(dz.plot.occupancy(instance, plan)))
    assert "nicht belegt" in texts(dz.plot.occupancy(instance, plan, language="de"))


@pytest.mark.parametrize("draw", [dz.plot.occupancy, dz.plot.rates])
def test_the_words_behind_the_longest_bar_are_within_the_axes_beside_other_pictures(draw):
    # The picture of another figure is as wide as its owner says: nothing makes room for what runs over its edge.
    from matplotlib.figure import Figure  # noqa: PLC0415  only where it is installed

    instance, plan, _ = moving_town([95, 3], [0, 1], [0, 1])
    left, _right = Figure(figsize=(16, 5)).subplots(1, 2)
    ax = draw(instance, plan, left, language="de")
    ax.figure.canvas.draw()
    assert max(text.get_window_extent().x1 for text in ax.texts) < ax.get_window_extent().x1


def test_before_and_after_are_two_marks_and_small_changes_none():
    # From d0: 12 go to d1, 6 to d2; the lone small change would be the third, so 18, 12 and 6 are all told.
    instance, one, two = moving_town([12, 6], [0, 0], [1, 2])
    ax = dz.plot.compare(instance, one, two)
    points = {tuple(point) for drawn in ax.collections for point in drawn.get_offsets()}
    assert points == {(40.0, 0.0), (46.0, 0.0), (38.0, 1.0), (20.0, 1.0), (30.0, 2.0), (42.0, 2.0)}


def test_a_small_change_is_not_drawn_nor_what_would_tell_it():
    # d0 loses 12 + 2, d1 gains 12, d2 gains 2: from the two others the 2 could be worked out.
    instance, one, two = moving_town([12, 2], [0, 0], [1, 2])
    ax = dz.plot.compare(instance, one, two)
    points = {tuple(point) for drawn in ax.collections for point in drawn.get_offsets()}
    assert points == {(40.0, 0.0), (34.0, 1.0), (20.0, 1.0), (30.0, 2.0)}
    assert "changed by fewer than 5 persons, or not told" in texts(ax)


@settings(max_examples=5)
@given(st.lists(st.integers(1, 2), min_size=2, max_size=2), st.lists(st.integers(0, 2), min_size=2, max_size=2))
def test_two_small_changes_look_alike_whatever_they_are(sizes, after):
    # Two households of one or two persons move from d0 or not: every change is below five.
    instance, one, two = moving_town(sizes, [0, 0], after)
    assert svg(dz.plot.compare(instance, one, two)) == svg(dz.plot.compare(instance, one, one))


def test_the_frontier_names_its_axes_and_marks_what_is_proven():
    policy = dz.Policy(levels=[dz.Level(dz.Evenness()), dz.Level(dz.Proximity())])
    frame = pd.DataFrame(
        {"limit": [10.5, 20.5], "value_1": [10.5, 20.0], "value_2": [900.0, 700.5], "bound_2": [890.0, float("nan")]}
    )
    ax = dz.plot.frontier(frame, policy=policy, level=1, language="de")
    assert ax.get_xlabel() == "Stufe 1: Gleichmäßigkeit (Chi-Quadrat)\nPersonen, Chi-Quadrat-Abstand von den Zielwerten"
    assert ax.get_ylabel() == "Stufe 2: Nähe\nPersonenmeter zu Angeboten und Bezugspunkten"
    assert [tuple(point) for point in ax.collections[0].get_offsets()] == [(10.5, 900.0), (20.5, 700.5)]
    assert "bewiesene Schranke" in texts(ax)


@pytest.mark.parametrize(
    "policy",
    [None]
    + [
        dz.Policy(levels=[dz.Level(goal), dz.Level(dz.Cost())])
        for goal in (dz.Stability(), dz.Evenness(measure="persons_to_move"))
    ],
)
def test_small_numbers_of_persons_are_drawn_at_five(policy):
    frame = pd.DataFrame({"limit": [0.0, 3.0, 9.0], "value_1": [0.0, 3.0, 9.0], "value_2": [80.5, 70.5, 60.5]})
    ax = dz.plot.frontier(frame, policy=policy, level=1)
    assert [x for x, _ in ax.collections[0].get_offsets()] == [5.0, 5.0, 9.0]
    assert "<5" in texts(ax)


def test_an_axis_without_a_unit_says_so():
    sums = dz.Level(dz.Evenness(measure="persons_to_move"), dz.Wishes(weight=9.0))
    frame = pd.DataFrame({"limit": [1.0, 2.0], "value_1": [1.0, 2.0], "value_2": [9.5, 7.5]})
    ax = dz.plot.frontier(frame, policy=dz.Policy(levels=[dz.Level(dz.Cost()), sums]), level=1, language="de")
    assert ax.get_ylabel().endswith("\ngewichtet, ohne Einheit")
    assert "ohne Einheit" not in ax.get_xlabel()


def test_a_frontier_without_any_plan_is_empty():
    frame = pd.DataFrame({"limit": [float("nan")], "value_1": [float("nan")]})
    assert svg(dz.plot.frontier(frame)).startswith("<?xml")


@pytest.mark.parametrize(
    ("frame", "options", "expected"),
    [
        (pd.DataFrame({"a": [1]}), {}, "columns"),
        (pd.DataFrame({"limit": [1.0], "value_1": [1.0]}), {"level": 7}, "level: 7"),
        (pd.DataFrame({"limit": [1.0], "value_1": [1.0]}), {"policy": dz.Policy.default()}, "levels: 6"),
    ],
)
def test_a_frame_that_is_no_frontier_is_refused(frame, options, expected):
    with pytest.raises(dz.TableError, match=expected):
        dz.plot.frontier(frame, **options)
