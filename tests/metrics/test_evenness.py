from __future__ import annotations

import dataclasses
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dezentral as dz
from dezentral.metrics import EvennessReport, evenness
from dezentral.metrics.evenness import expected_dissimilarity


def report(loads, populations, weights=None):
    """Measure districts d0, d1, … with these loads and populations."""
    weights = weights or [None] * len(loads)
    rows = enumerate(zip(loads, populations, weights, strict=True))
    districts = [
        dz.District(id=f"d{i}", name=f"D{i}", population=population, housed=load, target_weight=weight)
        for i, (load, population, weight) in rows
    ]
    return evenness(dz.Instance(districts=districts, sites=[]), dz.Plan())


# Loads 2 and 6, populations 3000 and 1000: ΣL = 8, target shares ¾ and ¼, targets 6 and 2.
SKEWED = report([2, 6], [3000, 1000])


def test_the_table_of_districts():
    assert SKEWED.districts.to_dict("list") == {
        "district": ["d0", "d1"],
        "name": ["D0", "D1"],
        "population": [3000, 1000],
        "load": [2, 6],
        "target": [6.0, 2.0],
        "rate_per_1000": [pytest.approx(2 / 3), 6.0],
        "deviation": [-4.0, 4.0],
    }


def test_rates():
    assert SKEWED.rate_min == pytest.approx(2 / 3)
    assert SKEWED.rate_mean == 2.0  # 8 persons over 4,000 inhabitants
    assert SKEWED.rate_max == 6.0


def test_persons_to_move_and_dissimilarity():
    assert SKEWED.persons_to_move == 4.0  # ½ (4 + 4)
    assert SKEWED.dissimilarity == 0.5  # ½ (|¼ − ¾| + |¾ − ¼|)
    assert SKEWED.districts_served == 2


def test_dissimilarity_corrected_for_chance():
    # E|Bin(8, ¼) − 2| = E|Bin(8, ¾) − 6| = Σ |k − 2| C(8, k) 3^(8−k) / 4^8 = 61236 / 65536, so
    # E = 2 × 61236 / 65536 / 16 = 15309 / 131072 and (½ − E) / (1 − E) = 50227 / 115763.
    assert SKEWED.dissimilarity_corrected == pytest.approx(50227 / 115763, rel=1e-12)


def test_gini():
    # r = (¼ / ¾, ¾ / ¼) = (⅓, 3): ½ × 2 × ¾ × ¼ × (3 − ⅓) = ½
    assert SKEWED.gini == pytest.approx(0.5, rel=1e-12)


def test_theil():
    # ¼ ln(⅓) + ¾ ln 3 = ½ ln 3
    assert SKEWED.theil == pytest.approx(math.log(3) / 2, rel=1e-12)


def test_placed_persons_count_and_unplaced_ones_do_not():
    instance = dz.Instance(
        districts=[dz.District(id="a", population=3000, housed=2), dz.District(id="b", population=1000)],
        sites=[dz.Site(id="s", district="b", units=[dz.Unit(id="u", beds=4)], housed=2)],
        households=[dz.Household(id="h", size=4), dz.Household(id="i", size=9)],
    )
    plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="u")], unplaced=["i"])
    measured = evenness(instance, plan)
    assert measured.districts["load"].tolist() == [2, 6]
    assert dataclasses.astuple(measured)[:-1] == dataclasses.astuple(SKEWED)[:-1]


def test_a_perfect_spread():
    even = report([6, 2], [3000, 1000])
    assert (even.dissimilarity, even.gini, even.theil, even.persons_to_move) == (0.0, 0.0, 0.0, 0.0)
    # more even than chance: −E / (1 − E) = −15309 / 115763
    assert even.dissimilarity_corrected == pytest.approx(-15309 / 115763, rel=1e-12)


def test_without_any_load():
    empty = report([0, 0], [3000, 1000])
    assert (empty.rate_min, empty.rate_mean, empty.rate_max) == (0.0, 0.0, 0.0)
    assert (empty.dissimilarity, empty.dissimilarity_corrected, empty.gini, empty.theil) == (0.0, 0.0, 0.0, 0.0)
    assert (empty.persons_to_move, empty.districts_served) == (0.0, 0)
    assert empty.districts["target"].tolist() == [0.0, 0.0]


