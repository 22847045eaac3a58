from __future__ import annotations

import pytest

import dezentral as dz
from tests.domain.city import lines


def test_defaults():
    assert dz.Service(id="k", kind="kita").model_dump() == {
        "id": "k", "kind": "kita", "x": None, "y": None, "capacity": None, "reach": None, "name": "",
    }  # fmt: skip


def test_what_is_refused():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Service(id="k", kind="", capacity=-1, reach=-0.5, x=1.0)
    assert lines(caught.value) == [
        "service 'k', kind: ''; allowed: text that is not empty",
        "service 'k', capacity: -1; allowed: 0 or more",
        "service 'k', reach: -0.5; allowed: 0 or more",
        "service 'k', y: None; allowed: a coordinate: x is given, and they stand together or not at all",
    ]


def test_no_seats_and_no_reach_are_allowed():
    service = dz.Service(id="k", kind="kita", capacity=0, reach=0)
    assert (service.capacity, service.reach) == (0, 0.0)
