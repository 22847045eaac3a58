"""unevenness_causes: what keeps a plan from being even, each value a proven bound."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dezentral.assess.changed import SAME, exact_if_small, with_levels
from dezentral.checks import check, score
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_policy
from dezentral.domain.policy import Evenness, KeepHoused, Level, Placed, Policy, Stability
from dezentral.metrics.loads import district_loads, target_shares
from dezentral.reasons.causes import PEOPLE, causes_in_force, lift
from dezentral.reasons.verdict import Standing, cause_name, verdict
from dezentral.solver import SolveParams, solve, solve_within
from dezentral.wording import Language, require_language

if TYPE_CHECKING:
    import pandas as pd

_SECONDS = 20.0


def unevenness_causes(
    instance: Instance,
    policy: Policy,
    plan: Plan,
    *,
    params: SolveParams | None = None,
    language: Language = "en",
) -> pd.DataFrame:
    """Return what the unevenness of a plan is due to: the best evenness that is left once each cause is lifted.

    "Best" is over all plans that keep the rules and leave no more people unplaced than the plan does: neither of
    those housed today (`KeepHoused`), nor of all, weighted by priority (`Placed`); where the policy puts `Stability`
    before `Evenness`, they also move no more people. Other goals do not matter. If the plan itself breaks rules, what
    the best plan without that reaches on these goals counts where it is worse.

    Parameters
    ----------
    instance, policy, plan
        The input, and a plan of it. The measure is that of the policy's first `Evenness` goal, chi-square without one.
    params
        Limits of each solve: one as things are, and up to two per cause. By default 20 seconds each, and exact up to
        1,000 persons.
    language
        Of the column `what`: ``"en"`` or ``"de"``.

    Returns
    -------
    pandas.DataFrame
        cause, what (in words), alone, gain (best_reachable − alone), cumulative; the units are those of the measure.
        The first rows are ``reached`` (the plan's own value), ``best_reachable`` (no such plan is more even, as things
        are) and ``perfect`` (every district at its target share). Then one row per cause: `alone`, no such plan is
        more even than this with this cause alone lifted; `cumulative`, with all causes up to this one lifted; a lower
        bound that is proven whatever the time limit (0 at worst), and the optimum where the solve was finished.

        ========================  ====================================================================================
        capacity                  every site has as many units of each kind as wanted, every district has a site
        unit_sizes                units are taken place by place, by anyone
        area                      persons need no floor area
        the name of a rule        the rule binds nobody (see `dezentral.assess.changed_rules`)
        fixed                     nobody has a fixed site
        current                   people may move as many as wanted
        household_sizes           households are placed person by person; places are then taken by persons too
        ========================  ====================================================================================

        Rules that rule nothing are left out. What remains once all are lifted is due to whole persons and to those
        who are in no table. ``frame.attrs["verdict"]`` says it in one line: ``{"en": …, "de": …}``.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    PolicyError
        If there are no sentences in the language.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4, count=2)]),
    ...         dz.Site(id="t", district="b", units=[dz.Unit(id="flat", beds=4, count=1)]),
    ...     ],
    ...     households=[dz.Household(id=key, size=2) for key in ("g", "h", "i")],
    ... )
    >>> policy = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness(measure="persons_to_move"))])
    >>> frame = dz.unevenness_causes(city, policy, dz.solve(city, policy).plan)
    >>> frame[["cause", "alone", "cumulative"]].values.tolist()  # doctest: +NORMALIZE_WHITESPACE
    [['reached', 1.0, 1.0], ['best_reachable', 1.0, 1.0], ['perfect', 0.0, 0.0], ['capacity', 1.0, 1.0],
     ['unit_sizes', 1.0, 1.0], ['fixed', 1.0, 1.0], ['current', 1.0, 1.0], ['household_sizes', 0.0, 0.0]]
    >>> print(frame.attrs["verdict"]["en"])
    Persons who would have to move for a perfect spread: reached 1, best reachable 1 (proven), perfect 0. \
