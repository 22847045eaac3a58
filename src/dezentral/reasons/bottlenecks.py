"""bottlenecks: what one more unit of each kind at each site would gain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from dezentral.assess.changed import exact_if_small, more_units
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_all, require_policy
from dezentral.domain.policy import Policy
from dezentral.reasons.solved_again import NOTHING, Gain, SolvedAgain, Values, unknown
from dezentral.reasons.unit_estimates import Kind, estimates
from dezentral.reasons.unit_verdict import Tried, unit_verdict
from dezentral.reasons.whole import require_whole
from dezentral.solver import SolveParams
from dezentral.wording import Language, level_name, listed, say

if TYPE_CHECKING:
    import pandas as pd

_SECONDS = 50.0  # for all solves together
_LEAST_SECONDS = 5.0  # for one: a large city's levels but the last take less
_FIRST_LEVELS = 15.0  # for one that leaves out the levels of which nothing could be told
_WITHOUT = 2  # solves as things are

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
        for all of them together, but not less than 5 for each; 15 for each that leaves out the levels of which nothing
        could be told.

    Returns
    -------
    pandas.DataFrame
        site, unit, district, estimate_1 … estimate_n, gain_1 … gain_n: by how much each level's value falls, in its
        own units. `estimate` is the price of a unit in the linear relaxation, given that the levels before stay as
        good as in the plan, at most what the level has to lose; at a closed site it is 0, NaN where the relaxation has
        none. `gain` is what solving again from the plan reaches as things are, minus what solving on from there
        reaches with one unit more, level after level: what is due to the unit, and not to the plan's being solved
        again; NaN where not solved again. Of a level with slack it compares what its own solve finds, not what later
        levels make of the slack. The first level that changes gains; those after it may lose. Sorted by the
        estimates, most important level first, largest first, then by ids. Protected addresses are left out.

        ``frame.attrs["verdict"]`` says in one line which of the units solved again helps most, and what it gains:
        ``{"en": …, "de": …}``, ``""`` where that is not known of all of them.

        ``frame.attrs["unfinished"]`` has the numbers of the levels that some solve had to leave before the gap asked
        for. Their gains compare plans found in equal time with the unit and without it, not best plans, and are NaN
        from the first level on on which one of them may be more than 1 % from the best: a unit changes so little that
        what is still open about the two plans would be most of the difference. In a city of 10,000 persons that is the
        last level, as a rule.
        ``frame.attrs["untold"]`` then says so in words, ``{"en": …, "de": …}`` (``""`` where every gain is told), and
        ``frame.attrs["proven"]`` what is certain all the same: mappings with site, unit, level, and the least and
        the most that the gain can be (None = nothing is proven on that side), given what the levels before reached.
        More time (`params`) makes both sharper.

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
    >>> print(frame.attrs["verdict"]["en"])
    Of 2 units tried one by one, this one helps most: one more of kind flat at site s, district a: \
Placing people better by 3.
    """
    require_match(instance, plan)
    require_policy(policy)
    require_all(lambda: require_whole("bottlenecks", "exact", exact, 0), lambda: SolveParams.given_or(params))
    given = None if params is None else SolveParams.given_or(params)
    rows = _rows(instance, estimates(instance, policy, plan))
    top = rows[: int(exact)]
    again = SolvedAgain(policy, *((given, given) if given else _limits(instance, len(top))))
    solved = _gains(again, instance, plan, top) if top else []
    nothing = unknown(len(policy.levels))
    frame = _frame(rows, [*solved, *([nothing] * (len(rows) - len(solved)))], len(policy.levels))
    frame.attrs["unfinished"] = sorted(again.unfinished)
    frame.attrs["proven"] = _proven(top, solved)
    untold = sorted({i + 1 for gain in solved for i in gain.ranges})
    frame.attrs["untold"] = {"en": _untold(policy, untold, "en"), "de": _untold(policy, untold, "de")}
    tried = [Tried(row.site, row.unit, gain.levels) for row, gain in zip(top, solved, strict=True)]
    verdicts = {"en": unit_verdict(instance, policy, tried, "en"), "de": unit_verdict(instance, policy, tried, "de")}
    frame.attrs["verdict"] = verdicts
    return frame


def _limits(instance: Instance, rows: int) -> tuple[SolveParams, SolveParams]:
    """Return the limits of one solve of those that have the time together, and of one without the last levels."""
    seconds = max(_LEAST_SECONDS, _SECONDS / (rows + _WITHOUT))
    return exact_if_small(instance, seconds), exact_if_small(instance, max(_FIRST_LEVELS, seconds))


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


def _gains(again: SolvedAgain, instance: Instance, plan: Plan, rows: list[_Row]) -> list[Gain]:
    """Solve again as things are, and from there with each unit more; NaN where no plan is found.

    All start from what is reached as things are. Where that is unfinished, as things are is solved on for as long as
    with a unit more. Last levels that stay too far from the best as things are would tell nothing with a unit more:
    their time is left to the levels before.
    """
    start = before = again.reached(instance, plan)
    if start is None or before is None:
        return [unknown(len(again.policy.levels))] * len(rows)
    if again.unfinished:
        before = again.reached(instance, start.plan) or start
    roomier = (more_units(instance, row.site, row.unit) for row in rows)
    levels = max(1, before.close)
    return [again.gain(before, again.reached(changed, start.plan, levels)) for changed in roomier]


def _proven(rows: list[_Row], gains: list[Gain]) -> list[dict[str, Any]]:
    return [
        {"site": row.site, "unit": row.unit, "level": i + 1, "least": known.least, "most": known.most}
        for row, gain in zip(rows, gains, strict=True)
        for i, known in gain.ranges.items()
        if known != NOTHING
    ]


def _untold(policy: Policy, levels: list[int], language: Language) -> str:
    """Say why the gains of some levels are not told."""
    names = [
        say("bottlenecks.level", language, level=i, goals=level_name(policy.levels[i - 1], language)) for i in levels
    ]
    return say("bottlenecks.untold", language, levels=listed(names, language)) if levels else ""


def _frame(rows: list[_Row], gains: list[Gain], n: int) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    numbers = [f"{name}_{i}" for name in ("estimate", "gain") for i in range(1, n + 1)]
    pairs = zip(rows, gains, strict=True)
    data = [(row.site, row.unit, row.district, *row.estimate, *gain.levels) for row, gain in pairs]
    frame = pd.DataFrame(data, columns=pd.Index(["site", "unit", "district", *numbers]))
    return frame.astype(dict.fromkeys(numbers, "float64"))
