from __future__ import annotations

import pytest

import dezentral as dz
from tests.domain.city import lines


def test_defaults():
    assert dz.Rules().model_dump() == {
        "max_site_persons": None, "min_area_per_person_m2": None, "max_units_per_household": 1,
        "max_single_share": None, "max_distance": {}, "service_capacity": False, "operator_capacity": {},
        "max_moves": None, "min_stay_days": 0,
    }  # fmt: skip


def test_limits_of_zero_are_limits():
    rules = dz.Rules(max_site_persons=0, max_single_share=0, max_distance={"kita": 0}, max_moves=0)
    assert (rules.max_site_persons, rules.max_single_share, rules.max_moves) == (0, 0.0, 0)
    assert rules.max_distance == {"kita": 0.0}


def test_what_is_refused():
    with pytest.raises(dz.PolicyError) as caught:
        dz.Rules(
            max_site_persons=-1, min_area_per_person_m2=0, max_units_per_household=0, max_single_share=1.1,
            max_distance={"kita": -1}, service_capacity=1, operator_capacity={"o": 1.5}, max_moves=-1, min_stay_days=-1,
        )  # fmt: skip
    assert lines(caught.value) == [
        "rules, max_site_persons: -1; allowed: 0 or more",
        "rules, min_area_per_person_m2: 0; allowed: more than 0",
        "rules, max_units_per_household: 0; allowed: 1 or more",
        "rules, max_single_share: 1.1; allowed: at most 1",
        "rules, max_distance.kita: -1; allowed: 0 or more",
        "rules, service_capacity: 1; allowed: True or False",
        "rules, operator_capacity.o: 1.5; allowed: a whole number",
        "rules, max_moves: -1; allowed: 0 or more",
        "rules, min_stay_days: -1; allowed: 0 or more",
    ]
