"""A city over time: who comes, who goes, and what foresight is worth."""

from __future__ import annotations

import datetime as dt

import pytest

import dezentral as dz
from dezentral.strategy.simulation import simulate
from dezentral.strategy.simulation.future import sampled_futures
from dezentral.strategy.simulation.world import World
from tests.strategy.streams import DAY, EVEN, NEAR, policy_of, stream

PLACED = dz.Policy(levels=[dz.Level(dz.Placed())])
STRATEGIES = ("myopic", "lookahead", "hindsight")
SEEDS = (4, 6)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def flats(*sites: dz.Site, **more: object) -> dz.Instance:
    own = sites or (site("s"), site("t"))
    return dz.Instance(districts=[dz.District(id="a", population=1000)], sites=own, **more)


def site(key: str, count: int = 1, **more: object) -> dz.Site:
    return dz.Site(id=key, district="a", units=[dz.Unit(id="flat", beds=2, count=count)], **more)


def comes(key: str, number: int, size: int = 2, **more: object) -> dz.Household:
    return dz.Household(id=key, size=size, arrival=day(number), **more)


def unplaced(run: dz.Simulation) -> list[tuple[str, ...]]:
    return [step.plan.unplaced for step in run.steps]


def test_batches_are_by_date_and_each_step_starts_from_the_last():
    run = simulate(flats(), [comes("g", 5), comes("h", 0), comes("i", 0)], PLACED)
    assert [step.date for step in run.steps] == [day(0), day(5)]
    assert unplaced(run) == [(), ("g",)]
    assert run.score == (1.0,)  # nobody, then 2 persons
    assert run.plan == run.steps[-1].plan
    assert dz.score(run.instance, PLACED, run.plan) == (2.0,)
    assert {one.current_site for one in run.instance.households} == {"s", "t", None}
    date, plan, result = run.steps[0]
    assert (date, result.plan) == (day(0), plan)


def test_departures_free_places_on_their_day():
    arrivals = [comes("g", 0), comes("h", 1), comes("i", 2)]
    run = simulate(flats(site("s")), arrivals, PLACED, departures={"g": day(2), "h": day(3)})
    assert [step.date for step in run.steps] == [day(0), day(1), day(2), day(3)]
    assert unplaced(run) == [(), ("h",), ("i",), ()]


def test_sites_open_and_close_by_date_also_between_arrivals():
    # s closes on day 2: g must move to t, which opens then; nobody lives in a closed site on the way.
    city = flats(site("s", open_until=day(2)), site("t", open_from=day(2)))
    run = simulate(city, [comes("g", 0), comes("h", 4)], dz.Policy.default())
    assert [step.date for step in run.steps] == [day(0), day(2), day(4)]
    assert [step.plan.placements[0].site for step in run.steps] == ["s", "t", "t"]
    assert unplaced(run)[2] == ("h",)


def test_what_came_before_the_planning_day_is_there_on_it():
    run = simulate(flats(date=day(3)), [comes("g", 0), comes("h", 4)], PLACED, departures={"g": day(2)})
    assert [step.date for step in run.steps] == [day(3), day(4)]
    assert [len(step.plan.placements) for step in run.steps] == [0, 1]


def test_who_leaves_takes_relations_and_utilities_along():
    people = [dz.Household(id=key, size=2) for key in "gh"]
    city = flats(
        households=people,
        relations=[dz.Relation(kind="different_site", households=["g", "h"])],
        utilities=dz.Table(rows=["g", "h"], columns=["s"], data=[[1.0], [2.0]]),
        date=day(0),
    )
    run = simulate(city, [comes("i", 1)], dz.Policy.default(), departures={"g": day(1)})
    assert run.instance.relations == ()
    assert run.instance.utilities.rows == ("h",)


def test_without_any_event_the_planning_day_is_the_only_step():
    city = flats(households=[dz.Household(id="h", size=2)])
    run = simulate(city, [], PLACED)
    assert [(step.date, step.plan.unplaced) for step in run.steps] == [(None, ())]
    assert simulate(dz.Instance(districts=(), sites=(), date=day(1)), [], PLACED).score == (0.0,)


