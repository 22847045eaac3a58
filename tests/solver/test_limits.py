"""Time limits and callbacks: a solve that is cut short says so, and what it says is true."""

import threading
from itertools import pairwise

import pytest

import dezentral as dz

from .lively import POLICY, lively_city

WEG = dz.Policy.stuttgarter_weg()


@pytest.fixture(scope="module")
def city():
    return dz.datasets.stuttgart(400)


@pytest.fixture(scope="module")
def bounds(city):
    """Values that no bound of a level may exceed: of a plan that is as good on all the levels before."""
    result = dz.solve(city, WEG, dz.SolveParams(time_limit=6.0))
    return [level.value for level in result.levels]


def expect_honest(city, policy, result):
    """Check what must hold of any result with a plan."""
    assert dz.check(city, policy, result.plan) == ()
    assert tuple(level.final for level in result.levels) == dz.score(city, policy, result.plan)
    for level in result.levels:
        if level.bound is None:
            assert (level.gap, level.status) == (None, dz.Status.FEASIBLE)
        else:
            assert level.bound <= level.value
            assert level.gap == pytest.approx((level.value - level.bound) / max(1.0, abs(level.value)))
    proven = all(level.status is dz.Status.OPTIMAL for level in result.levels)
    assert result.status is (dz.Status.OPTIMAL if proven else dz.Status.FEASIBLE)


def test_without_time_there_is_a_plan_and_no_bound(city):
    result = dz.solve(city, WEG, dz.SolveParams(time_limit=0.0))
    expect_honest(city, WEG, result)
    assert result.status is dz.Status.FEASIBLE
    assert not result.reproducible
    assert [level.bound for level in result.levels] == [None] * 6
    assert result.seconds < 5


@pytest.mark.parametrize("seconds", [0.01, 0.3, 1.0])
def test_with_little_time_bounds_are_true(city, bounds, seconds):
    result = dz.solve(city, WEG, dz.SolveParams(time_limit=seconds))
    expect_honest(city, WEG, result)
    assert not (result.reproducible and seconds < 0.1)  # a fast machine may be done within the longer ones
    assert result.seconds < seconds + 5
    for level, best in zip(result.levels, bounds, strict=True):
        if level.bound is not None:
            assert level.bound <= best + 1e-6 * max(1.0, abs(best))
        if level.value > best:
            break  # the limits of later levels differ


def test_without_time_to_tell_whether_fixed_sites_can_be_nothing_is_claimed():
    # a fixed household has to be placed, which the empty start is not: without time neither plan nor proof
    flat = dz.Unit(id="flat", beds=4)
    sites = [dz.Site(id="s", district="a", units=[flat])]
    districts = [dz.District(id="a", population=1)]
    for size in (4, 5):
        households = [dz.Household(id="h", size=size, fixed_site="s")]
        instance = dz.Instance(districts=districts, sites=sites, households=households)
        result = dz.solve(instance, params=dz.SolveParams(time_limit=0.0))
        assert result.status in (dz.Status.UNKNOWN, {4: dz.Status.FEASIBLE, 5: dz.Status.INFEASIBLE}[size])
        assert (result.plan is not None) == (result.status is dz.Status.FEASIBLE)
        assert result.reproducible == (result.status is dz.Status.INFEASIBLE)  # a proof needs no clock


def test_answering_false_stops_with_a_plan(city):
    seen = []

    def once(news):
        seen.append(news)
        return False

    result = dz.solve(city, WEG, on_progress=once)
    expect_honest(city, WEG, result)
    assert result.status is dz.Status.FEASIBLE
    assert not result.reproducible
    assert len(seen) == 1
    assert result.seconds < 20


@pytest.mark.parametrize("answer", [None, True, 0])
def test_any_other_answer_goes_on(answer):
    seen = []

    def listen(news):
        seen.append(news)
        return answer

    instance = lively_city()
    result = dz.solve(instance, POLICY, on_progress=listen)
    assert result.status is dz.Status.OPTIMAL
    assert result.plan == dz.solve(instance, POLICY).plan
    assert [news.level for news in seen] == sorted(news.level for news in seen)
    assert {news.level for news in seen} <= set(range(6))
    assert all(news.bound is None or news.bound <= news.value + 1e-6 for news in seen)
    assert all(first.seconds <= second.seconds for first, second in pairwise(seen))


@pytest.mark.parametrize("level", [0, 4])
def test_an_error_in_the_callback_reaches_the_caller_and_nothing_runs_on(level):
    def fail(news):
        if news.level >= level:
            msg = "from the callback"
            raise LookupError(msg)

    before = threading.active_count()
    with pytest.raises(LookupError, match="from the callback"):
        dz.solve(lively_city(), POLICY, on_progress=fail)
    assert threading.active_count() == before


def test_a_bar_shows_the_levels(capsys):
    dz.solve(lively_city(), POLICY, progress=True)
    shown = capsys.readouterr()
    goals = [" + ".join(type(goal).__name__ for goal in level.goals) for level in POLICY.levels]
    assert f"level {len(goals)} of {len(goals)}: {goals[-1]}" in shown.err
    assert "s left" in shown.err
    assert shown.out == ""


def test_without_being_asked_nothing_is_printed(capfd):
    dz.solve(lively_city(), POLICY)
    assert capfd.readouterr() == ("", "")


def test_a_limit_on_persons_to_move_leaves_the_next_level_its_proof() -> None:
    # Loads 6, 6, 6 are given; targets are 18 × 2/9 = 4, 4 and 10: chi-square = 4/4 + 4/4 + 16/10 = 3.6.
    populations = {"d1": 100, "d2": 100, "d3": 250}
    city = dz.Instance(
        districts=tuple(dz.District(id=key, population=n, housed=6) for key, n in populations.items()), sites=()
    )
    policy = dz.Policy(levels=(dz.Level(dz.Evenness(measure="persons_to_move")), dz.Level(dz.Evenness())))
    result = dz.solve(city, policy, dz.SolveParams(gap=0.0))
    assert result.status is dz.Status.OPTIMAL
    assert result.levels[1].bound == pytest.approx(3.6)
