"""Which closed sites to open within a budget."""

from __future__ import annotations

import sys
from numbers import Integral, Real

from dezentral.domain import Instance
from dezentral.domain.arguments import require_all, require_instance, require_policy
from dezentral.domain.policy import Policy
from dezentral.errors import Fault, PolicyError
from dezentral.solver import SolveParams, Status
from dezentral.solver.choosing import choose
from dezentral.solver.openings import Openings
from dezentral.strategy.opening_result import OpeningResult


def choose_sites(
    instance: Instance,
    policy: Policy | None = None,
    *,
    budget: float | None = None,
    max_new: int | None = None,
    params: SolveParams | None = None,
) -> OpeningResult:
    """Choose which candidate sites to open, and place everyone, with a proof over all choices.

    A candidate is a site with an `opening_cost`. Among all sets S of candidates that are open on the planning day,
    with Σ opening_cost ≤ `budget` and at most `max_new` of them, the levels of the policy decide first, in their
    order; then Σ opening_cost; then the sorted ids. Nothing is opened that gains nothing and costs something.

    A level without slack leaves hardly a choice to those after it: whoever would accept 1 % more metres for cheaper
    sites says so with `Level(..., rel_slack=0.01)`.

    Parameters
    ----------
    instance
        With candidates among its sites.
    policy
        Rules and levels; `Policy.default()` if None.
    budget
        What the openings may cost together, in the unit of `opening_cost`; None = no limit.
    max_new
        How many sites may open; None = no limit.
    params
        Limits of the search; `SolveParams()` if None. The time limit holds for everything together.

    Returns
    -------
    OpeningResult
        The sites, the instance in which they are ordinary ones, and a plan for it.

    Raises
    ------
    PolicyError
        If an argument cannot be used.

    Examples
    --------
    >>> import dezentral as dz
    >>> flat = dz.Unit(id="flat", beds=4)
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[
    ...         dz.Site(id="old", district="a", units=[flat]),
    ...         dz.Site(id="x", district="a", units=[flat], opening_cost=10.0),
    ...         dz.Site(id="y", district="b", units=[flat], opening_cost=30.0),
    ...     ],
    ...     households=[dz.Household(id="g", size=4), dz.Household(id="h", size=4)],
    ... )
    >>> chosen = dz.choose_sites(city, dz.Policy.default(), budget=40.0)  # "y" costs more and is fairer
    >>> chosen.opened, chosen.cost, chosen.status
    (('y',), 30.0, <Status.OPTIMAL: 'OPTIMAL'>)
    """
    policy = Policy.default() if policy is None else policy
    require_instance(instance)
    require_policy(policy)
    require_all(lambda: _require_limits(budget, max_new), lambda: SolveParams.given_or(params))
    params = SolveParams.given_or(params)
    candidates = _candidates(instance)
    most = None if max_new is None else min(int(max_new), len(candidates))
    openings = Openings(instance, candidates, _finite(budget), most)
    choice = choose(openings, policy, params)
    proven = choice.result.status is Status.OPTIMAL and choice.cost_bound == choice.cost and choice.ids_proven
    status = choice.result.status
    return OpeningResult(
        opened=choice.opened,
        cost=choice.cost,
        instance=choice.instance,
        result=choice.result,
        cost_bound=choice.cost_bound,
        status=Status.FEASIBLE if status is Status.OPTIMAL and not proven else status,
        openings=openings,
        policy=policy,
        params=params,
    )


def _finite(budget: float | None) -> float | None:
    return None if budget is None or budget > sys.float_info.max else float(budget)


def _candidates(instance: Instance) -> dict[str, float]:
    """Return what opening costs, by id, of the candidates that are open on the planning day once they are chosen."""
    found = {
        site.id: site.opening_cost for site in instance.sites if site.opening_cost is not None
        and (instance.date is None or (
            (site.open_from is None or site.open_from <= instance.date)
            and (site.open_until is None or instance.date < site.open_until)
        ))
    }
    return dict(sorted(found.items()))


def _is_amount(budget: object) -> bool:
    return not isinstance(budget, bool) and isinstance(budget, Real) and budget >= 0  # type: ignore[operator]


def _require_limits(budget: object, max_new: object) -> None:
    faults = []
    if budget is not None and not _is_amount(budget):
        faults.append(Fault("choose_sites", "budget", budget, "a number ≥ 0, or None for no limit"))
    if max_new is not None and (isinstance(max_new, bool) or not isinstance(max_new, Integral) or int(max_new) < 0):
        faults.append(Fault("choose_sites", "max_new", max_new, "a whole number ≥ 0, or None for no limit"))
    if faults:
        raise PolicyError.of(faults)