def test_everything_that_is_wrong_with_arrivals_and_departures_is_told_at_once():
    arrivals = [dz.Household(id="g", size=1), comes("h", 0), comes("h", 1), comes("i", 0, fixed_site="z"), "x"]
    with pytest.raises(dz.InstanceError) as caught:
        simulate(flats(), arrivals, PLACED, departures={"q": day(1), "i": None})
    assert [str(fault) for fault in caught.value.faults] == [
        "household 'g', arrival: None; allowed: a date: it is among the arrivals",
        "simulate, arrivals: 'x'; allowed: households",
        "simulate, departures: 'q'; allowed: the id of a household of the instance or of the arrivals",
        "household 'i', departures: None; allowed: a date",
        "household 'h', id: 'h'; allowed: each id once (it stands 2 times)",
        "household 'i', fixed_site: 'z'; allowed: the id of a site of the instance",
    ]


def test_a_function_plans_as_it_likes():
    def nobody(instance, policy, params):
        del policy, params
        return dz.Plan(unplaced=[one.id for one in instance.households])

    arrivals = [comes("g", 0), comes("h", 1)]
    assert unplaced(simulate(flats(), arrivals, PLACED, nobody)) == [("g",), ("g", "h")]
    assert simulate(flats(), arrivals, PLACED, dz.solve).score == simulate(flats(), arrivals, PLACED).score


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (None, "a Plan, or a Result"),
        (dz.Plan(unplaced=["x"]), "household 'x'"),
        (dz.Plan(placements=[dz.Placement(household="g", site="s", unit="flat")]), "breaks no rule"),
    ],
)
def test_a_function_must_return_a_sound_plan_of_the_day(answer, says):
    with pytest.raises(dz.PlanError, match=says):
        simulate(flats(), [comes("g", 0, size=3)], PLACED, lambda *_: answer)


@pytest.mark.parametrize(
    ("arrivals", "options", "says"),
    [
        ([dz.Household(id="g", size=1)], {}, "it is among the arrivals"),
        (["g"], {}, "households"),
        ([comes("g", 0), comes("g", 1)], {}, "each id once"),
        ([comes("g", 0, current_site="x")], {}, "the id of a site"),
        ([comes("g", 1)], {"departures": {"g": day(1)}}, "a date after its arrival"),
        ([comes("g", 1)], {"departures": {"x": day(2)}}, "the id of a household"),
        ([comes("g", 1)], {"departures": {"g": "2026-05-01"}}, "a date"),
        ([comes("g", 1)], {"strategy": "greedy"}, "myopic, lookahead, hindsight"),
        ([comes("g", 1)], {"seed": 1.5}, "a whole number"),
    ],
)
def test_wrong_arguments_are_refused(arrivals, options, says):
    with pytest.raises(dz.DezentralError, match=says):
        simulate(flats(), arrivals, PLACED, **options)


def test_a_day_without_any_plan_is_said():
    with pytest.raises(dz.PlanError, match="INFEASIBLE"):
        simulate(flats(), [comes("g", 0, size=9, fixed_site="s")], PLACED)


def test_lookahead_keeps_the_near_flat_for_those_who_need_it():
    # s is at the school, t far away, each with flats for 4. On every day comes a couple with one pupil, then a family
    # with three: from the third day on, lookahead knows that such families come, and sends couples to t.
    big = [dz.Unit(id="flat", beds=4, count=4)]
    city = dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[
            dz.Site(id="s", district="a", units=big[:1], x=500_000.0, y=5_400_000.0),
            dz.Site(id="t", district="a", units=big[:1], x=503_000.0, y=5_400_000.0),
        ],
        services=[dz.Service(id="k", kind="school", x=500_000.0, y=5_400_000.0)],
        households=[dz.Household(id="z", size=4, needs={"school": 3})],
        date=day(0),
    )
    arrivals = [
        comes(f"h{number}", number, size=2 if number % 2 else 4, needs={"school": 1 if number % 2 else 3})
        for number in range(1, 7)
    ]
    scores = [simulate(city, arrivals, NEAR, strategy).score[3] for strategy in STRATEGIES]
    assert scores[2] <= scores[1] < scores[0]


