"""A small sound city that the tests of the records change."""

from __future__ import annotations

from typing import Any

import pytest

import dezentral as dz


def content(**changes: Any) -> dict[str, Any]:
    """Return the fields of a sound city as plain data, as JSON would hold them."""
    return {
        "districts": [{"id": "a", "population": 3000}, {"id": "b", "population": 1000}],
        "sites": [
            {"id": "s", "district": "a", "units": [{"id": "flat", "beds": 4, "count": 2}], "x": 0.0, "y": 0.0},
            {"id": "t", "district": "b", "units": [{"id": "room", "beds": 2}], "x": 300.0, "y": 400.0},
        ],
        "households": [{"id": "g", "size": 2}, {"id": "h", "size": 4, "needs": {"kita": 2}}],
        "services": [{"id": "k", "kind": "kita", "x": 0.0, "y": 100.0}],
        **changes,
    }


def city(**changes: Any) -> dz.Instance:
    return dz.Instance.model_validate(content(**changes))


def plan(**changes: Any) -> dz.Plan:
    """Return a plan of the city: h in the flat, g unplaced."""
    placements = [dz.Placement(household="h", site="s", unit="flat")]
    return dz.Plan(**{"placements": placements, "unplaced": ["g"], **changes})


def lines(error: dz.DezentralError) -> list[str]:
    """Return the faults of an error as its message shows them."""
    return [str(fault) for fault in error.faults]


def refusal(**changes: Any) -> list[str]:
    """Return the faults for which the changed city is refused; from JSON-like data."""
    with pytest.raises(dz.InstanceError) as caught:
        city(**changes)
    return lines(caught.value)
