"""frontier: one level relaxed, what those after it gain."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dezentral as dz
from tests.checks.small import city, household, site
from tests.strategies import problems

EXACT = dz.SolveParams(gap=0.0)
MOVES = dz.Evenness(measure="persons_to_move")


def _town() -> dz.Instance:
    """Four couples; everyone in a costs 1 a person, in b 3, in c 5."""
    flats = [dz.Unit(id="flat", beds=2, count=4)]
    sites = [site("s", "a", flats, cost=1.0), site("t", "b", flats, cost=3.0)]
    districts = [dz.District(id=key, population=1000) for key in "ab"]
    return city(sites, [household(f"h{i}", 2) for i in range(4)], districts=districts)


POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(MOVES, abs_slack=3.0), dz.Level(dz.Cost())])


@pytest.mark.parametrize("level", [2, np.int64(2), "evenness", "Evenness", dz.Evenness, MOVES])
def test_the_trade_off_of_evenness_against_cost(level):
    frame = dz.frontier(_town(), POLICY, level, steps=5)
    # even: 4 + 4 persons cost 4·1 + 4·3 = 16; all in a: 8, and 4 have to move; a couple in b costs 4 more than in a.
    # Slack 1 and 3 allow no couple more than 0 and 2 do.
    assert frame["slack"].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert frame["limit"].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert frame["value_2"].tolist() == [0.0, 0.0, 2.0, 2.0, 4.0]
    assert frame["value_3"].tolist() == [16.0, 16.0, 12.0, 12.0, 8.0]
    assert frame["bound_3"].tolist() == [16.0, 16.0, 12.0, 12.0, 8.0]
    assert set(frame["status"]) == {"OPTIMAL"}


def test_levels_of_persons_are_relaxed_by_whole_persons():
    # Leaving people unplaced saves cost: everyone unplaced costs 0. 8 persons unplaced at most, in 3 steps after 0.
    policy = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Cost())])
    frame = dz.frontier(_town(), policy, 1, steps=4)
    assert frame["slack"].tolist() == [0.0, 3.0, 5.0, 8.0]
    assert frame["value_2"].tolist() == [8.0, 6.0, 4.0, 0.0]  # couples only: 0, 2, 4, 8 persons unplaced


def test_a_level_that_binds_nothing_has_one_row():
    assert len(dz.frontier(_town(), POLICY, 3)) == 1  # nothing comes after it
    assert len(dz.frontier(_town(), POLICY, 2, steps=1)) == 1
    policy = dz.Policy(levels=[dz.Level(dz.Cost()), dz.Level(dz.Seats())])
    assert len(dz.frontier(_town(), policy, 1)) == 1


def test_an_empty_city_has_one_row():
    frame = dz.frontier(dz.Instance(districts=(), sites=()), dz.Policy.default(), "evenness")
    assert frame.loc[:, "value_1":"value_6"].to_numpy().tolist() == [[0.0] * 6]


def test_where_there_is_no_plan_the_status_says_so():
    town = city([site("s", units=())], [household("h", fixed_site="s")])
    frame = dz.frontier(town, POLICY, 2)
    assert frame["status"].tolist() == ["INFEASIBLE"]
    assert math.isnan(frame.loc[0, "value_1"])
    assert frame.loc[0, "digest"] is None


@pytest.mark.parametrize("level", [0, 4, -1, True, 1.0, None, "beauty", dz.Fit, dz.Cost(weight=2.0)])
def test_a_level_that_is_none_is_refused(level):
    with pytest.raises(dz.PolicyError, match=r"2 \(evenness\)"):
        dz.frontier(_town(), POLICY, level)


def test_a_goal_of_several_levels_is_refused():
    policy = dz.Policy(levels=[dz.Level(dz.Cost()), dz.Level(dz.Cost(), dz.Fit())])
    with pytest.raises(dz.PolicyError):
        dz.frontier(_town(), policy, "cost")


@pytest.mark.parametrize("steps", [0, -1, 2.0, True, None])
def test_steps_that_are_none_are_refused(steps):
    with pytest.raises(dz.PolicyError):
        dz.frontier(_town(), POLICY, 2, steps=steps)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(3_000), st.data())
def test_the_levels_after_it_never_worsen(problem, data):
    instance, policy = problem
    n = len(policy.levels)
    level = data.draw(st.integers(1, n))
    frame = dz.frontier(instance, policy, level, steps=4, params=EXACT)
    result = dz.solve(instance, policy, EXACT)
    if result.plan is None:
        assert frame["status"].tolist() == ["INFEASIBLE"]
        return
    values = frame[[f"value_{i}" for i in range(1, n + 1)]].to_numpy()
    assert values[0, level - 1] <= result.levels[level - 1].value + 1e-6 * max(1, abs(values[0, level - 1]))
    for before, after in pairwise(values):
        assert tuple(after[level:]) <= tuple(before[level:] + 1e-9 * abs(before[level:]))
    limit = frame["limit"].to_numpy()
    assert (values[:, level - 1] <= limit + 1e-6 * abs(limit).clip(1)).all()
    assert frame["slack"].is_monotonic_increasing