def test_a_rate_over_nobody_is_nan_and_left_out_of_the_range():
    # d1 has no inhabitants and 5 persons; the city 6 persons over 1,000
    half = report([1, 5], [1000, 0])
    assert math.isnan(half.districts["rate_per_1000"][1])
    assert (half.rate_min, half.rate_mean, half.rate_max) == (1.0, 6.0, 1.0)


def test_without_inhabitants_anywhere_there_is_no_rate():
    nobody = report([1, 3], [0, 0], weights=[1.0, 1.0])
    assert all(math.isnan(rate) for rate in (nobody.rate_min, nobody.rate_mean, nobody.rate_max))
    assert nobody.dissimilarity == 0.25  # ½ (|¼ − ½| + |¾ − ½|)


def test_a_district_of_target_weight_zero():
    # shares 1 and 0, s = (¼, ¾): D = ¾; gini over w > 0 is one district alone: 0; people where nobody should be: ∞
    closed = report([1, 3], [1000, 1000], weights=[2.0, 0.0])
    assert closed.dissimilarity == 0.75
    assert closed.dissimilarity_corrected == 0.75  # a share of 1 leaves nothing to chance: E = 0
    assert closed.gini == 0.0
    assert closed.theil == math.inf
    assert closed.districts["target"].tolist() == [4.0, 0.0]


def test_an_empty_district_of_target_weight_zero_costs_nothing():
    assert report([4, 0], [1000, 1000], weights=[2.0, 0.0]).theil == 0.0


def test_one_person_alone():
    # shares ½, ½: E = 1 − Σ w² = ½, D = ½: exactly what chance gives
    assert report([1, 0], [500, 500]).dissimilarity_corrected == pytest.approx(0.0, abs=1e-12)


def test_one_district_alone():
    alone = report([7], [100])
    assert (alone.dissimilarity, alone.dissimilarity_corrected, alone.gini, alone.theil) == (0.0, 0.0, 0.0, 0.0)


def test_without_districts():
    nothing = report([], [])
    assert nothing.districts_served == 0
    assert nothing.persons_to_move == 0.0
    assert list(nothing.districts.columns) == list(SKEWED.districts.columns)
    assert nothing.districts.empty


def _by_enumeration(persons, shares):
    """Sum |k − X·w| over the binomial distribution in exact fractions."""
    total = Fraction(0)
    for share in shares:
        w = Fraction(share)
        total += sum(
            abs(k - persons * w) * math.comb(persons, k) * w**k * (1 - w) ** (persons - k) for k in range(persons + 1)
        )
    return float(total / (2 * persons))


@given(st.integers(1, 60), st.lists(st.integers(0, 20), min_size=1, max_size=5).filter(any))
def test_what_chance_gives_agrees_with_enumeration(persons, weights):
    shares = np.array(weights) / sum(weights)
    assert expected_dissimilarity(persons, shares) == pytest.approx(_by_enumeration(persons, shares), rel=1e-9, abs=0)


@pytest.mark.parametrize("persons", [10_000, 10_000_000])
def test_what_chance_gives_many_persons_nears_the_normal_distribution(persons):
    # E|N(0, σ²)| = σ √(2/π), σ² = X w (1 − w); at w = ½ twice over, the binomial is smaller by about 1 / 4X of it
    shares = np.array([0.5, 0.5])
    normal = math.sqrt(persons / 4) * math.sqrt(2 / math.pi) / persons
    assert expected_dissimilarity(persons, shares) == pytest.approx(normal * (1 - 1 / (4 * persons)), rel=1e-7)


def test_nobody_leaves_nothing_to_chance():
    assert expected_dissimilarity(0, np.array([0.5, 0.5])) == 0.0


CITIES = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10_000)), min_size=1, max_size=8)


