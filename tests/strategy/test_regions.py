"""solve_regions: what it refuses, what it returns, and that no executor changes it."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest
from benchmarks.instances.country import country, regions_of

import dezentral as dz
from dezentral.strategy.regions_tier_two import Deadline, Slice
from tests.checks.small import city, household, site
from tests.solver.lively import POLICY, lively_city
from tests.solver.solving import policy_of

LAND = country(300, 16, 8, 4, seed=1)
REGIONS = regions_of(LAND)
FIRST_LEVELS = policy_of(dz.KeepHoused(), dz.Placed(), dz.Stability(), dz.Evenness())


class Backwards(Executor):
    """Runs what was submitted only when its result is asked for."""

    def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.result = lambda *_: work(*arguments, **named)  # type: ignore[method-assign]
        return future


def test_every_fault_of_the_regions_is_named() -> None:
    two = city([site("s", "a")], [household("h")])
    with pytest.raises(dz.InstanceError) as caught:
        dz.solve_regions(two, {"a": "north", "b": 3, "x": "south"}, dz.Policy.default())  # type: ignore[dict-item]
    assert [(fault.record, fault.value) for fault in caught.value.faults] == [
        ("district 'c'", "(missing)"),
        ("district 'b'", 3),
        ("solve_regions", "x"),
    ]
    with pytest.raises(dz.InstanceError, match="a mapping from every district"):
        dz.solve_regions(two, ["a"], dz.Policy.default())  # type: ignore[arg-type]


def test_an_executor_must_be_one() -> None:
    with pytest.raises(dz.PolicyError, match="executor"):
        dz.solve_regions(LAND, REGIONS, dz.Policy.default(), executor=2)  # type: ignore[arg-type]


def test_same_plan_whatever_the_executor() -> None:
    here = dz.solve_regions(LAND, REGIONS, FIRST_LEVELS)
    with ThreadPoolExecutor(max_workers=3) as threads:
        there = dz.solve_regions(LAND, REGIONS, FIRST_LEVELS, executor=threads)
    backwards = dz.solve_regions(LAND, REGIONS, FIRST_LEVELS, executor=Backwards())
    shuffled = dz.solve_regions(
        LAND.replace(households=LAND.households[::-1], sites=LAND.sites[::-1], districts=LAND.districts[::-1]),
        dict(reversed(REGIONS.items())),
        FIRST_LEVELS,
    )
    assert here.plan is not None
    assert {result.plan.digest for result in (there, backwards, shuffled)} == {here.plan.digest}
    assert here.reproducible
    assert [level.bound for level in there.levels] == [level.bound for level in here.levels]


def test_a_country_is_as_even_as_if_solved_at_once() -> None:
    whole, parts = dz.solve(LAND, FIRST_LEVELS), dz.solve_regions(LAND, REGIONS, FIRST_LEVELS)
    assert parts.plan is not None
    assert dz.check(LAND, FIRST_LEVELS, parts.plan) == ()
    assert tuple(level.final for level in parts.levels) == dz.score(LAND, FIRST_LEVELS, parts.plan)
    for one, other in zip(whole.levels, parts.levels, strict=True):
        assert other.bound is not None
        assert other.bound <= one.value + 1e-6
        assert other.value >= one.value - 1e-3 * max(1.0, one.value)
    assert parts.levels[3].gap is not None
    assert parts.levels[3].gap <= 0.005


def test_everything_at_once_breaks_no_rule_and_claims_no_false_proof() -> None:
    town = lively_city(3)
    exact, params = dz.solve(town, POLICY, dz.SolveParams(gap=0.0)), dz.SolveParams(gap=0.0)
    result = dz.solve_regions(town, {f"d{i}": "ab"[i % 2] for i in range(4)}, POLICY, params)
    assert result.plan is not None
    assert dz.check(town, POLICY, result.plan) == ()
    assert [level.final for level in result.levels] == list(dz.score(town, POLICY, result.plan))
    # A bound of the first level holds for all plans; a later one at least for the best plan while ties hold so far.
    for ours, theirs in zip(result.levels, exact.levels, strict=True):
        assert ours.bound is None or ours.bound <= theirs.value + 1e-6
        if ours.value > theirs.value + 1e-6:
            assert ours.status is dz.Status.FEASIBLE
            break


def test_one_region_is_the_whole() -> None:
    town = city([site("s", "a"), site("t", "b")], [household("h", 2), household("g", 2)])
    one = dz.solve_regions(town, dict.fromkeys("abc", "all"), None)
    assert one.plan == dz.solve(town).plan
    assert one.status is dz.Status.OPTIMAL


def test_nobody_to_place_and_nowhere_to_place() -> None:
    nobody = city([site("s", "a"), site("t", "b")], [])
    assert dz.solve_regions(nobody, {"a": "x", "b": "y", "c": "y"}, None).status is dz.Status.OPTIMAL
    nowhere = city([], [household("h", 3)])
    result = dz.solve_regions(nowhere, {"a": "x", "b": "y", "c": "y"}, policy_of(dz.Placed()))
    assert (result.status, result.plan.unplaced, result.levels[0].value) == (dz.Status.OPTIMAL, ("h",), 3.0)
    empty = dz.Instance(districts=(), sites=())
    assert dz.solve_regions(empty, {}, None).status is dz.Status.OPTIMAL


def test_fixed_at_an_excluded_site_is_infeasible() -> None:
    town = city(
        [site("s", "a"), site("s2", "a"), site("t", "b")], [household("h", 2, fixed_site="s", excluded_sites={"s"})]
    )
    result = dz.solve_regions(town, {"a": "x", "b": "y", "c": "y"}, None)
    assert (result.status, result.plan) == (dz.Status.INFEASIBLE, None)


def test_people_stay_and_caps_are_judged_on_today() -> None:
    # Site s is over its cap of 3 with the 4 who live there: h and g may stay, n must go to the other region.
    town = city(
        [site("s", "a", max_persons=3), site("t", "b")],
        [
            household("g", 2, current_site="s", current_unit="flat"),
            household("h", 2, current_site="s", current_unit="flat"),
            household("n", 2),
        ],
    )
    result = dz.solve_regions(town, {"a": "x", "b": "y", "c": "y"}, policy_of(dz.Placed(), dz.Stability()))
    assert result.status is dz.Status.OPTIMAL
    assert {placement.household: placement.site for placement in result.plan.placements} == {
        "g": "s",
        "h": "s",
        "n": "t",
    }


def test_households_move_to_another_region_where_theirs_closes() -> None:
    # Site s is closed: h moves to the other region; that is a move, but no one may count it against max_moves.
    town = city(
        [site("s", "a", opening_cost=1.0), site("t", "b")],
        [household("h", 2, current_site="s", current_unit="flat", wishes=["b"])],
    )
    result = dz.solve_regions(
        town, {"a": "x", "b": "y", "c": "y"}, policy_of(dz.KeepHoused(), dz.Stability(), dz.Wishes(), max_moves=0)
    )
    assert result.status is dz.Status.OPTIMAL
    assert [level.value for level in result.levels] == [0.0, 2.0, 0.0]


def test_operators_and_seats_are_shared_out() -> None:
    # The operator may house 4 persons over both regions; each of the 3 households has 2: one stays out.
    sites = [site("s", "a", operator="op", x=0.0, y=0.0), site("t", "b", operator="op", x=0.0, y=0.0)]
    town = city(
        sites,
        [household(key, 2, needs={"kita": 1}) for key in "ghk"],
        services=[dz.Service(id="kita", kind="kita", x=0.0, y=0.0, capacity=2)],
    )
    policy = policy_of(dz.Placed(), operator_capacity={"op": 4}, service_capacity=True)
    result = dz.solve_regions(town, {"a": "x", "b": "y", "c": "y"}, policy)
    assert dz.check(town, policy, result.plan) == ()
    assert (result.status, result.levels[0].value) == (dz.Status.OPTIMAL, 2.0)


def test_a_stop_at_once_claims_nothing() -> None:
    result = dz.solve_regions(LAND, REGIONS, FIRST_LEVELS, dz.SolveParams(time_limit=0.0))
    assert result.status is not dz.Status.OPTIMAL
    assert not result.reproducible
    assert result.plan is None or dz.check(LAND, FIRST_LEVELS, result.plan) == ()


def test_late_regions_get_their_least_time_and_say_so() -> None:
    params, over = dz.SolveParams(time_limit=100.0), Deadline.after(-5.0)
    limited, cut = over.within(params, Slice(0.25, 0.05))
    assert (limited.time_limit, cut) == (5.0, True)
    limited, cut = Deadline.after(1e6).within(params, Slice(0.25, 0.05))
    assert (limited.time_limit, cut) == (25.0, False)
    assert over.within(params, Slice(0.25))[0].time_limit == 0.0
