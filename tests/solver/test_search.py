"""What a search keeps of what it finds, and what it tells."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import dezentral as dz
from dezentral.solver.openings import Openings
from dezentral.solver.progress import reporting
from dezentral.solver.search import Reached, Search
from dezentral.solver.task import Found
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, plan_for, site

from .solving import EXACT, policy_of, solved

CITY = city([site(cost=1.0), site("t", "b", cost=3.0)], [household("g"), household("h")])
POLICY = policy_of(dz.Placed(), dz.Cost())
CHEAP, DEAR, ONE_LEFT = np.array([0, 0]), np.array([1, 1]), np.array([-1, 0])


@contextmanager
def at_the_last_level():
    """Search for the cheapest plan, after it turned out that everybody can be placed."""
    with reporting(POLICY, None, Watch(60.0), bar=False) as reporter:
        search = Search(CITY, POLICY, EXACT, {}, reporter)
        search.reached.append(Reached(0.0, 0.0, optimal=True, seconds=0.0))
        search.assignment = DEAR
        yield search, search._task(1, POLICY.levels[1], search._stage(1, search.compiled(2)), 6.0)


def test_the_best_plan_is_kept_in_whatever_order_plans_are_found():
    for found in ([CHEAP, DEAR], [DEAR, CHEAP], [ONE_LEFT, CHEAP], [CHEAP, ONE_LEFT]):
        with at_the_last_level() as (search, task):
            kept = search._with_best(task, Found(tuple(found), -np.inf))
        assert (kept.value, search.assignment.tolist(), kept.assignment.tolist()) == (2.0, [0, 0], [0, 0])


def test_a_plan_beyond_the_limit_of_an_earlier_level_is_refused():
    with at_the_last_level() as (_, task):
        assert task.evaluate(CHEAP) == 2.0
        assert task.evaluate(ONE_LEFT) is None  # cheaper, and not everybody is placed


def test_a_plan_without_seats_for_all_whom_it_places_is_refused_where_there_must_be():
    # Both sites have a school with one seat that reaches it alone; both families have a pupil.
    school = {"kind": "school", "y": 5e6, "capacity": 1, "reach": 10.0}
    schools = [dz.Service(id="p", x=0.0, **school), dz.Service(id="q", x=9e3, **school)]
    sites = [site(x=0.0, y=5e6, cost=1.0), site("t", "b", x=9e3, y=5e6, cost=3.0)]
    town = city(sites, [household(key, needs={"school": 1}) for key in "gh"], services=schools)
    apart, together = np.array([0, 1]), np.array([0, 0])
    for must, values in ((True, [4.0, None]), (False, [4.0, 2.0])):
        policy = policy_of(dz.Cost(), service_capacity=must)
        with reporting(policy, None, Watch(60.0), bar=False) as reporter:
            search = Search(town, policy, EXACT, {}, reporter)
            task = search._task(0, policy.levels[0], search._stage(0, search.compiled(1)), 9.0)
            assert [task.evaluate(plan) for plan in (apart, together)] == values


def test_a_plan_that_breaks_a_rule_is_not_given_out(monkeypatch):
    narrow = city([site(max_persons=1), site("t", "b")], CITY.households)
    assert dz.solve(narrow, POLICY, EXACT).status is dz.Status.OPTIMAL
    monkeypatch.setattr(Search, "plan", lambda _: plan_for(narrow, g="s", h="s"))
    with pytest.raises(RuntimeError, match="breaks a rule"):
        dz.solve(narrow, POLICY, EXACT)


def test_levels_take_no_longer_than_all_of_them():
    result = solved(CITY, dz.Placed(), dz.Evenness(), dz.Cost())
    assert sum(level.seconds for level in result.levels) <= result.seconds


def test_bounds_are_told_where_there_are_any():
    told = []
    gains = policy_of(dz.Placed(), dz.Utility())
    dz.solve(CITY, gains, EXACT, on_progress=lambda progress: told.append((progress.level, progress.bound)))
    assert (0, 0.0) in told
    assert all(bound is None or np.isfinite(bound) for _, bound in told)


@pytest.mark.parametrize(
    ("goals", "cost", "least"),
    [
        ((dz.Placed(), dz.Stability()), -1.0, 0.0),
        ((dz.Placed(), dz.Cost()), 0.0, 0.0),
        ((dz.Placed(), dz.Cost()), 0.5, 0.0),
        ((dz.Placed(), dz.Cost()), -0.5, -np.inf),
        ((dz.Placed(), dz.Utility()), 1.0, -np.inf),
    ],
)
def test_only_what_is_never_negative_cannot_fall_below_zero(goals, cost, least):
    policy = dz.Policy(levels=[dz.Level(*goals)])
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        search = Search(city([site(cost=2.0), site("t", cost=cost)], []), policy, EXACT, {}, reporter)
        assert search._naturally_least(policy.levels[0]) == least


@pytest.mark.parametrize("openings", [None, Openings(CITY, {})])
def test_what_is_too_dear_is_given_up_unless_sites_are_yet_to_be_chosen(openings):
    # What prices prove of one choice of sites does not hold for another.
    with at_the_last_level() as (search, _):
        dear, asked = np.array([[False, True]]), []
        search.openings = openings
        search._prices = SimpleNamespace(beyond=lambda limit: asked.append(limit) or dear)
        search._give_up_what_is_too_dear(0)
        allowed = search._stage(1, search.compiled(2)).program.allowed.tolist()
    assert asked == ([1e-7] if openings is None else [])
    assert allowed == ([[True, False]] if openings is None else [[True, True]])


@pytest.fixture
def told_apart():
    """Search where 26 households at 4 sites are 104 placements to the last level, and 4 to the one before."""
    sites, people = [site(key) for key in "pqrs"], [household(f"h{i}") for i in range(26)]
    useful = pd.DataFrame({"p": np.arange(26.0)}, index=[person.id for person in people])
    town, policy = city(sites, people).with_utilities(useful), policy_of(dz.Placed(), dz.Utility())
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        search = Search(town, policy, EXACT, {}, reporter)
        search.reached.append(Reached(0.0, 0.0, optimal=True, seconds=0.0))
        yield search


def test_a_level_over_fewer_types_is_built_as_the_level_is(told_apart):
    fine = told_apart._stage(1, told_apart.compiled(2))
    coarse = told_apart._task(1, told_apart.policy.levels[1], fine, 0.0).coarser()
    assert (len(fine.program.counts), len(coarse.program.counts)) == (26, 1)
    assert fine.program.lazy
    assert coarse.program.lazy


def test_what_households_were_before_is_known_where_a_level_tells_more_of_them_apart(told_apart):
    assert told_apart._shapes(0) is None
    assert told_apart._shapes(1).tolist() == [0] * 26


def test_what_is_given_up_is_noted_by_the_types_of_its_level(told_apart):
    told_apart.reached.append(Reached(-300.0, -300.0, optimal=True, seconds=0.0))
    told_apart._prices = SimpleNamespace(beyond=lambda _: np.eye(26, 4, dtype=np.bool_))
    told_apart._give_up_what_is_too_dear(1)
    [(types, dear)] = told_apart._hopeless
    assert (len(types), dear.shape) == (26, (26, 4))


def test_few_households_whom_only_the_last_level_tells_apart():
    """65 persons in need of schools: so few kinds of them on the levels before that these have less than 100 places."""
    town = dz.datasets.stuttgart(60, seed=1)
    crowd = dz.scenarios.build(town, dz.Policy.default(), {"more": dz.scenarios.influx(5)})["more"]
    result = dz.solve(crowd.instance, crowd.policy)
    assert result.status is dz.Status.OPTIMAL
    assert dz.check(crowd.instance, crowd.policy, result.plan) == ()
