"""frontier: what the levels after one would gain if it were relaxed, step by step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dezentral.assess.changed import SAME, no_worse, slackened, with_levels
from dezentral.checks import score
from dezentral.domain import Instance, Plan
from dezentral.domain.arguments import require_all, require_instance, require_policy
from dezentral.domain.policy import COUNTS_IN_PERSONS, Goal, Level, Policy
from dezentral.reasons.level_choice import require_level
from dezentral.reasons.whole import require_whole
from dezentral.solver import Result, SolveParams, solve

if TYPE_CHECKING:
    import pandas as pd


class _Step(NamedTuple):
    """One relaxation: the plan kept for it, its values, what was proven."""

    slack: float
    plan: Plan | None
    reached: tuple[float, ...]
    result: Result


def frontier(
    instance: Instance,
    policy: Policy,
    level: int | str | Goal | type[Goal],
    steps: int = 8,
    *,
    params: SolveParams | None = None,
) -> pd.DataFrame:
    """Return what one level costs the levels after it: the level is relaxed evenly from its best value on.

    Parameters
    ----------
    instance
        The input.
    policy
        Its levels before the relaxed one bind as they do in `solve`; its own slack is replaced by that of the row.
    level
        The level to relax, counted from 1 as in ``value_1``; or a goal that only one level has: its name in a policy
        (``"evenness"``), its class or the goal itself.
    steps
        Rows at most: from the level's best value to the first at which it no longer binds the levels after it. Fewer
        where that lies close (whole steps for levels of persons) or where it never binds (one row).
    params
        Limits of each solve; there is one for each row and one for where the level no longer binds.

    Returns
    -------
    pandas.DataFrame
        slack (how far the level may exceed its best value), limit (best value + slack), value_1 … value_n (of the
        row's plan), bound_1 … bound_n (proven for the row, under the limits of the levels before; NaN = nothing
        proven), status, digest (of the plan). Best value first. The values of the levels after the relaxed one never
        worsen from row to row, read lexicographically: a row's plan is at least as good as that of the row before.
        Where no plan is found, one row with the status and NaN.

    Raises
    ------
    PolicyError
        If `level` names no level or several, or `steps` is not a whole number of 1 or more, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=2, count=4)], cost=1.0),
    ...         dz.Site(id="t", district="b", units=[dz.Unit(id="flat", beds=2, count=4)], cost=3.0),
    ...     ],
    ...     households=[dz.Household(id=f"h{i}", size=2) for i in range(4)],
    ... )
    >>> policy = dz.Policy(levels=[
    ...     dz.Level(dz.Placed()), dz.Level(dz.Evenness(measure="persons_to_move")), dz.Level(dz.Cost()),
    ... ])
    >>> dz.frontier(city, policy, 2, steps=3)[["slack", "value_2", "value_3"]].values.tolist()
    [[0.0, 0.0, 16.0], [2.0, 2.0, 12.0], [4.0, 4.0, 8.0]]
    """
    require_instance(instance)
    require_policy(policy)
    require_all(
        lambda: require_level(policy, level),
        lambda: require_whole("frontier", "steps", steps, 1),
        lambda: SolveParams.given_or(params),
    )
    relaxed, steps = require_level(policy, level), int(steps)
    problem = _Problem(instance, policy, relaxed, SolveParams.given_or(params))
    first = problem.step(0.0, None)
    rows = [first]
    if first.plan is not None and steps > 1:
        reach = problem.farthest(first.plan) - first.reached[relaxed]
        for slack in _slacks(policy.levels[relaxed], reach, steps):
            rows.append(_no_worse_than(rows[-1], first, problem.step(slack, first.plan), relaxed))
    return _frame(rows, relaxed, len(policy.levels))


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is solved again and again: `relaxed` is the level's position, from 0."""

    instance: Instance
    policy: Policy
    relaxed: int
    params: SolveParams

    def step(self, slack: float, best: Plan | None) -> _Step:
        """Solve with the level relaxed, from the plan in which it is best: its own solve then stays at that value."""
        levels = list(self.policy.levels)
        levels[self.relaxed] = slackened(levels[self.relaxed], slack)
        result = solve(self.instance, with_levels(self.policy, levels), self.params, hint=best)
        if result.plan is None:
            return _Step(slack, None, tuple(math.nan for _ in levels), result)
        return _Step(slack, result.plan, score(self.instance, self.policy, result.plan), result)

    def farthest(self, best: Plan) -> float:
        """Return the level's best value once the levels after it are as good as they get without it."""
        before, own, after = _split(self.policy.levels, self.relaxed)
        levels = [*before, *(slackened(level, 0.0) for level in after), own]
        free = solve(self.instance, with_levels(self.policy, levels), self.params, hint=best)
        return score(self.instance, self.policy, best if free.plan is None else free.plan)[self.relaxed]


def _split(levels: tuple[Level, ...], position: int) -> tuple[tuple[Level, ...], Level, tuple[Level, ...]]:
    return levels[:position], levels[position], levels[position + 1 :]


def _no_worse_than(before: _Step, first: _Step, step: _Step, relaxed: int) -> _Step:
    """Keep the plan of the row before where the new one is worse: it is within the wider limit as well."""
    limit = first.reached[relaxed] + step.slack
    within = step.plan is not None and step.reached[relaxed] <= limit + SAME * max(1.0, abs(limit))
    if within and no_worse(step.reached[relaxed + 1 :], before.reached[relaxed + 1 :]):
        return step
    return step._replace(plan=before.plan, reached=before.reached)


def _slacks(level: Level, reach: float, steps: int) -> list[float]:
    """Spread the slacks after the first evenly, in whole steps where the level only takes whole values."""
    if reach <= SAME:
        return []
    spread = [reach * step / (steps - 1) for step in range(1, steps)]
    if all(isinstance(goal, COUNTS_IN_PERSONS) and goal.weight.is_integer() for goal in level.goals):
        spread = sorted({float(round(slack)) for slack in spread} - {0.0})
    return spread


def _frame(rows: list[_Step], relaxed: int, n: int) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    best = rows[0].reached[relaxed]
    numbered = range(1, n + 1)
    return pd.DataFrame(
        [
            {
                "slack": row.slack,
                "limit": best + row.slack,
                **{f"value_{i}": value for i, value in zip(numbered, row.reached, strict=True)},
                **{f"bound_{i}": bound for i, bound in zip(numbered, _bounds(row.result, n), strict=True)},
                "status": str(row.result.status),
                "digest": None if row.plan is None else row.plan.digest,
            }
            for row in rows
        ]
    )


def _bounds(result: Result, n: int) -> list[float]:
    if result.plan is None:
        return [math.nan] * n
    return [math.nan if level.bound is None else level.bound for level in result.levels]
