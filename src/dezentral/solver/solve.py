"""Solving: an instance and a policy in, a plan with proof out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from dezentral.checks import check, score
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_all, require_instance, require_kind, require_policy
from dezentral.domain.policy import Goal, Policy
from dezentral.errors import Fault, PlanError, PolicyError
from dezentral.solver.params import SolveParams
from dezentral.solver.progress import OnProgress, reporting
from dezentral.solver.result import LevelOutcome, Result, Status
from dezentral.solver.search import InfeasibleError, Reached, Search, UnknownError
from dezentral.solver.stage import furthest
from dezentral.solver.watch import Watch


def solve(
    instance: Instance,
    policy: Policy | None = None,
    params: SolveParams | None = None,
    *,
    hint: Plan | None = None,
    on_progress: OnProgress | None = None,
    progress: bool = False,
) -> Result:
    """Propose the best plan under a policy, with a proof of how close to the best it is.

    Levels are solved one after another; each is bound by what the earlier ones reached.

    After a stop, and at the time limit, whatever runs is asked to end and is waited for half a second at most; then the
    best plan so far is valued, which takes some tenths of a second in a city of 10,000 persons. Its bounds are proven
    all the same, and `Result.reproducible` is False. A solver that did not end in time ends by itself, seconds later as
    a rule: nobody reads any more what it finds, but an interpreter that ends in the meantime waits for it.

    Parameters
    ----------
    instance
        The input.
    policy
        Rules and levels; `Policy.default()` if None.
    params
        Limits; `SolveParams()` if None.
    hint
        A plan to start from; ignored where it breaks a rule.
    on_progress
        Called with a `Progress`, whenever there is news and again and again while there is none; returning False stops
        with the best plan so far. So does Ctrl-C, in the main thread.
    progress
        Whether to show a bar.

    Returns
    -------
    Result
        ``INFEASIBLE`` and ``UNKNOWN`` come without a plan.

    Raises
    ------
    PlanError
        If the hint does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4, count=2)]),
    ...         dz.Site(id="t", district="b", units=[dz.Unit(id="flat", beds=4, count=2)]),
    ...     ],
    ...     households=[dz.Household(id=f"h{i}", size=2) for i in range(4)],
    ... )
    >>> result = dz.solve(city)
    >>> result.status, [level.value for level in result.levels]
    (<Status.OPTIMAL: 'OPTIMAL'>, [0.0, 0.0, 0.0, 0.0, 0.0, 8000.0])
    """
    policy = Policy.default() if policy is None else policy
    require_instance(instance)
    require_all(
        lambda: require_policy(policy),
        lambda: SolveParams.given_or(params),
        lambda: _require_listener(on_progress),
        lambda: require_kind(progress, bool, "progress", PolicyError),
    )
    params = SolveParams.given_or(params)
    if hint is not None:
        require_match(instance, hint)
    watch = Watch(params.time_limit)
    with watch.stopped_by_interrupt(), reporting(policy, on_progress, watch, bar=progress) as reporter:
        return searched(Search(instance, policy, params, {}, reporter), hint)


def solve_unless_interrupted(instance: Instance, policy: Policy, params: SolveParams) -> Result:
    """Solve as `solve` does, but let Ctrl-C break off: what it leaves is told from no other unfinished plan.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C came.
    """
    return _solved(instance, policy, params, {}, None, unless_interrupted=True)


def _require_listener(given: object) -> None:
    if given is not None and not callable(given):
        fault = Fault("arguments", "on_progress", type(given).__name__, "a function, or None")
        raise PolicyError.of([fault])


def solve_within(
    instance: Instance,
    policy: Policy,
    limits: Mapping[int, float],
    params: SolveParams,
    start: Plan,
    *,
    unless_interrupted: bool = False,
) -> Result:
    """Improve a plan on some levels while the others only keep a limit.

    Parameters
    ----------
    instance, policy, params
        As for `solve`.
    limits
        Position of a level → the value that it must not exceed. These levels are not minimised: their outcome has
        the limit as its value and no bound.
    start
        A plan that breaks no rule and no limit.
    unless_interrupted
        Whether Ctrl-C breaks off, instead of ending with the best plan so far.

    Returns
    -------
    Result
        Of the levels that are minimised; `final` is the returned plan's own value on each.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance, or breaks a rule or limit.
    KeyboardInterrupt
        If Ctrl-C came and is to break off.
    """
    require_match(instance, start)
    broken = [f"rule {violation.rule}: {violation.message}" for violation in check(instance, policy, start)]
    values = score(instance, policy, start)
    broken += [
        f"level {i}: {values[i]} is more than {limit}"
        for i, limit in sorted(limits.items())
        if values[i] > furthest(limit)
    ]
    if broken:
        faults = [Fault("plan to start from", "placements", text, "a plan that keeps it") for text in broken]
        raise PlanError.of(faults)
    return _solved(instance, policy, params, limits, start, unless_interrupted=unless_interrupted)


def _solved(
    instance: Instance,
    policy: Policy,
    params: SolveParams,
    limits: Mapping[int, float],
    hint: Plan | None,
    *,
    unless_interrupted: bool,
) -> Result:
    """Run a search that nobody listens to; Ctrl-C ends it with its best plan, or breaks off."""
    watch = Watch(params.time_limit)
    with watch.stopped_by_interrupt(), reporting(policy, None, watch, bar=False) as reporter:
        result = searched(Search(instance, policy, params, dict(limits), reporter), hint)
    if unless_interrupted and watch.stopped:
        raise KeyboardInterrupt
    return result


def searched(search: Search, hint: Plan | None) -> Result:
    """Run a search to its end and say what it found.

    Raises
    ------
    RuntimeError
        If the plan breaks a rule: no solver's word is taken for that.
    """
    policy, params, watch = search.policy, search.params, search.watch
    try:
        search.start(hint)
    except InfeasibleError:
        return _without_plan(Status.INFEASIBLE, params, watch)
    except UnknownError:
        watch.hit_wall = True  # nothing but a limit leaves this open
        return _without_plan(Status.UNKNOWN, params, watch)
    search.run(hint)
    plan = search.plan()
    if not search.is_sound(plan):
        msg = "the plan that was found breaks a rule, so it is not given out: an error of dezentral, please report it"
        raise RuntimeError(msg)
    final = search.final()
    levels = tuple(
        _outcome(level.goals, reached, value)
        for level, reached, value in zip(policy.levels, search.reached, final, strict=True)
    )
    done = all(level.status is Status.OPTIMAL for level in levels)
    return Result(
        status=Status.OPTIMAL if done else Status.FEASIBLE,
        plan=plan,
        levels=levels,
        seconds=watch.elapsed,
        reproducible=_reproducible(params, watch),
        version=_versions(),
    )


def _outcome(goals: tuple[Goal, ...], reached: Reached, final: float) -> LevelOutcome:
    gap = None if reached.bound is None else (reached.value - reached.bound) / max(1.0, abs(reached.value))
    return LevelOutcome(
        goals=goals,
        value=reached.value,
        bound=reached.bound,
        gap=gap,
        status=Status.OPTIMAL if reached.optimal else Status.FEASIBLE,
        final=final,
        seconds=reached.seconds,
    )


def _without_plan(status: Status, params: SolveParams, watch: Watch) -> Result:
    return Result(
        status=status,
        plan=None,
        levels=(),
        seconds=watch.elapsed,
        reproducible=_reproducible(params, watch),
        version=_versions(),
    )


def _reproducible(params: SolveParams, watch: Watch) -> bool:
    return params.deterministic and not watch.hit_wall and not watch.stopped


def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("dezentral", "ortools")}
