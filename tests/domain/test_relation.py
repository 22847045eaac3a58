from __future__ import annotations

import pytest

import dezentral as dz
from tests.domain.city import lines


def test_a_relation_binds_two_or_more():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Relation(kind="near", households=["h"])
    assert lines(caught.value) == [
        "relation, kind: 'near'; allowed: 'same_site', 'same_district', 'different_site' or 'different_district'",
        "relation, households: ['h']; allowed: at least 2 of them",
    ]


def test_a_set_will_do_and_is_put_in_order():
    assert dz.Relation(kind="same_site", households={"c", "a", "b"}).households == ("a", "b", "c")


def test_a_list_keeps_its_order():
    assert dz.Relation(kind="same_site", households=["c", "a"]).households == ("c", "a")


def test_a_string_is_no_collection():
    with pytest.raises(dz.InstanceError, match="a list or tuple"):
        dz.Relation(kind="same_site", households="ab")
