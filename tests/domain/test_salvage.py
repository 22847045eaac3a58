"""Whatever is handed in, one error of ours comes out, and it says so once."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from tests.domain.city import content

FULL: dict[str, Any] = content(
    households=[
        {"id": "g", "size": 2, "current_site": "t", "current_unit": "room", "traits": ["x"], "supports": 1},
        {"id": "h", "size": 4, "needs": {"kita": 2}, "anchors": [{"x": 1, "y": 2}], "wishes": ["a"],
         "excluded_sites": ["t"], "arrival": "2026-01-01"},
    ],
    relations=[{"kind": "same_site", "households": ["g", "h"]}],
    distances={"rows": ["s", "t"], "columns": ["k"], "data": [[1], [None]]},
    utilities={"rows": ["h"], "columns": ["t"], "data": [[0.5]]},
    date="2026-01-01",
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.floats() | st.sampled_from(["", "s", "kita", "2026-01-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "x"]), inner, max_size=2),
    max_leaves=4,
)


def paths(data: Any) -> list[tuple[str | int, ...]]:
    """List the way to every value in nested mappings and lists."""
    steps = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [path for key, inner in steps for path in [(key,), *((key, *rest) for rest in paths(inner))]]


PATHS = paths(FULL)


def spoil(data: Any, path: tuple[str | int, ...], value: Any, *, drop: bool) -> None:
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):  # an earlier change has cut this way off
            return
    if not isinstance(data, dict) or path[-1] not in data:
        return
    if drop:
        del data[path[-1]]
    else:
        data[path[-1]] = value


def test_the_city_that_is_spoilt_below_is_sound():
    assert dz.Instance.model_validate_json(json.dumps(FULL)).households[1].wishes == ("a",)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(PATHS), ANYTHING, st.booleans()), min_size=1, max_size=4))
def test_a_spoilt_city_is_read_or_refused_with_faults_that_differ(changes):
    data = copy.deepcopy(FULL)
    for path, value, drop in changes:
        spoil(data, path, value, drop=drop)
    try:
        instance = dz.Instance.model_validate(data)
    except dz.InstanceError as error:
        found = [str(fault) for fault in error.faults]
        assert found
        assert len(set(found)) == len(found)
        assert not any("(refused)" in fault for fault in found)
    else:
        assert dz.Instance.model_validate_json(instance.model_dump_json()) == instance


# Who loses an id leaves references to it dangling: those are faults of their own.
NAMELESS = {"districts", "sites", "units", "households", "services"}
KEEPING_IDS = [path for path in PATHS if path[-1] != "id" and not (path[-2:-1] and path[-2] in NAMELESS)]


@pytest.mark.parametrize("path", KEEPING_IDS, ids=str)
def test_one_bad_value_is_one_fault(path):
    """No other record is blamed for a value that is refused where it stands."""
    data = copy.deepcopy(FULL)
    parent: Any = data
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = 3.25j  # no field takes a complex number
    with pytest.raises(dz.InstanceError) as caught:
        dz.Instance.model_validate(data)
    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].value == 3.25j


def test_the_positions_of_the_other_entries_stay():
    data = copy.deepcopy(FULL)
    data["distances"] = {"rows": ["s", 5, "q"], "columns": ["k"], "data": [[1], ["x"], [-1]]}
    with pytest.raises(dz.InstanceError) as caught:
        dz.Instance.model_validate(data)
    assert [str(fault) for fault in caught.value.faults] == [
        "instance, distances.rows[1]: 5; allowed: a string",
        "instance, distances.data[1][0]: 'x'; allowed: a number",
        "distances, rows: 'q'; allowed: the id of a site of the instance",
        "distances, data[q, k]: -1; allowed: metres, 0 or more",
    ]
