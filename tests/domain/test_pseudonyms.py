from __future__ import annotations

import datetime as dt
import hashlib
import hmac

import pytest

import dezentral as dz
from tests.domain.city import city

CITY = city(
    households=[
        {"id": "g", "size": 2, "arrival": "2026-03-31", "current_site": "s"},
        {"id": "h", "size": 1, "needs": {"kita": 1}},
    ],
    relations=[{"kind": "same_site", "households": ["h", "g"]}],
    distances={"rows": ["s"], "columns": ["k"], "data": [[7]]},
    utilities={"rows": ["h", "g"], "columns": ["s"], "data": [[1], [None]]},
)


def test_ids_are_keyed_by_the_secret():
    hidden, mapping = CITY.pseudonymise("salt")
    expected = "h" + hmac.new(b"salt", b"g", hashlib.sha256).hexdigest()[:16]
    assert mapping["g"] == expected
    assert set(mapping) == {"g", "h"}
    assert [household.id for household in hidden.households] == [mapping["g"], mapping["h"]]


def test_the_same_secret_gives_the_same_ids_and_another_gives_others():
    assert CITY.pseudonymise("salt")[1] == CITY.pseudonymise(b"salt")[1]
    assert not set(CITY.pseudonymise("salt")[1].values()) & set(CITY.pseudonymise("pepper")[1].values())


def test_arrival_is_cut_to_the_month():
    arrivals = [household.arrival for household in CITY.pseudonymise("salt")[0].households]
    assert arrivals == [dt.date(2026, 3, 1), None]


def test_relations_and_utilities_follow():
    hidden, mapping = CITY.pseudonymise("salt")
    assert hidden.relations == (dz.Relation(kind="same_site", households=(mapping["h"], mapping["g"])),)
    assert hidden.utilities == dz.Table(rows=(mapping["h"], mapping["g"]), columns=("s",), data=((1.0,), (None,)))


def test_places_and_everything_else_stay():
    hidden, _ = CITY.pseudonymise("salt")
    for field in ("districts", "sites", "services", "distances", "crs", "date", "detour", "name"):
        assert getattr(hidden, field) == getattr(CITY, field)
    assert [(household.size, household.current_site) for household in hidden.households] == [(2, "s"), (1, None)]


def test_no_old_id_is_left_in_the_json():
    secretive = city(households=[{"id": "Familie Ö", "size": 1}], relations=[])
    assert "Familie" not in secretive.pseudonymise("salt")[0].model_dump_json()


@pytest.mark.parametrize("secret", ["", b"", None, 5])
def test_a_secret_is_needed_and_never_shown(secret):
    with pytest.raises(dz.InstanceError) as caught:
        CITY.pseudonymise(secret)
    assert [(fault.field, fault.value) for fault in caught.value.faults] == [("secret", "(hidden)")]


def test_ids_that_collide_are_refused(monkeypatch):
    monkeypatch.setattr("dezentral.domain.pseudonyms._DIGITS", 0)
    with pytest.raises(dz.InstanceError, match="another secret: two ids collide"):
        CITY.pseudonymise("salt")