@given(CITIES)
def test_figures_keep_their_ranges_and_agree_with_each_other(city):
    loads, populations = zip(*city, strict=True)
    measured = report(loads, populations)
    assert 0 <= measured.gini <= 1
    # the Gini of a spread is at least its dissimilarity (the Lorenz curve is convex) and Theil at least 2 D² (Pinsker)
    assert measured.gini >= measured.dissimilarity - 1e-12
    assert measured.theil >= 2 * measured.dissimilarity**2 - 1e-12
    assert measured.persons_to_move == pytest.approx(measured.dissimilarity * sum(loads), rel=1e-9, abs=1e-9)
    assert measured.dissimilarity_corrected <= measured.dissimilarity + 1e-12
    assert measured.rate_min <= measured.rate_mean + 1e-9
    assert measured.rate_mean <= measured.rate_max + 1e-9
    assert measured.districts["deviation"].sum() == pytest.approx(0.0, abs=1e-6)


@given(CITIES, st.integers(2, 9), st.randoms(use_true_random=False))
def test_neither_order_nor_the_scale_of_populations_matters(city, factor, random):
    shuffled = random.sample(city, len(city))
    plain = report(*zip(*city, strict=True))
    scaled = report([load for load, _ in shuffled], [population * factor for _, population in shuffled])
    for figure in ("dissimilarity", "dissimilarity_corrected", "gini", "theil", "persons_to_move"):
        assert getattr(scaled, figure) == pytest.approx(getattr(plain, figure), rel=1e-9, abs=1e-9)
    assert scaled.rate_max * factor == pytest.approx(plain.rate_max, rel=1e-9)


def test_the_frame_is_a_copy():
    frame = SKEWED.districts
    frame.loc[0, "load"] = 99
    assert SKEWED.districts.loc[0, "load"] == 2


def test_the_report_is_frozen_hashable_and_equal_to_its_like():
    again = report([2, 6], [3000, 1000])
    assert again == SKEWED
    assert hash(again) == hash(SKEWED)
    assert report([6, 2], [3000, 1000]) != SKEWED
    with pytest.raises(dataclasses.FrozenInstanceError):
        again.gini = 0.0


def test_reports_with_rates_over_nobody_are_equal_too():
    assert report([1, 5], [1000, 0]) == report([1, 5], [1000, 0])


def test_it_reads_as_text():
    assert str(SKEWED).splitlines()[:6] == [
        "Persons per 1,000 inhabitants: 0.7 to 6.0, 2.0 over the city",
        "Persons to move for a perfect spread: 4.0",
        "Dissimilarity: 0.5000 (0.4339 corrected for chance)",
        "Gini: 0.5000",
        "Theil: 0.5493",
        "Districts served: 2 of 2",
    ]
    assert "D1" in str(SKEWED)


def test_it_shows_as_html_that_names_cannot_break():
    measured = dataclasses.replace(SKEWED, rows=(SKEWED.rows[0]._replace(name="<b>&"),))
    shown = measured._repr_html_()
    assert "&lt;b&gt;&amp;" in shown
    assert "<b>&" not in shown
    assert 'Persons to move for a perfect spread</th><td style="text-align:right">4.0<' in shown
    assert isinstance(measured, EvennessReport)


def test_the_plan_must_belong_to_the_instance():
    instance = dz.Instance(districts=[dz.District(id="a", population=1)], sites=[])
    with pytest.raises(dz.PlanError):
        evenness(instance, dz.Plan(unplaced=["nobody"]))


def test_in_a_notebook_what_is_no_number_is_a_dash():
    city = dz.Instance(districts=[dz.District(id="a", population=0), dz.District(id="b", population=9)], sites=())
    shown = evenness(city, dz.Plan())._repr_html_()
    assert ">–</td>" in shown
    assert "NaN" not in shown


def test_a_small_deviation_downwards_is_no_minus_zero():
    # 30 persons on 1,500,300 inhabitants: the target of "b" is 300 × 30 / 1,500,300 = 0.006.
    districts = [dz.District(id="a", population=1_500_000, housed=30), dz.District(id="b", population=300)]
    report = evenness(dz.Instance(districts=districts, sites=()), dz.Plan())
    assert report.districts["deviation"].tolist()[1] < 0
    assert str(report).split()[-1] == "0.0"
    assert ">-0.0<" not in report._repr_html_()
