"""bottlenecks: what one more unit of each kind at each site would gain."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dezentral.assess.changed import exact_if_small, more_units
from dezentral.checks import score
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_policy
from dezentral.domain.policy import Policy
from dezentral.reasons.unit_estimates import Kind, estimates
from dezentral.reasons.whole import require_whole
from dezentral.solver import SolveParams, solve

if TYPE_CHECKING:
    import pandas as pd

_SECONDS = 60.0
_SECONDS_LARGE = 180.0  # a safety net: a level that a busy machine cuts short would look like a price of the unit


class _Row(NamedTuple):
    """One unit kind at one site."""

    site: str
    unit: str
    district: str
    estimate: tuple[float, ...]


def bottlenecks(
    instance: Instance,
    policy: Policy,
    plan: Plan,
    exact: int = 5,
    *,
    params: SolveParams | None = None,
) -> pd.DataFrame:
    """Return what one more unit of each kind at each site would gain on each level.

    Parameters
    ----------
    instance, policy
        The input.
    plan
        A plan of the instance, the best one known.
    exact
        So many rows, from the top, are solved again with one more unit.
    params
        Limits of each of these solves; by default exact and 60 seconds up to 1,000 persons, beyond that to the usual
        gap and 180 seconds. A level that a solve leaves unfinished gives a gain that is not due to the unit alone.

    Returns
    -------
    pandas.DataFrame
        site, unit, district, estimate_1 … estimate_n, gain_1 … gain_n: by how much each level's value falls, in its
        own units. `estimate` is the price of a unit in the linear relaxation, given that the levels before stay as
        good as in the plan; at a closed site it is 0, NaN where the relaxation has none. `gain` is what solving
        again from the plan reaches as things are, minus what solving on from there reaches with one unit more, level
        after level: what is due to the unit, and not to the plan's being solved again; NaN where not solved again. The
        first level that changes gains; those after it may lose. Sorted by the estimates, most important level first,
        largest first, then by ids.
        Protected addresses are left out.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    PolicyError
        If `exact` is not a whole number of 0 or more.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)]),
    ...         dz.Site(id="t", district="a", units=[dz.Unit(id="room", beds=1)]),
    ...     ],
    ...     households=[dz.Household(id="g", size=4), dz.Household(id="h", size=3)],
    ... )
    >>> policy = dz.Policy(levels=[dz.Level(dz.Placed())])
    >>> frame = dz.bottlenecks(city, policy, dz.solve(city, policy).plan)
    >>> frame[["site", "unit", "gain_1"]].values.tolist()  # one more flat houses the other household
    [['s', 'flat', 3.0], ['t', 'room', 0.0]]
    """
    require_match(instance, plan)
    require_policy(policy)
    exact = require_whole("bottlenecks", "exact", exact, 0)
    params = SolveParams.given_or(params, _limits(instance))
    rows = _rows(instance, estimates(instance, policy, plan))
    nothing = (math.nan,) * len(policy.levels)
    solved = _gains(instance, policy, plan, rows[:exact], params) if rows[:exact] else []
    gains = [*solved, *([nothing] * (len(rows) - len(solved)))]
    return _frame(rows, gains, len(policy.levels))


def _limits(instance: Instance) -> SolveParams:
    """Return the limits of one solve; large cities end by their gap long before the time is over."""
    usual = exact_if_small(instance, _SECONDS)
    return SolveParams(time_limit=_SECONDS_LARGE, gap=usual.gap) if usual.gap else usual


def _rows(instance: Instance, found: dict[Kind, tuple[float, ...]]) -> list[_Row]:
    rows = [
        _Row(site.id, unit.id, site.district, found[site.id, unit.id])
        for site in instance.sites
        if not site.confidential
        for unit in site.units
    ]
    return sorted(rows, key=lambda row: (_largest_first(row.estimate), row.site, row.unit))


def _largest_first(estimate: tuple[float, ...]) -> tuple[tuple[bool, float], ...]:
    """Sort by the most important level, largest first, unknown last."""
    return tuple((True, 0.0) if math.isnan(value) else (False, -value) for value in estimate)


def _roomier(instance: Instance, rows: list[_Row]) -> Iterator[Instance]:
    return (more_units(instance, row.site, row.unit) for row in rows)


def _gains(
    instance: Instance, policy: Policy, plan: Plan, rows: list[_Row], params: SolveParams
) -> list[tuple[float, ...]]:
    """Solve again as things are, and from there with each unit more; NaN where no plan is found.

    All start from what is reached as things are: so a unit more never seems to do harm because a solve ended early.
    """
    as_is = solve(instance, policy, params, hint=plan).plan
    if as_is is None:
        return [(math.nan,) * len(policy.levels)] * len(rows)
    before = score(instance, policy, as_is)
    better = [(changed, solve(changed, policy, params, hint=as_is).plan) for changed in _roomier(instance, rows)]
    return [
        (math.nan,) * len(before) if found is None else _gain(before, score(changed, policy, found))
        for changed, found in better
    ]


def _gain(before: tuple[float, ...], after: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(old - new for old, new in zip(before, after, strict=True))


def _frame(rows: list[_Row], gains: list[tuple[float, ...]], n: int) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    numbers = [f"{name}_{i}" for name in ("estimate", "gain") for i in range(1, n + 1)]
    data = [
        (row.site, row.unit, row.district, *row.estimate, *gain) for row, gain in zip(rows, gains, strict=True)
    ]
    frame = pd.DataFrame(data, columns=pd.Index(["site", "unit", "district", *numbers]))
    return frame.astype(dict.fromkeys(numbers, "float64"))
