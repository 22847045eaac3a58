"""What holds for every picture: axes in and out, languages, small numbers, protected addresses, odd towns."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from tests.plot.towns import long_town, shelter_town, svg, texts, town

pytest.importorskip("matplotlib", reason="pictures need matplotlib")
PICTURES = [dz.plot.map, dz.plot.rates, dz.plot.occupancy]
CITY = dz.datasets.stuttgart(60)
ODD = {
    "nothing": dz.Instance(districts=(), sites=()),
    "one district": town(9),
    "nobody": town(0, 0, 0),
    "no inhabitants": dz.Instance(
        districts=[dz.District(id="a", population=0, housed=9), dz.District(id="b", population=9)], sites=()
    ),
    "weights": dz.Instance(districts=[dz.District(id="a", population=0, target_weight=1.0, housed=9)], sites=()),
    "no borders": town(9, 30, 12, borders=False),
    "blank id": dz.Instance(districts=[dz.District(id=" ", population=900, housed=9)], sites=()),
    "odd names": dz.Instance(districts=[dz.District(id="a", name="$x_1$ <b> \n" + "y" * 90, population=9)], sites=()),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("picture", PICTURES)
def test_odd_towns_are_drawn(picture, name):
    ax = picture(ODD[name], dz.Plan(), language="de")
    assert svg(ax).startswith("<?xml")
    assert "nan" not in " ".join(texts(ax))


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_take_and_return_axes_and_leave_no_figure_open(picture):
    import matplotlib.pyplot as plt  # noqa: PLC0415  after the skip
    from matplotlib.figure import Figure  # noqa: PLC0415

    ax = Figure().add_subplot()
    assert picture(town(9, 30), dz.Plan(), ax) is ax
    assert picture(town(9, 30), dz.Plan()).figure is not ax.figure
    assert plt.get_fignums() == []


@pytest.mark.parametrize("dpi", [60, 120, 200])
@pytest.mark.parametrize("picture", PICTURES)
def test_no_text_is_cut_at_the_edge(picture, dpi):
    figure = picture(CITY, dz.Plan(unplaced=[one.id for one in CITY.households]), language="de").figure
    figure.set_dpi(dpi)
    assert _cut(figure) == set()


def test_no_text_is_cut_where_names_are_long():
    whole = long_town()
    compared = dz.plot.compare(whole, dz.Plan(), dz.Plan(), language="de")
    for ax in (*(picture(whole, dz.Plan(), language="de") for picture in PICTURES), compared):
        assert _cut(ax.figure) == set()


def _cut(figure):
    """Return the texts of a picture that reach over its edge."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  after the skip
    from matplotlib.text import Text  # noqa: PLC0415

    FigureCanvasAgg(figure).draw()
    page = figure.bbox
    boxes = {text.get_text(): text.get_window_extent() for text in figure.findobj(Text) if text.get_text().strip()}
    assert len(boxes) > 10
    inside = {text for text, box in boxes.items() if box.x0 >= 0 and box.y0 >= 0}
    inside &= {text for text, box in boxes.items() if box.x1 <= page.x1 and box.y1 <= page.y1}
    return boxes.keys() - inside


def test_a_notebook_shows_the_picture():
    assert dz.plot.rates(town(9, 30), dz.Plan())._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("picture", PICTURES)
def test_a_plan_of_another_instance_and_an_unknown_language_are_refused(picture):
    with pytest.raises(dz.PlanError, match="stranger"):
        picture(town(9), dz.Plan(unplaced=["stranger"]))
    with pytest.raises(dz.PolicyError, match="'fr'"):
        picture(town(9), dz.Plan(), language="fr")


@pytest.mark.parametrize("picture", [*PICTURES, dz.plot.explore])
def test_protected_addresses_and_households_are_in_no_picture(picture):
    instance, plan = shelter_town()
    drawn = picture(instance, plan)
    page = drawn.get_root().render() if picture is dz.plot.explore else svg(drawn)
    for word in ("haven", "refuge", "Quiet Harbour", "secret", ">17<", ">43<"):
        assert word not in page


def test_a_protected_address_leaves_no_mark_on_the_map():
    instance, plan = shelter_town()
    marks = [tuple(point) for drawn in dz.plot.map(instance, plan).collections for point in drawn.get_offsets()]
    assert marks == [(200.0, 200.0), (700.0, 300.0)]
    assert not dz.plot.map(instance, plan, sites=False).collections


def test_beds_of_protected_addresses_are_not_told():
    instance, plan = shelter_town()
    ax = dz.plot.occupancy(instance, plan)
    # 23 persons on the 100 beds of the one open site that may be shown; nothing about the second district.
    assert [text.get_text() for text in ax.texts] == ["20+ of 100", "no places shown"]
    assert sorted(bar.get_width() for bar in ax.patches) == [20, 100]


loads = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4)), min_size=1, max_size=4)


@settings(max_examples=5)
@given(loads)
def test_pictures_of_plans_that_differ_in_small_numbers_alone_are_the_same(pairs):
    one = town(*(load for load, _ in pairs))
    two = town(*(small if load < 5 else load for load, small in pairs))
    for picture in (dz.plot.map, dz.plot.rates):
        assert svg(picture(one, dz.Plan())) == svg(picture(two, dz.Plan()))


def test_without_matplotlib_the_extra_is_named():
    code = (
        "import sys; sys.modules['matplotlib'] = None; sys.modules['folium'] = None\n"
        "import dezentral as dz\n"
        "city = dz.Instance(districts=[dz.District(id='a', population=9)], sites=())\n"
        "for draw in (dz.plot.map, dz.plot.rates, dz.plot.occupancy, dz.plot.explore):\n"
        "    try: draw(city, dz.Plan())\n"
        "    except dz.MissingExtraError as error: print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout  # noqa: S603
    assert said.count('pip install "dezentral[plot]"') == 4
