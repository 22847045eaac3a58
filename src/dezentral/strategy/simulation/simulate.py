"""simulate: a city over time under a strategy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from dezentral.checks import score
from dezentral.domain import Household, Instance, Plan
from dezentral.domain.arguments import require_all, require_instance, require_policy
from dezentral.domain.policy import Policy
from dezentral.errors import Fault, PolicyError
from dezentral.solver import Result, SolveParams
from dezentral.strategy.simulation.following import OffTrackError, following
from dezentral.strategy.simulation.future import sampled_futures, true_future
from dezentral.strategy.simulation.groups import proven
from dezentral.strategy.simulation.horizon import Horizon
from dezentral.strategy.simulation.steps import Simulation, Step, averaged
from dezentral.strategy.simulation.strategies import Moment, Strategy, asked, foresighted, myopic
from dezentral.strategy.simulation.world import World

_NAMES = ("myopic", "lookahead", "hindsight")
_SAME = 1e-9  # relative: what floats may differ by


def simulate(  # noqa: PLR0913  the names are the contract of the library
    instance: Instance,
    arrivals: Sequence[Household],
    policy: Policy,
    strategy: str | Strategy = "myopic",
    *,
    departures: Mapping[str, dt.date] | None = None,
    params: SolveParams | None = None,
    seed: int = 0,
) -> Simulation:
    """Let people arrive and leave day by day, and plan each day from where the last one left off.

    Parameters
    ----------
    instance
        The city at the beginning, with whoever lives or waits there. Nothing happens before its planning day: earlier
        arrivals and departures happen on it.
    arrivals
        Households with `arrival`, none of them in the instance.
    policy
        Rules and levels of every step.
    strategy
        ``"myopic"``: every day is solved as if nothing followed. ``"lookahead"``: those who come are placed for today
        and for futures sampled from who came before the step only. ``"hindsight"``: all steps are one program that
        knows everything, its levels averaged over the steps and minimised one after another; or what the other two did
        if that is better: no score is better on the first level that differs (`bounds` says what is proven).
        Or a function of (instance of the day, policy, params) that returns a `Plan` or a `Result`.
    departures
        Household id → first day on which it is gone.
    params
        Of every solve, not of all together; `SolveParams()` if None.
    seed
        Of the sampled futures.

    Returns
    -------
    Simulation
        A step per day on which somebody comes or goes, or between these a site opens or closes; one step on the
        planning day if nothing happens at all.

    Raises
    ------
    InstanceError
        If arrivals or departures are not as described, with every fault.
    PolicyError
        If the strategy is unknown or the seed no whole number.
    PlanError
        If a day has no plan, or a function returns none that fits the day and its rules.
    KeyboardInterrupt
        On Ctrl-C: a score of some of the steps must not pass for one of all. (In a function that calls `solve`, Ctrl-C
        ends that solve with its best plan.)

    Notes
    -----
    Lookahead concerns the first level after `Stability` that depends on where people are placed (`Evenness`, or goals
    that are sums by site): where moving is free, the future needs no care. With x the placements of those who come
    (whole numbers), y_s those of a sampled future s (a linear program, so that the dual prices of its units and
    districts are what x pays), it minimises the level's value averaged over today and the steps of the futures. The
    levels before are as good as those of the myopic step, the levels after are then solved with the same units.

    Hindsight first solves all steps as one program (to 1e-6), level after level up to the first whose goals are others
    than `KeepHoused`, `Placed`, `Stability`, `Evenness` and sums by site, if that program is small (20 000 places) and
    within the time limit times the number of steps. It also tries the step-by-step program with what really comes,
    lookahead and myopic, and returns the best. What is then proven is in `Simulation.bounds`: a level with
    bound = score is the optimum of all sequences of plans that are as good before; None is nothing proven: levels
    beyond, levels after one on which the plans fall short of the program (a rule that it does not know), spreads too
    wide to be exact (200 persons a district, `persons_to_move`), and rules under which who has come may stay where
    nobody could come any more (`min_stay_days`, areas, caps that are exceeded).

    Examples
    --------
    >>> import datetime as dt, dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ... )
    >>> days = [dt.date(2026, 1, day) for day in (1, 2, 3)]
    >>> arrivals = [dz.Household(id=f"h{i}", size=2, arrival=day) for i, day in enumerate(days)]
    >>> placed = dz.Policy(levels=[dz.Level(dz.Placed())])
    >>> run = simulate(city, arrivals, placed, departures={"h0": days[2]})
    >>> [(step.date.day, step.plan.unplaced) for step in run.steps], run.score
    ([(1, ()), (2, ('h1',)), (3, ('h2',))], (1.3333333333333333,))
    """
    require_all(lambda: _require_strategy(strategy), lambda: _require_seed(seed), lambda: SolveParams.given_or(params))
    require_instance(instance)
    require_policy(policy)
    world = World.of(instance, arrivals, {} if departures is None else departures)
    effort = SolveParams.given_or(params)
    run = partial(_run, world, policy, effort)

    def ahead(moment: Moment) -> Result:
        return foresighted(moment, lambda city, step: sampled_futures(world, city, step, seed))

    def knowing(moment: Moment) -> Result:
        return foresighted(moment, lambda _, step: true_future(world, step), exact=True)

    if callable(strategy):
        return run(partial(asked, strategy))
    if strategy == "hindsight":
        horizon = Horizon(world, policy, effort.time_limit * max(1, len(world.dates)))
        best = _best([*_followed(horizon, run), run(knowing), run(ahead), run(myopic)])
        return replace(best, bounds=proven(horizon.reached, best.score))
    return run(ahead if strategy == "lookahead" else myopic)


def _run(world: World, policy: Policy, params: SolveParams, decide: Callable[[Moment], Result]) -> Simulation:
    steps: list[Step] = []
    scores = []
    before: Plan | None = None
    days: tuple[Any, ...] = world.dates or (None,)
    city = world.instance
    for number, day in enumerate(days):
        city = world.on(day, before)
        result = decide(Moment(city, policy, params, number, day))
        before = result.plan or Plan()
        steps.append(Step(day, before, result))
        scores.append(score(city, policy, before))
    return Simulation(tuple(steps), before or Plan(), averaged(scores), city, (None,) * len(policy.levels))


def _followed(horizon: Horizon, run: Callable[[Callable[[Moment], Result]], Simulation]) -> list[Simulation]:
    """Return the run that is best over all steps at once, if there is one that keeps all rules."""
    decide = following(horizon)
    try:
        return [] if decide is None else [run(decide)]
    except OffTrackError:
        return []


def _best(runs: Sequence[Simulation]) -> Simulation:
    """Return the run whose score is better on the first level that differs; of equals the first."""
    best = runs[0]
    for run in runs[1:]:
        pairs = zip(run.score, best.score, strict=True)
        differing = [(new, old) for new, old in pairs if abs(new - old) > _SAME * max(1.0, abs(old))]
        if differing and differing[0][0] < differing[0][1]:
            best = run
    return best


def _require_strategy(strategy: object) -> None:
    if not (callable(strategy) or (isinstance(strategy, str) and strategy in _NAMES)):
        raise PolicyError.of([Fault("simulate", "strategy", strategy, f"{', '.join(_NAMES)}, or a function")])


def _require_seed(seed: object) -> None:
    if type(seed) is not int or seed < 0:
        raise PolicyError.of([Fault("simulate", "seed", seed, "a whole number, 0 or more")])