Most of what is left is due to the sizes of households: without that, 0.
    """
    require_language(language)
    require_match(instance, plan)
    require_policy(policy)
    goal = next((own for level in policy.levels for own in level.goals if isinstance(own, Evenness)), Evenness())
    goal = Evenness(measure=goal.measure)
    reached = score(instance, with_levels(policy, [Level(goal)]), plan)[0]
    search = _Search(instance, policy, goal, SolveParams.given_or(params, exact_if_small(instance, _SECONDS)))
    start = _start(search, plan)
    causes = causes_in_force(instance, policy)
    bounds = [(math.nan, math.nan)] * len(causes)
    best = math.nan
    if start is not None:
        best, bounds = _bounds(search, start, causes)
    standing = Standing(
        measure=goal,
        reached=reached,
        best=best,
        perfect=_perfect(instance, plan, goal),
        alone=dict(zip(causes, (alone for alone, _ in bounds), strict=True)),
        keeps_rules=not check(instance, policy, plan),
    )
    return _frame(standing, bounds, language)


@dataclass(frozen=True, slots=True)
class _Start:
    """A plan that breaks no rule, and what no other plan may exceed: one limit per level of `_Search.housing`."""

    plan: Plan
    limits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for the best evenness within limits."""

    instance: Instance
    policy: Policy
    goal: Evenness
    params: SolveParams

    @property
    def housing(self) -> tuple[Level, ...]:
        """The levels that no plan may worsen for the sake of evenness."""
        return (Level(KeepHoused()), Level(Placed()), *([Level(Stability())] if self.moves_count else []))

    @property
    def moves_count(self) -> bool:
        """Whether the policy puts staying put before evenness."""
        levels = self.policy.levels
        even = next((i for i, own in enumerate(levels) if _has(own, Evenness)), len(levels))
        return any(_has(level, Stability) for level in levels[:even])

    def bound(self, start: _Start, causes: Collection[str]) -> float:
        """Return the proven bound of the best evenness with some causes lifted; 0 where nothing is proven."""
        open_problem = lift(self.instance, self.policy, start.plan, causes)
        kept = self.housing[:2] if open_problem.free_to_move else self.housing
        limits = dict(enumerate(start.limits[: len(kept)]))
        policy = with_levels(open_problem.policy, [*kept, Level(self.goal)])
        result = solve_within(open_problem.instance, policy, limits, self.params, open_problem.start)
        return max(0.0, result.levels[-1].bound or 0.0)

    def alone(self, start: _Start, cause: str, best: float) -> float:
        """Return the bound with one cause lifted: as things are, where lifting it changes nothing."""
        moves_bind = self.moves_count and any(one.current_site is not None for one in self.instance.households)
        if cause in PEOPLE and not (cause == "current" and moves_bind):
            now, then = (lift(self.instance, self.policy, start.plan, some) for some in ((), (cause,)))
            if (now.instance, now.policy) == (then.instance, then.policy):
                return best
        return self.bound(start, (cause,))


def _has(level: Level, kind: type) -> bool:
    return any(isinstance(goal, kind) for goal in level.goals)


def _start(search: _Search, plan: Plan) -> _Start | None:
    """Start from the plan; where it breaks rules, from the best one on the levels of housing; None if there is none."""
    policy = with_levels(search.policy, search.housing)
    values = score(search.instance, policy, plan)
    if not check(search.instance, search.policy, plan):
        return _Start(plan, values)
    sound = solve(search.instance, policy, search.params).plan
    if sound is None:
        return None
    others = score(search.instance, policy, sound)
    return _Start(sound, tuple(map(max, values, others)))


def _bounds(search: _Search, start: _Start, causes: tuple[str, ...]) -> tuple[float, list[tuple[float, float]]]:
    """Return the bound as things are, and per cause the bound with it alone and with all up to it lifted.

    With more lifted, no bound can be higher: what is proven for more is proven for less. So nothing is solved where
    the bounds for less and for more already agree, to the gap asked for.
    """
    least = search.bound(start, causes)
    best = max(search.bound(start, ()), least)
    if best - least <= SAME * max(1.0, best):
        return best, [(best, best)] * len(causes)
    cumulative = list(_cumulative(search, start, causes, least))
    for i in reversed(range(len(causes) - 1)):
        cumulative[i] = max(cumulative[i], cumulative[i + 1])
    alone = [cumulative[0], *(max(search.alone(start, own, best), least) for own in causes[1:])]
    alone = [max(own, together) for own, together in zip(alone, cumulative, strict=True)]
    return max([best, *alone]), list(zip(alone, cumulative, strict=True))


def _cumulative(search: _Search, start: _Start, causes: tuple[str, ...], least: float) -> Iterator[float]:
    """Yield the bound with ever more causes lifted; once it is the least, lifting more does not change it."""
    now, close = math.inf, max(SAME, search.params.gap) * max(1.0, least)
    for i in range(1, len(causes)):
        now = least if now <= least + close else max(search.bound(start, causes[:i]), least)
        yield now
    yield least


def _perfect(instance: Instance, plan: Plan, goal: Evenness) -> float:
    """Return the measure if every district were exactly at its target."""
    if goal.measure != "max_ratio" or not instance.districts:
        return 0.0
    loads, shares = district_loads(instance, plan), target_shares(instance)
    everyone = int(loads.sum()) + sum(one.size for one in instance.households if one.id in frozenset(plan.unplaced))
    return float(max(share * loads.sum() / max(share * everyone, 1.0) for share in shares.tolist()))


def _frame(standing: Standing, bounds: list[tuple[float, float]], language: Language) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    first = [("reached", standing.reached), ("best_reachable", standing.best), ("perfect", standing.perfect)]
    rows = [(name, cause_name(name, language), value, math.nan, value) for name, value in first]
    for cause, (alone, cumulative) in zip(standing.alone, bounds, strict=True):
        gain = standing.best - alone
        gain = 0.0 if gain <= SAME * max(1.0, standing.best) else gain  # solvers' floats; NaN stays
        rows.append((cause, cause_name(cause, language), alone, gain, cumulative))
    frame = pd.DataFrame(rows, columns=pd.Index(["cause", "what", "alone", "gain", "cumulative"]))
    frame.attrs["verdict"] = {"en": verdict(standing, "en"), "de": verdict(standing, "de")}
    return frame
