"""exchange: the swaps and moves that gain most, nobody being worse off."""

from __future__ import annotations

from collections.abc import Iterable

from dezentral.checks import Violation, check, score
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.policy import Policy
from dezentral.solver import Result, SolveParams, Status, solve_within
from dezentral.strategy.exchanging.residual import Residual, residual_of

_EXACT = SolveParams(gap=0.0)


def exchange(instance: Instance, policy: Policy, plan: Plan, params: SolveParams | None = None) -> Result:
    """Let households with wishes change places so that nobody is worse off and the most ranks are gained.

    Parameters
    ----------
    instance
        The input.
    policy
        Its rules must not newly break; none of its Evenness goals may worsen. Its other goals are not read.
    plan
        A plan of the instance: who is placed where now.
    params
        Limits; to proven optimality (``gap=0``) if None.

    Returns
    -------
    Result
        ``plan`` holds everyone: households without wishes, and all who are unplaced, as they were; the others at a
        place whose rank (position of the district in `wishes`, unlisted = their number) is no worse than now. Its only
        level is the exchange itself: ``value`` = −Σ size × ranks gained (person-ranks), ``bound`` what is proven
        about it. The plan's overrides are kept.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Notes
    -----
    Maximise Σ_h size_h × (rank_h(now) − rank_h(x_h)) over the placements x of households with wishes, subject to
    rank_h(x_h) ≤ rank_h(now), to every rule, and to E(x) ≤ E(now) for every Evenness goal E; all others are fixed.
    Where the plan breaks a rule already, that gets no worse: who breaks one alone, by where it is, stays there; nobody
    enters a site with too many or too much in it (all sites of a district or operator whose cap is broken), though
    people may leave it. Who leaves a site that has closed does not count among `max_moves`, except under
    `service_capacity` and where somebody who lives and is placed there is in a relation.

    Examples
    --------
    >>> import dezentral as dz
    >>> flat = dz.Unit(id="flat", beds=2)
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[flat]), dz.Site(id="t", district="b", units=[flat])],
    ...     households=[dz.Household(id="g", size=2, wishes=["b"]), dz.Household(id="h", size=2, wishes=["a", "b"])],
    ... )
    >>> plan = dz.Plan(
    ...     placements=[
    ...         dz.Placement(household="g", site="s", unit="flat"),
    ...         dz.Placement(household="h", site="t", unit="flat"),
    ...     ]
    ... )
    >>> result = exchange(city, dz.Policy.default(), plan)
    >>> [placement.site for placement in result.plan.placements], result.levels[0].value
    (['t', 's'], -4.0)
    """
    require_match(instance, plan)
    before = check(instance, policy, plan)
    residual = residual_of(instance, policy, plan, before)
    values = score(residual.instance, residual.policy, residual.start)
    limits = dict(enumerate(values[:-1]))
    effort = SolveParams.given_or(params, _EXACT)
    result = solve_within(residual.instance, residual.policy, limits, effort, residual.start)
    gained = result.levels[-1]
    found = plan if result.plan is None else _with_all(result.plan, residual, plan)
    if _grows(before, check(instance, policy, found)):  # what is sealed cannot grow; were it otherwise, nobody moves
        found, gained = plan, gained.model_copy(update={"value": 0.0, "final": 0.0, "status": Status.FEASIBLE})
    return result.model_copy(update={"status": gained.status, "plan": found, "levels": (gained,)})


def _with_all(solved: Plan, residual: Residual, plan: Plan) -> Plan:
    placements = tuple(residual.original(placement) for placement in solved.placements)
    return Plan(placements=placements, unplaced=plan.unplaced, overrides=plan.overrides)


def _grows(before: Iterable[Violation], after: Iterable[Violation]) -> bool:
    known = {(violation.rule, violation.sites, violation.districts) for violation in before}
    return any((violation.rule, violation.sites, violation.districts) not in known for violation in after)
