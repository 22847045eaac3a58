"""What each type of field takes and what it refuses."""

from __future__ import annotations

import datetime as dt
import math
from collections import OrderedDict
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

import dezentral as dz
from tests.domain.city import lines


def faults_of_household(**fields):
    with pytest.raises(dz.InstanceError) as caught:
        dz.Household(**{"id": "h", "size": 3, **fields})
    return lines(caught.value)


@pytest.mark.parametrize("bad", [5, None, b"h", 1.5, True])
def test_an_id_is_a_string(bad):
    with pytest.raises(dz.InstanceError) as caught:
        dz.District(id=bad, population=1)
    assert [(fault.field, fault.value, fault.allowed) for fault in caught.value.faults] == [("id", bad, "a string")]


def test_an_id_is_not_empty_and_fits_into_utf8():
    assert faults_of_household(id="") == ["household '', id: ''; allowed: text that is not empty"]
    assert faults_of_household(id="\ud800")[0].endswith("allowed: text that UTF-8 can hold")


@pytest.mark.parametrize("odd", ["007", "NA", " h ", "Ä", "a;b", "=1+1"])
def test_an_id_stays_as_it_is_written(odd):
    assert dz.Household.model_validate_json(dz.Household(id=odd, size=1).model_dump_json()).id == odd


@pytest.mark.parametrize("bad", [3.0, "3", True, None, math.nan])
def test_persons_are_whole_numbers_and_nothing_else(bad):
    assert faults_of_household(size=bad) == [f"household 'h', size: {bad!r}; allowed: a whole number"]


def test_persons_have_a_range():
    assert faults_of_household(size=0) == ["household 'h', size: 0; allowed: 1 or more"]
    assert faults_of_household(supports=-1) == ["household 'h', supports: -1; allowed: 0 or more"]
    assert faults_of_household(size=10**8) == ["household 'h', size: 100000000; allowed: at most 10000000"]


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
def test_a_number_is_finite(bad):
    assert dz.Anchor(x=1, y=2).x == 1.0  # a whole number is a number
    with pytest.raises(dz.InstanceError) as caught:
        dz.Anchor(x=bad, y=0.0)
    assert lines(caught.value) == [f"anchor, x: {bad!r}; allowed: a finite number"]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999", '"1"', "true"])
def test_a_number_in_json_is_finite_too(text):
    with pytest.raises(dz.InstanceError) as caught:
        dz.Anchor.model_validate_json(f'{{"x": {text}, "y": 0}}')
    assert [fault.field for fault in caught.value.faults] == ["x"]


@pytest.mark.parametrize("kind", [list, tuple, set, frozenset])
def test_sets_are_given_as_any_collection(kind):
    household = dz.Household(id="h", size=1, traits=kind(["b", "a"]))
    assert household.traits == frozenset({"a", "b"})
    assert type(household.traits) is frozenset


@pytest.mark.parametrize("field", ["traits", "requires", "languages", "excluded_sites", "excluded_districts"])
@pytest.mark.parametrize("bad", ["abc", {"a": 1}, 5, None])
def test_a_set_is_no_string_and_no_mapping(field, bad):
    assert faults_of_household(**{field: bad}) == [f"household 'h', {field}: {bad!r}; allowed: a set, list or tuple"]


def test_what_is_in_a_set_is_checked():
    assert faults_of_household(traits=["a", 5, [], ""]) == [
        "household 'h', traits[1]: 5; allowed: a string",
        "household 'h', traits[2]: []; allowed: a string",
        "household 'h', traits[3]: ''; allowed: text that is not empty",
    ]


@pytest.mark.parametrize("kind", [list, tuple])
def test_ordered_collections_keep_order_and_repetition(kind):
    household = dz.Household(id="h", size=1, wishes=kind(["b", "a", "b"]))
    assert household.wishes == ("b", "a", "b")


@pytest.mark.parametrize("bad", ["abc", {"a", "b"}, {"a": 1}, 5, None])
def test_an_ordered_collection_is_no_string_and_nothing_without_order(bad):
    assert faults_of_household(wishes=bad) == [f"household 'h', wishes: {bad!r}; allowed: a list or tuple"]


@pytest.mark.parametrize("kind", [dict, OrderedDict, MappingProxyType])
def test_mappings_are_frozen_copies(kind):
    source = {"school": 2, "kita": 1}
    household = dz.Household(id="h", size=3, needs=kind(source))
    source["kita"] = 3
    assert household.needs == {"kita": 1, "school": 2}
    with pytest.raises(TypeError):
        household.needs["kita"] = 2


@pytest.mark.parametrize("bad", ["kita", ["kita"], [("kita", 1)], 5, None])
def test_a_mapping_is_nothing_else(bad):
    assert faults_of_household(needs=bad) == [f"household 'h', needs: {bad!r}; allowed: a mapping"]


@pytest.mark.parametrize(
    "given",
    [dt.date(2026, 3, 1), "2026-03-01", dt.datetime(2026, 3, 1), pd.Timestamp("2026-03-01")],  # noqa: DTZ001
)
def test_a_date_is_a_date(given):
    arrival = dz.Household(id="h", size=1, arrival=given).arrival
    assert arrival == dt.date(2026, 3, 1)
    assert type(arrival) is dt.date


@pytest.mark.parametrize("bad", ["01.03.2026", "2026-02-30", "", 5, dt.datetime(2026, 3, 1, 12), pd.NaT])  # noqa: DTZ001
def test_what_is_no_day_is_no_date(bad):
    (fault,) = faults_of_household(arrival=bad)
    assert fault.startswith("household 'h', arrival: ")
    assert fault.endswith("; allowed: a date (YYYY-MM-DD)")


def test_a_bad_date_in_json_is_refused_alike():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Household.model_validate_json('{"id": "h", "size": 1, "arrival": "01.03.2026"}')
    assert lines(caught.value) == ["household 'h', arrival: '01.03.2026'; allowed: a date (YYYY-MM-DD)"]


def test_numpy_floats_are_floats():
    assert dz.Anchor(x=np.float64(1.5), y=0).x == 1.5


def test_a_choice_names_its_members():
    assert faults_of_household(sex="w") == ["household 'h', sex: 'w'; allowed: 'f', 'm' or 'x'"]
    assert faults_of_household(seeks_support=1) == ["household 'h', seeks_support: 1; allowed: True or False"]
