"""A service that plans and explains for many at once: from threads, from an event loop, in processes of its own."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import inspect
import multiprocessing
import pickle
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

import dezentral as dz
from tests.solver.lively import POLICY, lively_city

CITY = lively_city(0)
OTHER = dz.Policy(rules=dz.Rules(max_units_per_household=2), levels=[dz.Level(dz.Placed()), dz.Level(dz.Cost())])


@pytest.fixture(scope="module")
def plan():
    return dz.solve(CITY, POLICY).plan


@pytest.fixture(scope="module")
def other():
    return dz.solve(lively_city(1), POLICY).plan


def answers(plan):
    """Return what is asked of one city at once, as calls that give something comparable."""
    return [
        lambda: dz.solve(CITY, POLICY).plan,
        lambda: dz.solve(CITY, OTHER).plan,
        lambda: str(dz.explain(CITY, POLICY, plan, "h05")),
        lambda: dz.alternatives(CITY, POLICY, plan, "h06").to_csv(),
        lambda: dz.why_unplaced(CITY, POLICY, plan).to_csv(),
        lambda: dz.exchange(CITY, POLICY, plan).plan,
        lambda: (dz.check(CITY, POLICY, plan), dz.score(CITY, POLICY, plan)),
        lambda: dz.fairness(CITY, plan).to_csv() + dz.evenness(CITY, plan).districts.to_csv(),
    ]


def test_one_city_in_several_threads_is_the_city_of_each(plan):
    asked = answers(plan)
    alone, before = [call() for call in asked], CITY.model_dump_json()
    with ThreadPoolExecutor(4) as pool:
        together = [task.result() for task in [pool.submit(call) for call in reversed(asked)]]
    assert together == alone[::-1]
    assert CITY.model_dump_json() == before


def test_an_event_loop_gives_one_up_and_finishes_the_others(plan, other):
    given_up, running = threading.Event(), set(threading.enumerate())

    def until_given_up(_news):
        given_up.wait(10)  # its customer leaves while it works
        return False

    async def serve():
        tasks = [
            asyncio.to_thread(dz.solve, CITY, POLICY),
            asyncio.to_thread(dz.solve, CITY, POLICY, on_progress=until_given_up),
            asyncio.to_thread(dz.solve, lively_city(1), POLICY),
        ]
        first, stopped, third = map(asyncio.ensure_future, tasks)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(stopped), 0.01)
        given_up.set()
        return await asyncio.gather(first, stopped, third)

    first, stopped, third = asyncio.run(serve())
    assert first.plan == plan
    assert (stopped.reproducible, dz.check(CITY, POLICY, stopped.plan)) == (False, ())
    assert third.plan == other
    gc.collect()
    assert set(threading.enumerate()) <= running


def in_vain(seed):
    """Return a plan, or fail as bad input does; found again by name in other processes."""
    return dz.solve(lively_city(seed), POLICY if seed else "no policy").plan


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # from Python 3.12 on: threads and forks
def test_one_process_that_fails_says_why_and_the_others_go_on(other):
    with ProcessPoolExecutor(1) as pool:
        failing, fine = pool.submit(in_vain, 0), pool.submit(in_vain, 1)
        with pytest.raises(dz.PolicyError, match="policy: 'str'") as caught:
            failing.result()
        assert fine.result() == other
    assert [fault.field for fault in caught.value.faults] == ["policy"]


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # from Python 3.12 on: threads and forks
def test_a_fork_while_another_thread_solves_finds_the_same(other):
    solving, done = threading.Event(), threading.Event()

    def listen(_news):
        solving.set()
        return not done.wait(30)

    thread = threading.Thread(target=dz.solve, args=(CITY, POLICY), kwargs={"on_progress": listen})
    thread.start()
    assert solving.wait(30)
    try:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
            assert pool.submit(in_vain, 1).result(timeout=60) == other
    finally:
        done.set()
        thread.join(30)
    assert not thread.is_alive()


def everything(plan):
    """Yield at least one of every public record, whatever hands it out."""
    result, news = dz.solve(CITY, POLICY), []
    dz.solve(CITY, OTHER, on_progress=lambda one: news.append(one) or True)
    tight = dz.Site(id="tight", district="a", units=[dz.Unit(id="room", beds=1)], opening_cost=2.0, x=1.0, y=1.0)
    town = dz.Instance(districts=[dz.District(id="a", population=1)], sites=[tight])
    home = dz.Site(id="home", district="a", units=[dz.Unit(id="room", beds=1)], x=3.0, y=4.0)
    crowded = dz.Household(id="h", size=3, fixed_site="home")
    fixed = town.replace(sites=[home], households=[crowded])
    by_hand = dz.override(CITY, POLICY, plan, "h05", "s1", by="A", reason="near")
    newcomer = dz.Household(id="n", size=1, arrival=dt.date(2026, 4, 1), anchors=[dz.Anchor(x=1.0, y=2.0)])
    yield from (result, *result.levels, plan, *plan.placements, result.status, by_hand, *by_hand.overrides, *news)
    yield from (CITY, *CITY.districts, *CITY.sites, *CITY.sites[0].units, *CITY.households, *CITY.services)
    yield from (*CITY.relations, CITY.utilities, newcomer, *newcomer.anchors, dz.Scenario(CITY, POLICY))
    yield from (POLICY, POLICY.rules, *(goal for level in POLICY.levels for goal in level.goals), *OTHER.levels)
    yield from (dz.Cost(), dz.Utility(), dz.SolveParams(seed=3), dz.evenness(CITY, plan))
    yield from (dz.explain(CITY, POLICY, plan, "h00"), dz.compare(CITY, POLICY, plan, by_hand))
    yield from (*dz.check(CITY, dz.Policy(rules=dz.Rules(max_site_persons=1)), plan), dz.conflict(fixed, POLICY))
    yield dz.choose_sites(town.replace(households=[dz.Household(id="h", size=1)]), POLICY, max_new=1)
    yield dz.simulate(town.replace(sites=[home]), [newcomer], dz.Policy(levels=[dz.Level(dz.Placed())]))


def test_every_public_record_travels_as_a_pickle(plan):
    public = {one for name in dz.__all__ if inspect.isclass(one := getattr(dz, name))}
    records = {kind for kind in public if not issubclass(kind, Exception)}
    sent = list(everything(plan))
    assert records - {type(one) for one in sent} == set()
    for one in sent:
        back = pickle.loads(pickle.dumps(one))  # noqa: S301  our own
        assert type(back) is type(one)
        assert back == one
        assert repr(back) == repr(one)
