"""The map: rates, borders, sites."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.plot.colours import class_limits, ink_on, shade
from dezentral.plot.shapes import district_shapes
from tests.plot.towns import texts, town

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
