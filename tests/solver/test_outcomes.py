"""What a level's outcome says: its gap is relative to its value, and absolute below 1."""

import pytest

import dezentral as dz
from dezentral.solver.search import Reached
from dezentral.solver.solve import _outcome


@pytest.mark.parametrize(
    ("value", "bound", "gap"),
    [(4.0, 3.0, 0.25), (0.5, 0.25, 0.25), (1.5, 0.75, 0.5), (0.0, 0.0, 0.0), (-4.0, -5.0, 0.25), (4.0, None, None)],
)
def test_a_gap_by_hand(value, bound, gap):
    outcome = _outcome((dz.Cost(),), Reached(value, bound, optimal=False, seconds=2.0), final=7.0)
    assert outcome.gap == gap
    assert (outcome.value, outcome.bound, outcome.final, outcome.seconds) == (value, bound, 7.0, 2.0)
    assert outcome.status is dz.Status.FEASIBLE
