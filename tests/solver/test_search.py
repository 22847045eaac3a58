"""What a search keeps of what it finds, and what it tells."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest

import dezentral as dz
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


def test_a_level_over_fewer_types_is_built_as_the_level_is():
    """26 households at 4 sites are 104 placements where utilities tell them apart, and 4 where nothing does."""
    sites, people = [site(key) for key in "pqrs"], [household(f"h{i}") for i in range(26)]
    told_apart = pd.DataFrame({"p": np.arange(26.0)}, index=[person.id for person in people])
    town, policy = city(sites, people).with_utilities(told_apart), policy_of(dz.Placed(), dz.Utility())
    with reporting(policy, None, Watch(60.0), bar=False) as reporter:
        search = Search(town, policy, EXACT, {}, reporter)
        search.reached.append(Reached(0.0, 0.0, optimal=True, seconds=0.0))
        fine = search._stage(1, search.compiled(2))
        coarse = search._task(1, policy.levels[1], fine, 0.0).coarser()
    assert (len(fine.program.counts), len(coarse.program.counts)) == (26, 1)
    assert fine.program.lazy
    assert coarse.program.lazy


def test_few_households_whom_only_the_last_level_tells_apart():
    """65 persons in need of schools: so few kinds of them on the levels before that these have less than 100 places."""
    town = dz.datasets.stuttgart(60, seed=1)
    crowd = dz.scenarios.build(town, dz.Policy.default(), {"more": dz.scenarios.influx(5)})["more"]
    result = dz.solve(crowd.instance, crowd.policy)
    assert result.status is dz.Status.OPTIMAL
    assert dz.check(crowd.instance, crowd.policy, result.plan) == ()
