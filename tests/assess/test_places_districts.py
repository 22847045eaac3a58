"""How evenness changes when some persons go from one district to another, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from dezentral.assess.places_districts import change_of_evenness

# Two districts of equal share with 6 and 2 of N = 10 persons: targets 5 and 5; two are nowhere.
LOADS = np.array([6, 2], dtype=np.int64)
SHARES = np.array([0.5, 0.5])


@pytest.mark.parametrize(
    ("measure", "origin", "changes"),
    [
        # chi2 now 1/5 + 9/5 = 2. Two more: (9 + 9)/5 = 3.6 or (1 + 1)/5 = 0.4. Two from the first: (1 + 1)/5.
        ("chi2", None, [1.6, -1.6]),
        ("chi2", 0, [0.0, -1.6]),
        # now half of 2 + 2; two more: loads 8, 2 of 10, half of 3 + 3; or 6, 4, half of 1 + 1; moved: 4, 4
        ("persons_to_move", None, [1.0, -1.0]),
        ("persons_to_move", 0, [0.0, -2.0]),
        # now 6/5; two more: 8/5 or 6/5; moved: 4/5; from the second to the first: 8/5
        ("max_ratio", None, [0.4, 0.0]),
        ("max_ratio", 0, [0.0, -0.4]),
        ("max_ratio", 1, [0.4, 0.0]),
    ],
)
def test_two_persons_go(measure: str, origin: int | None, changes: list[float]) -> None:
    found = change_of_evenness(measure, LOADS, SHARES, 10, size=2, origin=origin)
    assert found.tolist() == pytest.approx(changes)
