from __future__ import annotations

import datetime as dt

import pytest

from dezentral.datasets import stuttgart_districts
from dezentral.datasets.stuttgart_facts import district_code


def test_there_are_23_districts_with_codes_in_order_five_of_them_inner():
    facts = stuttgart_districts()
    assert facts["district"].tolist() == [f"{number:02d}" for number in range(1, 24)]
    assert facts.loc[facts["ring"] == "inner", "district"].tolist() == ["01", "02", "03", "04", "05"]
    assert set(facts["ring"]) == {"inner", "outer"}
    assert facts["name"].is_unique


def test_neighbours_are_mutual_and_make_49_pairs():
    neighbours = dict(zip(stuttgart_districts()["district"], stuttgart_districts()["neighbours"], strict=True))
    pairs = {frozenset({code, other}) for code, others in neighbours.items() for other in others}
    assert all(code in neighbours[other] for code, others in neighbours.items() for other in others)
    assert len(pairs) == 49
    assert all(len(pair) == 2 for pair in pairs)  # nobody borders on itself
    assert neighbours["18"] == ("23",)  # Stammheim has one neighbour


def test_areas_add_up_to_the_city():
    # the generalised polygons make 207.24 km²; officially 207.33 to 207.36
    assert stuttgart_districts()["area_km2"].sum() == pytest.approx(207.238, abs=0.002)


def test_populations_say_since_when_from_whom_and_whether_they_are_estimates():
    facts = stuttgart_districts().set_index("name")
    estimated = facts.index[facts["estimated"]].tolist()
    assert estimated == ["Mitte", "Nord", "Ost", "Süd", "West", "Mühlhausen", "Obertürkheim", "Untertürkheim"]
    assert facts["population_source"].str.startswith("estimate").tolist() == facts["estimated"].tolist()
    assert facts.loc["Hedelfingen", ["population", "population_date"]].tolist() == [10_233, dt.date(2023, 12, 31)]
    assert facts.loc["Vaihingen", ["population", "population_date"]].tolist() == [45_778, dt.date(2018, 6, 30)]
    assert facts.loc["Degerloch", ["population", "population_date"]].tolist() == [16_468, dt.date(2015, 12, 31)]
    # the register counted 610,068 in 2023; figures of different years must stay near
    assert 580_000 < facts["population"].sum() < 620_000


@pytest.mark.parametrize("name", ["01", "1", "Mitte", "Stuttgart-Mitte", " mitte ", "stuttgart-mitte"])
def test_a_district_is_known_by_its_code_and_both_names(name):
    assert district_code(name) == "01"


@pytest.mark.parametrize("name", ["", "24", "Esslingen", "Stuttgart", "00"])
def test_what_names_no_district_has_no_code(name):
    assert district_code(name) is None
