"""What is told about small numbers, and what can be worked out from it."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from dezentral.metrics.small_numbers import hidden_changes, is_small, public_spread


def city(*loads: int, population: int = 1000) -> dz.Instance:
    districts = [dz.District(id=f"d{i}", population=population, housed=load) for i, load in enumerate(loads)]
    return dz.Instance(districts=districts, sites=())


def test_five_is_told_and_four_is_not():
    spread = public_spread(city(5, 4), dz.Plan())
    assert spread.few == (False, True)
    assert [row.load for row in spread.rows] == [5, 0]
    assert spread.rate_limit(0) == 5.0  # 1000 · 5 / 1000
    assert spread.rate_limit(1) == 5.0  # below 1000 · 5 / 1000, whatever it is
    assert spread.persons == 5
    assert not spread.exact


def test_without_small_numbers_everything_is_exact():
    instance = city(50, 30)
    spread = public_spread(instance, dz.Plan())
    assert spread.exact
    assert spread.report == dz.evenness(instance, dz.Plan())


def test_few_inhabitants_are_not_told_and_give_no_rate_but_an_empty_area_is_no_secret():
    districts = [dz.District(id=key, population=n, housed=9) for key, n in (("a", 3), ("b", 0), ("c", 100))]
    spread = public_spread(dz.Instance(districts=districts, sites=()), dz.Plan())
    assert spread.few_inhabitants == (True, False, False)
    assert math.isnan(spread.rate_limit(0))
    assert math.isnan(spread.rate_limit(1))
    assert spread.rate_limit(2) == 90.0


def test_a_plan_of_another_instance_is_refused():
    with pytest.raises(dz.PlanError, match="'h'"):
        public_spread(city(5), dz.Plan(unplaced=["h"]))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4)), min_size=1, max_size=6))
def test_plans_that_differ_in_small_numbers_alone_look_the_same(pairs):
    other = [small if is_small(load) else load for load, small in pairs]
    one, two = (public_spread(city(*loads), dz.Plan()) for loads in ([load for load, _ in pairs], other))
    assert (one.report, one.few, one.persons) == (two.report, two.few, two.persons)


def test_a_small_change_that_stands_alone_hides_a_second_one():
    assert hidden_changes([10, -8, -2], [False] * 3) == [False, True, True]
    assert hidden_changes([10, -7, -2, -1], [False] * 4) == [False, False, True, True]
    # 4 and 4 are all that two small changes can add up to: they would be known.
    assert hidden_changes([-20, 12, 4, 4], [False] * 4) == [False, True, True, True]


def test_a_count_told_as_a_limit_hides_another_change():
    assert hidden_changes([10, -10, 30], [True, False, False]) == [False, True, False]


changes_that_cancel_out = st.lists(st.integers(-9, 9), min_size=2, max_size=3).map(lambda some: [*some, -sum(some)])


@settings(max_examples=120)
@given(changes_that_cancel_out)
def test_no_hidden_change_can_be_worked_out_by_who_knows_how_it_is_hidden(changes):
    none = [False] * len(changes)
    hidden = hidden_changes(changes, none)
    places = [i for i, hide in enumerate(hidden) if hide]
    if not places or len(places) > 3:
        return
    possible = []
    for guess in itertools.product(range(-30, 31), repeat=len(places) - 1):
        trial = list(changes)
        for i, value in zip(places, guess, strict=False):
            trial[i] = value
        trial[places[-1]] = 0
        trial[places[-1]] = -sum(trial)  # nobody came, nobody left
        if hidden_changes(trial, none) == hidden:
            possible.append(tuple(trial))
    for i in places:
        assert len({trial[i] for trial in possible}) > 1
