"""A key that stands twice in one object of JSON is a fault: of its two values one would be lost without a word."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.domain.repeated import repeated_keys
from tests.domain.city import lines


def test_what_is_said_twice_is_named_by_its_record():
    with pytest.raises(dz.InstanceError) as caught:
        dz.Instance.model_validate_json(
            '{"districts": [{"id": "a", "population": 1, "population": 2, "support": {"uk": 1, "uk": 5, "uk": 5}}],'
            ' "sites": [], "households": [{"id": "h", "size": 1, "anchors": [{"x": 1, "y": 2, "y": 3}]}]}'
        )
    assert lines(caught.value) == [
        "district 'a', population: 2; allowed: each key once (it stands 2 times)",
        "district 'a', support.uk: 5; allowed: each key once (it stands 3 times)",
        "household 'h', anchors[0].y: 3; allowed: each key once (it stands 2 times)",
    ]


def test_it_is_named_together_with_what_else_is_wrong():
    with pytest.raises(dz.PolicyError) as caught:
        dz.Policy.model_validate_json('{"rules": {"max_moves": 1, "max_moves": -1}, "rule": 1}')
    assert lines(caught.value) == [
        "policy, rules.max_moves: -1; allowed: 0 or more",
        "policy, rule: 1; allowed: no such field",
        "policy, rules.max_moves: -1; allowed: each key once (it stands 2 times)",
    ]


@pytest.mark.parametrize("kind", [dz.SolveParams, dz.Plan, dz.Policy, dz.Result])
def test_every_record_refuses_it_with_its_own_error(kind):
    name = next(iter(kind.model_fields))
    with pytest.raises(kind.error, match=rf"{name}: .*each key once \(it stands 2 times\)"):
        kind.model_validate_json(f'{{"{name}": 1, "{name}": 1}}')


def test_an_object_that_is_lost_itself_lends_its_place_to_no_other():
    # The objects of the first "a" are freed while parsing; those that come later may lie where they lay.
    lost = ", ".join('{"k": 1, "k": 2}' for _ in range(100))
    later = ", ".join('{"k": 1}' for _ in range(100))
    data, repeats = repeated_keys(f'{{"a": [{lost}], "a": [{later}]}}')
    assert data == {"a": [{"k": 1}] * 100}
    assert repeats == [(("a",), [{"k": 1}] * 100, 2)]


@pytest.mark.parametrize("unreadable", ["", "{", '{"a": 1} b', b"\xff", 5, "[" * 10**5])
def test_what_is_no_json_is_left_to_the_parser_of_records(unreadable):
    assert repeated_keys(unreadable) == (None, [])
    with pytest.raises(dz.PolicyError):
        dz.Policy.model_validate_json(unreadable)
