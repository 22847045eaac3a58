"""Hindsight against all there is: every sequence of plans of small cities, and functions that know what it knows."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

import dezentral as dz
from dezentral.strategy.simulation import simulate
from dezentral.strategy.simulation.following import following
from dezentral.strategy.simulation.horizon import Horizon
from dezentral.strategy.simulation.world import World
from tests.strategy.streams import DAY, EVEN, NEAR, policy_of, stream

CLOSE = 1e-5  # relative: what the program of all steps may leave
BOTH = policy_of(dz.Evenness(), dz.Proximity(), dz.Cost())


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def beats(score: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Say whether a score is better on the first level that differs."""
    pairs = zip(score, other, strict=True)
    differing = [(mine, theirs) for mine, theirs in pairs if mine != pytest.approx(theirs, rel=CLOSE, abs=CLOSE)]
    return bool(differing) and differing[0][0] < differing[0][1]


def small(seed: int) -> tuple[dz.Instance, list[dz.Household], dict[str, dt.date]]:
    """Draw two districts, three sites that may open or close, two households there and two that come."""
    dice = random.Random(seed)  # noqa: S311  nothing secret
    sites = [
        dz.Site(
            id=f"s{number}",
            district="ab"[number % 2],
            units=[dz.Unit(id="u", beds=2, count=1, sharing=dice.choice(["household", "household", "dormitory"]))],
            cost=float(dice.randint(0, 3)),
            x=500_000.0 + dice.randint(0, 3000),
            y=5_400_000.0,
            open_from=dice.choice([None, None, day(2)]),
            open_until=dice.choice([None, None, day(3)]),
        )
        for number in range(3)
    ]
    people = [
        dz.Household(
            id=f"h{number}",
            size=dice.randint(1, 2),
            needs={"school": 1},
            priority=dice.randint(1, 2),
            current_site=dice.choice(["s0", None]) if number == 0 else None,
            arrival=day(number) if number > 1 else None,
        )
        for number in range(4)
    ]
    city = dz.Instance(
        districts=[dz.District(id=key, population=dice.randint(500, 1500)) for key in "ab"],
        sites=sites,
        households=people[:2],
        services=[dz.Service(id="k", kind="school", x=500_000.0, y=5_400_000.0)],
        date=day(1),
    )
    return city, people[2:], dice.choice([{}, {"h1": day(3)}, {"h2": day(4)}])


def plans(city: dz.Instance, policy: dz.Policy) -> list[dz.Plan]:
    """List all plans of a city that break no rule; the only unit of each site has id u."""
    found = []
    for where in itertools.product([*(site.id for site in city.sites), None], repeat=len(city.households)):
        pairs = list(zip([one.id for one in city.households], where, strict=True))
        plan = dz.Plan(
            placements=[dz.Placement(household=key, site=site, unit="u") for key, site in pairs if site],
            unplaced=[key for key, site in pairs if site is None],
        )
        if not dz.check(city, policy, plan):
            found.append(plan)
    return found


def best_of_all(world: World, policy: dz.Policy) -> tuple[float, ...]:
    """Return the least average of the levels over all sequences of plans, the first level first."""
    states: dict[dz.Plan | None, tuple[float, ...]] = {None: (0.0,) * len(policy.levels)}
    for today in world.dates:
        after: dict[dz.Plan | None, tuple[float, ...]] = {}
        for before, total in states.items():
            city = world.on(today, before)
            for plan in plans(city, policy):
                values = zip(total, dz.score(city, policy, plan), strict=True)
                summed = tuple(round(sum(pair), 9) for pair in values)
                if plan not in after or summed < after[plan]:
                    after[plan] = summed
        states = after
    return tuple(value / len(world.dates) for value in min(states.values()))


@pytest.mark.parametrize("seed", range(12))
def test_no_sequence_of_plans_is_better(seed):
    city, arrivals, departures = small(seed)
    best = best_of_all(World.of(city, arrivals, departures), BOTH)
    run = simulate(city, arrivals, BOTH, "hindsight", departures=departures)
    assert run.score == pytest.approx(best, rel=CLOSE, abs=CLOSE)


def test_hindsight_does_not_send_anybody_where_a_site_will_close():
    # s costs nothing but closes on day 2, t costs 5. The day alone says s, and g moves on day 2: 2 persons in 2 steps.
    # Who knows pays 2 x 5 on both days, and nobody moves.
    flat = dz.Unit(id="flat", beds=2, count=2)
    city = dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[
            dz.Site(id="s", district="a", units=[flat], open_until=day(2)),
            dz.Site(id="t", district="a", units=[flat], cost=5.0),
        ],
    )
    arrivals = [dz.Household(id="g", size=2, arrival=day(0)), dz.Household(id="h", size=2, arrival=day(2))]
    policy = policy_of(dz.Cost())
    myopic, hindsight = (simulate(city, arrivals, policy, name) for name in ("myopic", "hindsight"))
    assert myopic.score[2] == pytest.approx(1.0)
    assert hindsight.score == pytest.approx((0.0, 0.0, 0.0, (10 + 20) / 2))


@pytest.mark.parametrize("policy", [EVEN, NEAR], ids=["evenness", "proximity"])
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_no_function_beats_hindsight(policy, seed):
    city, arrivals = stream(seed, households=18, steps=3)
    best = simulate(city, arrivals, policy, "hindsight").score
    dice = random.Random(seed)  # noqa: S311  nothing secret

    def at_random(today: dz.Instance, *_: object) -> dz.Plan:
        """Let people stay, and send who has come to any free flat."""
        free = [site.id for site in today.sites for unit in site.units for _ in range(unit.count)]
        for one in today.households:
            if one.current_site:
                free.remove(one.current_site)
        dice.shuffle(free)
        return dz.Plan(
            placements=[
                dz.Placement(household=one.id, site=one.current_site or free.pop(), unit="flat")
                for one in today.households
            ]
        )

    for strategy in ("myopic", "lookahead", *[at_random] * 20):
        assert not beats(simulate(city, arrivals, policy, strategy).score, best)


def test_a_rule_that_the_program_of_all_steps_does_not_know_is_kept():
    city, arrivals, _ = small(3)
    pair = dz.Relation(kind="different_site", households=["h0", "h1"])
    apart = city.replace(relations=[pair])
    run = simulate(apart, arrivals, BOTH, "hindsight")
    placed = {one.household: one.site for one in run.plan.placements}
    assert placed["h0"] != placed["h1"]
    assert not beats(simulate(apart, arrivals, BOTH, "lookahead").score, run.score)


def test_without_time_the_program_of_all_steps_says_nothing():
    city, arrivals = stream(14, households=12, steps=3)
    world = World.of(city, arrivals, {})
    assert Horizon(world, NEAR, 0.0).solve() is None
    assert following(world, NEAR, dz.SolveParams(time_limit=0.0)) is None
