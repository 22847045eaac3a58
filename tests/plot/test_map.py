"""The map: rates, borders, sites."""

from __future__ import annotations

from itertools import pairwise

import pytest

import dezentral as dz
from dezentral.plot.colours import class_limits, ink_on, shade
from dezentral.plot.shapes import district_shapes
from tests.plot.towns import BEDS, long_town, texts, town

pytest.importorskip("matplotlib", reason="pictures need matplotlib")


def test_every_district_reads_its_rate_or_that_few_live_there():
    ax = dz.plot.map(town(12, 4), dz.Plan(), language="de")
    # 12 on 1,000 inhabitants
    assert [text.get_text() for text in ax.texts] == ["Town 0\n12,0", "Town 1\n<5"]
    assert [patch.get_hatch() for patch in ax.patches] == [None, "////"]
    assert "weniger als 5 Personen" in texts(ax)
    assert "Untergebrachte je 1.000 Einwohner" in texts(ax)


def test_districts_without_borders_are_squares_below_the_map_and_it_is_said():
    whole = town(9, 30)
    mixed = whole.replace(districts=[whole.districts[0], whole.districts[1].model_copy(update={"geometry": None})])
    first, second = district_shapes(mixed)
    assert not first.schematic
    assert second.schematic
    assert second.geometry.bounds[3] < first.geometry.bounds[1]
    assert any("squares" in text for text in texts(dz.plot.map(mixed, dz.Plan())))
    assert not any("squares" in text for text in texts(dz.plot.map(whole, dz.Plan())))


def test_long_names_take_two_lines_and_do_not_run_into_each_other():
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  after the skip

    ax = dz.plot.map(long_town(), dz.Plan())
    FigureCanvasAgg(ax.figure).draw()
    first, second, third = (text.get_text().split("\n") for text in ax.texts[:3])
    assert len(first) == 3  # two lines and the figure
    assert first[0].startswith("Verwaltungs")
    assert second[0].endswith("…")
    assert third == ["Au 2", "12.0"]
    boxes = [text.get_window_extent() for text in ax.texts]
    assert not [i for i, (left, right) in enumerate(pairwise(boxes)) if left.x1 > right.x0]


def test_a_name_makes_way_for_the_sites():
    x, y = dz.plot.map(town(9), dz.Plan()).texts[0].get_position()
    whole = town(9, sites=[dz.Site(id="s", district="d0", units=[BEDS], x=float(x), y=float(y))])
    [beside], [covering] = dz.plot.map(whole, dz.Plan()).texts, dz.plot.map(whole, dz.Plan(), sites=False).texts
    assert covering.get_position() == (x, y)
    assert beside.get_position() != (x, y)
    x, y = beside.get_position()
    assert 0 < x < 1000  # still in its district
    assert 0 < y < 800


def test_a_long_and_low_map_leaves_no_empty_page():
    # Six squares in a row: a sixth as high as wide, less than what the legend needs.
    assert dz.plot.map(town(9, 30, 12, 8, 25, 7), dz.Plan()).figure.get_figheight() == pytest.approx(2.6)
    # 800 of height on 1,000 of width: 0.9 inches for the title and 0.8 of the 5.6 that the map is wide.
    assert dz.plot.map(town(9), dz.Plan()).figure.get_figheight() == pytest.approx(0.9 + 0.8 * 5.6)


def test_squares_do_not_touch_each_other():
    shapes = [shape.geometry for shape in district_shapes(town(*range(30), borders=False))]
    assert not any(one.intersects(other) for i, one in enumerate(shapes) for other in shapes[:i])


def test_classes_have_the_same_decimals():
    # The highest rate is 6.0: five classes of 1.2.
    assert {"0.0 to 1.2", "4.8 to 6.0"} <= set(texts(dz.plot.map(town(6, 5), dz.Plan())))


def test_classes_are_round_and_hold_every_value():
    assert class_limits([2.9]) == (0.6, 1.2, 1.8, 2.4, 3.0)
    assert class_limits([0.0, float("nan")]) == (1.0,)
    for top in (0.013, 0.9, 1.0, 7.7, 123.4, 5000.0):
        limits = class_limits([top])
        assert len(limits) <= 5
        assert limits[-1] >= top * (1 - 1e-9)


def test_colours_keep_their_order_in_grey_and_text_can_be_read_on_them():
    limits = (1.0, 2.0, 3.0, 4.0, 5.0)
    shades = [shade(limit, limits) for limit in limits]
    brightness = [_luminance(colour) for colour in shades]
    assert brightness == sorted(brightness, reverse=True)
    assert len(set(brightness)) == 5
    for colour in shades:
        lighter, darker = sorted((_luminance(colour), _luminance(ink_on(colour))), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
