"""district_share: target share 0."""

import pytest

import dezentral as dz

from .small import broken, city, household, site

SITES = [site("s", "a"), site("t", "a"), site("r", "b")]


@pytest.mark.parametrize(
    ("no_share", "some"),
    [
        ({"population": 0}, {"population": 5}),
        ({"population": 9, "target_weight": 0.0}, {"population": 5, "target_weight": 0.1}),
    ],
)
def test_a_district_without_a_share_takes_nobody_new(no_share, some):
    people = [household("g", current_site="s"), household("h", current_site="r")]
    instance = city(SITES, people, districts=[dz.District(id="a", **no_share), dz.District(id="b", **some)])
    assert broken(instance, h="r") == []
    assert broken(instance, h="s") == ["district_share"]
    assert broken(instance, g="s") == []  # who lives there may stay
    assert broken(instance, g="t") == []  # and may move within the district


def test_a_cap_of_its_own_opens_it():
    districts = [dz.District(id="a", population=0, max_persons=1), dz.District(id="b", population=5)]
    instance = city(SITES, [household("g"), household("h", 2)], districts=districts)
    assert broken(instance, g="s") == []
    assert broken(instance, h="s") == ["district_cap"]
    assert broken(instance, g="r", h="r") == []


def test_weight_counts_not_population():
    districts = [
        dz.District(id="a", population=0, target_weight=1.0),
        dz.District(id="b", population=5, target_weight=0.0),
    ]
    instance = city(SITES, [household("h")], districts=districts)
    assert broken(instance, h="s") == []
    assert broken(instance, h="r") == ["district_share"]
