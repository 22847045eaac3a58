"""bottlenecks: what one more unit of each kind at each site would gain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from dezentral.assess.changed import exact_if_small, more_units, no_worse
from dezentral.checks import score
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_policy
from dezentral.domain.policy import Policy
from dezentral.reasons.unit_estimates import Kind, estimates
from dezentral.reasons.whole import require_whole
from dezentral.solver import SolveParams, Status, solve

if TYPE_CHECKING:
    import pandas as pd

_SECONDS = 50.0  # for all solves together
_LEAST_SECONDS = 5.0  # for one: a large city's levels but the last take less
_WITHOUT = 2  # solves as things are
_CLOSE = 0.01  # gap of an unfinished level up to which a difference still means something


Values = tuple[float, ...]


class _Row(NamedTuple):
    """One unit kind at one site."""

    site: str
    unit: str
    district: str
    estimate: Values


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
        Limits of each of these solves; by default exact up to 1,000 persons, to the usual gap beyond, and 50 seconds
        for all of them together, but not less than 5 for each.

    Returns
    -------
    pandas.DataFrame
        site, unit, district, estimate_1 … estimate_n, gain_1 … gain_n: by how much each level's value falls, in its
        own units. `estimate` is the price of a unit in the linear relaxation, given that the levels before stay as
        good as in the plan, at most what the level has to lose; at a closed site it is 0, NaN where the relaxation has
        none. `gain` is what solving again from the plan reaches as things are, minus what solving on from there
        reaches with one unit more, level after level: what is due to the unit, and not to the plan's being solved
        again; NaN where not solved again. The first level that changes gains; those after it may lose. Sorted by the
        estimates, most important level first, largest first, then by ids. Protected addresses are left out.

        ``frame.attrs["unfinished"]`` has the numbers of the levels that some solve had to leave before the gap asked
        for. Their gains compare plans found in equal time with the unit and without it, not best plans, and are NaN
        where one of them may be more than 1 % from the best: more time (`params`) makes them sharper.

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
    given = None if params is None else SolveParams.given_or(params)
    rows = _rows(instance, estimates(instance, policy, plan))
    top = rows[:exact]
    again = _SolvedAgain(policy, given or _limits(instance, len(top)))
    solved = _gains(again, instance, plan, top) if top else []
    gains = [*solved, *([(math.nan,) * len(policy.levels)] * (len(rows) - len(solved)))]
    frame = _frame(rows, gains, len(policy.levels))
    frame.attrs["unfinished"] = sorted(again.unfinished)
    return frame


def _limits(instance: Instance, rows: int) -> SolveParams:
    """Return the limits of one solve of those that have the time together."""
    return exact_if_small(instance, max(_LEAST_SECONDS, _SECONDS / (rows + _WITHOUT)))


def _rows(instance: Instance, found: dict[Kind, Values]) -> list[_Row]:
    rows = [
        _Row(site.id, unit.id, site.district, found[site.id, unit.id])
        for site in instance.sites
        if not site.confidential
        for unit in site.units
    ]
    return sorted(rows, key=lambda row: (_largest_first(row.estimate), row.site, row.unit))


def _largest_first(estimate: Values) -> tuple[tuple[bool, float], ...]:
    """Sort by the most important level, largest first, unknown last."""
    return tuple((True, 0.0) if math.isnan(value) else (False, -value) for value in estimate)


class _Reached(NamedTuple):
    """A plan, its values, and the positions of the levels whose best value may be far below."""

    plan: Plan
    values: Values
    loose: frozenset[int]


class _SolvedAgain:
    """Solves of one policy from known plans, and the numbers of the levels that some of them left unfinished."""

    def __init__(self, policy: Policy, params: SolveParams) -> None:
        self.policy, self._params = policy, params
        self.unfinished = set[int]()

    def reached(self, instance: Instance, start: Plan) -> _Reached | None:
        """Return what solving from a plan reaches; None where no plan is found."""
        result = solve(instance, self.policy, self._params, hint=start)
        if result.plan is None:
            return None
        self.unfinished |= {i for i, level in enumerate(result.levels, 1) if level.status is not Status.OPTIMAL}
        close = max(_CLOSE, self._params.gap)
        loose = frozenset(
            i
            for i, level in enumerate(result.levels)
            if level.status is not Status.OPTIMAL and (level.gap is None or level.gap > close)
        )
        return _Reached(result.plan, score(instance, self.policy, result.plan), loose)

    def gain(self, before: _Reached, after: _Reached | None) -> Values:
        """Return how much lower each level is after than before, NaN where one of them is loose or not there.

        What is reached before can be had after, too. Where levels have slack a plan's values do not tell which is the
        better one: then what is reached after counts in any case.
        """
        if after is None:
            return (math.nan,) * len(before.values)
        slack = any(level.rel_slack or level.abs_slack for level in self.policy.levels)
        best = after if slack or no_worse(after.values, before.values) else before
        loose = before.loose | best.loose
        pairs = zip(before.values, best.values, strict=True)
        return tuple(math.nan if i in loose else old - new for i, (old, new) in enumerate(pairs))


def _gains(again: _SolvedAgain, instance: Instance, plan: Plan, rows: list[_Row]) -> list[Values]:
    """Solve again as things are, and from there with each unit more; NaN where no plan is found.

    All start from what is reached as things are. Where that is unfinished, as things are is solved on for as long as
    with a unit more.
    """
    start = before = again.reached(instance, plan)
    if start is None or before is None:
        return [(math.nan,) * len(again.policy.levels)] * len(rows)
    if again.unfinished:
        before = again.reached(instance, start.plan) or start
    roomier = (more_units(instance, row.site, row.unit) for row in rows)
    return [again.gain(before, again.reached(changed, start.plan)) for changed in roomier]


def _frame(rows: list[_Row], gains: list[Values], n: int) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    numbers = [f"{name}_{i}" for name in ("estimate", "gain") for i in range(1, n + 1)]
    data = [(row.site, row.unit, row.district, *row.estimate, *gain) for row, gain in zip(rows, gains, strict=True)]
    frame = pd.DataFrame(data, columns=pd.Index(["site", "unit", "district", *numbers]))
    return frame.astype(dict.fromkeys(numbers, "float64"))
