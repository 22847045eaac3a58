"""Households that are nearly like those known."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

import dezentral as dz
from dezentral.strategy.simulation.siblings import Kin


def family(size: int, pupils: int = 0, **more: object) -> dz.Household:
    return dz.Household(id=f"f{size}.{pupils}", size=size, needs={"school": pupils} if pupils else {}, **more)


def drawn(people: list[dz.Household], largest: int = 9, number: int = 400) -> list[dz.Household]:
    kin, rng = Kin(people, largest), np.random.default_rng(0)
    return [kin.draw(rng) for _ in range(number)]


def test_one_member_more_or_less_comes_with_its_needs():
    # All four members but one are pupils: so is every further one, and every one who is missing.
    seen = {(one.size, one.needs["school"]) for one in drawn([family(4, 3)])}
    assert seen == {(4, 3), (5, 4), (3, 2)}


def test_who_needs_nothing_gets_no_needs_and_nobody_vanishes():
    seen = {(one.size, len(one.needs)) for one in drawn([family(1), family(2)])}
    assert seen == {(1, 0), (2, 0), (3, 0)}


def test_a_need_is_dropped_with_its_last_member():
    # A pair with a pupil and no single person known: one less is the other one.
    assert {(one.size, dict(one.needs) == {}) for one in drawn([family(2, 1)])} == {(2, False), (1, True), (3, False)}


def test_one_less_than_a_pair_is_a_single_person_who_is_known():
    single = family(1, sex="f", traits={"student"})
    assert all(one == single for one in drawn([single, family(2, 1)]) if one.size == 1)


@pytest.mark.parametrize("largest", [2, 4])
def test_none_is_larger_than_a_unit_or_than_the_largest_known(largest):
    assert max(one.size for one in drawn([family(1), family(3)], largest)) == max(3, largest)


def test_the_more_are_known_the_fewer_are_strange():
    # 32 known: half of those drawn are siblings; 3200 known: 1 %. Sizes are even, so that siblings are told by theirs.
    strange = [sum(one.size % 2 for one in drawn([family(4)] * known)) / 400 for known in (32, 3200)]
    assert strange == pytest.approx([0.5, 0.01], abs=0.08)
    assert strange[1] < 0.05


def test_the_same_generator_draws_the_same():
    people = [family(size, size - 1) for size in range(1, 7)]
    assert drawn(people) == drawn(people)
    assert len(Counter(one.size for one in drawn(people))) > 5
