"""When a level counts as proven: never without a bound, never with one that its own plan refutes."""

import math

import pytest

import dezentral as dz
from dezentral.solver.progress import reporting
from dezentral.solver.search import Reached, Search
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site

COST, COUNT = dz.Level(dz.Cost()), dz.Level(dz.Placed(weight=2.0))
PEERS = dz.Level(dz.PeerSupport())


def judged(level, value, bound, gap=0.25):
    policy, watch = dz.Policy(levels=[level]), Watch(60.0)
    with reporting(policy, None, watch, bar=False) as reporter:
        search = Search(city([site()], [household("h")]), policy, dz.SolveParams(gap=gap), {}, reporter)
        return search._judged(level, value, bound, 3.0)


@pytest.mark.parametrize(
    ("level", "value", "bound", "proven", "optimal"),
    [
        (COST, 4.0, -math.inf, None, False),
        (COST, 4.0, math.nan, None, False),
        (COST, 4.0, 4.1, None, False),  # refuted
        (COST, 0.5, 0.50015, None, False),
        (COST, 0.0, 0.00009, 0.0, True),  # by no more than what a solver's floats may add
        (COST, 4.0, 4.0003, 4.0, True),
        (COST, 4.0, 3.0, 3.0, True),  # a gap just as asked for
        (COST, 4.0, 2.9, 2.9, False),
        (COST, 0.5, 0.25, 0.25, True),  # below 1, gaps are absolute
        (COST, 0.5, 0.2, 0.2, False),
        (COST, 4.0, 4.0 - 1e-12, 4.0, True),
        (COUNT, 4.0, 2.1, 4.0, True),  # what comes in twos is 4 or less than 2.1
        (COUNT, 80.0, 77.9, 78.0, False),  # within the gap, but a whole step away
        (PEERS, 13.0, 12.1, 13.0, True),  # whole persons
        (PEERS, 80.0, 77.9, 78.0, True),  # near enough where nothing but the gap is asked for
    ],
)
def test_a_level_is_judged_by_hand(level, value, bound, proven, optimal):
    assert judged(level, value, bound) == Reached(value, proven, optimal=optimal, seconds=3.0)
