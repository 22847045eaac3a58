from __future__ import annotations

import hashlib
import math
import os
import subprocess
import sys

import numpy as np
import pytest

from dezentral.datasets import stuttgart, stuttgart_districts
from dezentral.errors import InstanceError


def test_the_districts_are_the_real_ones(city):
    facts = stuttgart_districts()
    assert [district.id for district in city.districts] == facts["district"].tolist()
    assert [district.name for district in city.districts] == facts["name"].tolist()
    assert [district.population for district in city.districts] == facts["population"].tolist()
    assert city.crs == "EPSG:25832"


def test_everything_invented_says_so(city):
    assert city.name == "Stuttgart (synthetic stock, seed 0)"
    assert all(record.name.endswith("(synthetic)") for record in (*city.sites, *city.services))


def test_the_same_seed_makes_the_same_city_and_another_seed_another():
    city = stuttgart(persons=300, seed=5, anchors=True, occupied=0.5)
    assert stuttgart(persons=300, seed=5, anchors=True, occupied=0.5) == city
    assert stuttgart(persons=300, seed=6, anchors=True, occupied=0.5) != city


def test_the_city_does_not_depend_on_the_order_of_sets():
    code = (
        "from dezentral.datasets import stuttgart\n"
        "print(stuttgart(400, seed=3, anchors=True, occupied=0.7).model_dump_json())"
    )
    digests = set()
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}
        output = subprocess.run(  # noqa: S603  our own code, no input from outside
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True, timeout=60,
        ).stdout
        assert b'"households"' in output
        digests.add(hashlib.sha256(output).hexdigest())
    assert len(digests) == 1


def test_anchors_and_a_present_change_nothing_else():
    plain = stuttgart(persons=300, seed=5)
    rich = stuttgart(persons=300, seed=5, anchors=True, occupied=0.5)
    bare = [
        household.model_copy(update={"anchors": (), "current_site": None, "current_unit": None})
        for household in rich.households
    ]
    assert rich.replace(households=bare) == plain


def test_with_anchors_every_household_has_one_or_two_and_nearly_every_one_is_unique():
    households = stuttgart(persons=2_000, anchors=True).households
    assert {len(household.anchors) for household in households} == {1, 2}
    assert len({household.anchors for household in households}) > 0.99 * len(households)


@pytest.mark.parametrize("persons", [0, 1, 2, 3, 10, 100, 1_300])
def test_the_persons_add_up_whatever_their_number(persons):
    city = stuttgart(persons=persons, occupied=0.5, anchors=True)
    assert sum(household.size for household in city.households) == persons
    assert len(city.districts) == 23
    assert bool(city.sites) == (persons > 0)


def test_whole_numbers_of_numpy_will_do():
    assert stuttgart(persons=np.int64(20), seed=np.int32(1), occupied=np.float64(0.5)) == stuttgart(20, 1, occupied=0.5)


def test_every_bad_argument_is_named_at_once():
    with pytest.raises(InstanceError) as caught:
        stuttgart(persons=-1, seed=1.5, anchors="yes", occupied=math.nan)
    assert [fault.field for fault in caught.value.faults] == ["persons", "seed", "anchors", "occupied"]


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("persons", True),
        ("persons", 10.0),
        ("persons", "10"),
        ("persons", None),
        ("persons", 1_000_001),
        ("seed", -1),
        ("seed", None),
        ("anchors", 1),
        ("occupied", 1.01),
        ("occupied", -0.1),
        ("occupied", True),
        ("occupied", None),
    ],
)
def test_a_bad_argument_is_refused(argument, value):
    with pytest.raises(InstanceError) as caught:
        stuttgart(**{"persons": 10, argument: value})
    (fault,) = caught.value.faults
    assert (fault.field, fault.value) == (argument, value)