def test_who_waits_at_the_beginning_tells_lookahead_who_will_come():
    # s is at the school, t 3 km away (3900 m on foot), two flats for 4 each. A family with three pupils waits: such
    # families are all that lookahead has seen on day 1, so the couple of that day goes to t already, and the family of
    # day 2 is near. Myopic puts the couple near, and the family of day 2 has 3 x 3900 m.
    big = [dz.Unit(id="flat", beds=4, count=2)]
    city = dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[
            dz.Site(id="s", district="a", units=big, x=500_000.0, y=5_400_000.0),
            dz.Site(id="t", district="a", units=big, x=503_000.0, y=5_400_000.0),
        ],
        services=[dz.Service(id="k", kind="school", x=500_000.0, y=5_400_000.0)],
        households=[dz.Household(id="z", size=4, needs={"school": 3})],
        date=day(0),
    )
    arrivals = [
        comes("c", 1, needs={"school": 1}),
        comes("f", 2, size=4, needs={"school": 3}),
        comes("g", 3, size=2, needs={"school": 1}),
    ]
    runs = [simulate(city, arrivals, NEAR, strategy) for strategy in ("myopic", "lookahead")]
    # Metres per step: myopic 0, 11700, 11700 + 3900; lookahead 3900, 3900, 3900 + 3900.
    assert [run.score[3] for run in runs] == pytest.approx([(11_700 + 15_600) / 3, (3900 + 3900 + 7800) / 3])


def test_lookahead_does_not_know_what_comes():
    city, arrivals = stream(0, households=24, steps=4)
    cut = [one for one in arrivals if one.arrival < max(one.arrival for one in arrivals)]
    whole, part = (simulate(city, some, NEAR, "lookahead", seed=3) for some in (arrivals, cut))
    assert [step.plan for step in whole.steps][:-1] == [step.plan for step in part.steps]


def test_samples_are_drawn_from_those_before_a_step_only():
    city, arrivals = stream(0, households=24, steps=4)
    world = World.of(city, arrivals, {})
    days = world.dates
    today = [one.model_copy(update={"size": 6}) if one.arrival == days[2] else one for one in arrivals]
    before = [one.model_copy(update={"size": 6}) if one.arrival == days[1] else one for one in arrivals]
    known, same, other = (
        sampled_futures(World.of(city, some, {}), city, step=2, seed=3) for some in (arrivals, today, before)
    )
    assert known
    assert known == same
    assert known != other


def test_the_same_seed_gives_the_same_simulation():
    city, arrivals = stream(1, households=24, steps=4)
    runs = [simulate(city, arrivals, EVEN, "lookahead", seed=2) for _ in range(2)]
    assert [step.plan for step in runs[0].steps] == [step.plan for step in runs[1].steps]
    assert runs[0].score == runs[1].score


@pytest.mark.parametrize("policy", [EVEN, NEAR], ids=["evenness", "proximity"])
def test_foresight_is_worth_something_on_average_and_hindsight_is_never_beaten(policy):
    totals = dict.fromkeys(STRATEGIES, 0.0)
    for seed in SEEDS:
        city, arrivals = stream(seed)
        scores = {name: simulate(city, arrivals, policy, name).score for name in STRATEGIES}
        for name in STRATEGIES:
            totals[name] += scores[name][3]
            assert not beats(scores[name], scores["hindsight"])
    assert totals["lookahead"] < totals["myopic"]


def beats(score: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Say whether a score is better on the first level that differs."""
    differing = [(mine, theirs) for mine, theirs in zip(score, other, strict=True) if mine != pytest.approx(theirs)]
    return bool(differing) and differing[0][0] < differing[0][1]


def test_the_levels_below_are_not_forgotten():
    city, arrivals = stream(2, households=20, steps=4)
    policy = policy_of(dz.Evenness(), dz.Proximity())
    run = simulate(city, arrivals, policy, "lookahead")
    assert len(run.score) == 5
    assert dz.check(run.instance, policy, run.plan) == ()


def test_departures_and_closures_are_known_to_no_plan_but_kept_by_all():
    city, arrivals = stream(6, households=18, steps=3)
    closing = city.replace(
        sites=[one.model_copy(update={"open_until": day(45)}) if one.id == "s0" else one for one in city.sites]
    )
    leaving = {arrivals[0].id: day(70), city.households[0].id: day(40)}
    scores = {name: simulate(closing, arrivals, EVEN, name, departures=leaving).score for name in STRATEGIES}
    assert not any(beats(score, scores["hindsight"]) for score in scores.values())
