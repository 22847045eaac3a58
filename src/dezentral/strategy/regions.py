"""solve_regions: a country in two tiers, first who goes to which region, then where inside each."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor

from dezentral.checks import score
from dezentral.checks.situation import Situation
from dezentral.domain import Instance, Plan
from dezentral.domain.arguments import require_all, require_instance, require_policy
from dezentral.domain.fields import MOST_PERSONS
from dezentral.domain.policy import Evenness, Level, Policy
from dezentral.errors import Fault, PolicyError
from dezentral.solver import LevelOutcome, Result, SolveParams, Status, solve
from dezentral.strategy.regions_allowances import Allowances, SharedOut
from dezentral.strategy.regions_assembly import assembled
from dezentral.strategy.regions_bounds import Run, best_of, is_proven, valid_bounds, widened
from dezentral.strategy.regions_grouping import checked_regions
from dezentral.strategy.regions_parts import Cutter, Part
from dezentral.strategy.regions_relaxation import Relaxation, relaxed, target_shares, total_persons
from dezentral.strategy.regions_tier_two import Deadline, Slice, Solved, solve_parts, solve_within

_TIER_ONE, _BOUNDS, _WHOLE = Slice(0.4), Slice(0.25), Slice(1.0)  # of the time limit, for each solve
_REGION, _REGIONS, _LATE_REGIONS = 0.25, 1.0, 0.2  # for one at most, for all (two at a time), for all that come late
_LAST_REGION = 0.8  # of the time limit: what comes after belongs to the bounds
_MOST_COLUMNS = 4_000_000  # household types × pooled kinds up to which tier one sees every level
_TWO = 2


def solve_regions(
    instance: Instance,
    regions: Mapping[str, str],
    policy: Policy | None,
    params: SolveParams | None = None,
    executor: Executor | None = None,
) -> Result:
    """Propose a plan for a country: share out households to regions, then place inside each region in parallel.

    Tier one solves a relaxation in which the units of every district are pooled by kind; tier two solves each region
    with the households that tier one gave it, aiming at the districts' targets in the whole. The plan is checked and
    scored as a whole.

    Parameters
    ----------
    instance
        The input.
    regions
        District id → region id, for every district.
    policy
        Rules and levels; `Policy.default()` if None.
    params
        Limits of the whole; `SolveParams()` if None.
    executor
        Where tier two runs: any `concurrent.futures.Executor`. None = here, one region after another. The plan does
        not depend on it.

    Returns
    -------
    Result
        `value` and `final` are the plan's. A level's `bound` holds for every plan of the whole instance that keeps
        the limits that this plan sets on the earlier levels; None where none was proven under limits that wide.

    Raises
    ------
    InstanceError
        With every district that is missing in `regions` or unknown.
    PolicyError
        If `executor` is none.

    Examples
    --------
    >>> import dezentral as dz
    >>> land = dz.Instance(
    ...     districts=[dz.District(id=key, population=1000) for key in ("n1", "n2", "s1", "s2")],
    ...     sites=[
    ...         dz.Site(id=f"site {key}", district=key, units=[dz.Unit(id="flat", beds=4, count=2)])
    ...         for key in ("n1", "n2", "s1", "s2")
    ...     ],
    ...     households=[dz.Household(id=f"h{i}", size=2) for i in range(8)],
    ... )
    >>> regions = {"n1": "north", "n2": "north", "s1": "south", "s2": "south"}
    >>> policy = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness())])
    >>> result = dz.solve_regions(land, regions, policy)
    >>> result.status, [level.bound for level in result.levels]
    (<Status.OPTIMAL: 'OPTIMAL'>, [0.0, 0.0])
    """
    policy = Policy.default() if policy is None else policy
    require_instance(instance)
    require_policy(policy)
    region_of = checked_regions(instance, regions)
    require_all(lambda: _require_executor(executor), lambda: SolveParams.given_or(params))
    params = SolveParams.given_or(params)
    too_large = total_persons(instance) > MOST_PERSONS
    if len(set(region_of.values())) < _TWO or not instance.households or too_large:
        return solve(instance, policy, params)
    return _Regions(instance, region_of, policy, params, executor).solve()


def _require_executor(executor: object) -> None:
    if executor is not None and not hasattr(executor, "submit"):
        raise PolicyError.of([Fault("solve_regions", "executor", executor, "a concurrent.futures.Executor or None")])


class _Regions:
    """The state of one solve in two tiers."""

    def __init__(
        self,
        instance: Instance,
        region_of: dict[str, str],
        policy: Policy,
        params: SolveParams,
        executor: Executor | None,
    ) -> None:
        self.instance, self.region_of, self.policy = instance, region_of, policy
        self.params, self.executor = params, executor
        self.began = time.perf_counter()
        self.deadline = Deadline.after(params.time_limit)
        self.solved: list[Solved] = []

    def solve(self) -> Result:
        """Run both tiers; where the parts cannot be put together, solve the whole at once."""
        by_district = relaxed(self.instance, self.policy, {district: district for district in self.region_of})
        levels = self._levels_of_tier_one(by_district)
        first = self._run(by_district, by_district.policy.levels[:levels], _TIER_ONE)
        if first.result.plan is None:
            return first.result if first.result.status is Status.INFEASIBLE else self._whole()
        plan = self._place(by_district, first.result.plan)
        if plan is None:
            return self._whole()
        values = score(self.instance, self.policy, plan)
        return self._judged(plan, values, self._bounds(by_district, first, values))

    def _levels_of_tier_one(self, by_district: Relaxation) -> int:
        """Return how many levels tier one sees: all, or where those are too many columns, up to evenness."""
        levels = by_district.policy.levels
        kinds = sum(len(site.units) for site in by_district.instance.sites)
        if _types(by_district.instance) * kinds <= _MOST_COLUMNS:
            return len(levels)
        even = [i + 1 for i, level in enumerate(levels) if any(isinstance(goal, Evenness) for goal in level.goals)]
        return max(even, default=len(levels))

    def _run(self, relaxation: Relaxation, levels: Sequence[Level], slice_: Slice) -> Run:
        policy = Policy(rules=relaxation.policy.rules, levels=tuple(levels))
        solved = solve_within(relaxation.instance, policy, self.params, slice_, self.deadline)
        self.solved.append(solved)
        return Run(policy.levels, solved.result)

    def _place(self, by_district: Relaxation, first: Plan) -> Plan | None:
        parts = self._parts(by_district, first)
        deadline = Deadline(self.deadline.at - (1 - _LAST_REGION) * self.params.time_limit)
        each = Slice(min(_REGION, _REGIONS / len(parts)), _LATE_REGIONS / len(parts))
        found = solve_parts(parts, self.params, each, deadline, self.executor)
        self.solved += found
        pairs = [(part, one.result.plan) for part, one in zip(parts, found, strict=True)]
        plans = [(part, plan) for part, plan in pairs if plan is not None]
        return assembled(self.instance, self.policy, plans) if len(plans) == len(pairs) else None

    def _parts(self, by_district: Relaxation, first: Plan) -> list[Part]:
        everyone = Plan(unplaced=tuple(household.id for household in self.instance.households))
        situation = Situation(self.instance, self.policy.rules, everyone)
        shared_out = _shared_out(by_district, first, self.region_of, self._regions_by_need(by_district, first))
        operators = {site.id: site.operator for site in by_district.instance.sites}
        allowances = Allowances(situation, self.policy, self.region_of, shared_out, operators)
        cutter = Cutter(self.instance, self.policy, self.region_of)
        members: dict[str, set[str]] = {}
        for household, region in shared_out.region_of.items():
            members.setdefault(region, set()).add(household)
        return [cutter.part(region, frozenset(members[region]), allowances.of(region)) for region in sorted(members)]

    def _regions_by_need(self, by_district: Relaxation, first: Plan) -> list[str]:
        """Return the regions, those farthest below their target first: where the unplaced may find a place."""
        shares, everyone = target_shares(self.instance), total_persons(self.instance)
        missing = dict.fromkeys(sorted(set(self.region_of.values())), 0.0)
        for district, region in self.region_of.items():
            missing[region] += shares[district] * everyone
        sizes = {household.id: household.size for household in self.instance.households}
        district_of = {site.id: site.district for site in by_district.instance.sites}
        for placement in first.placements:
            missing[self.region_of[district_of[placement.site]]] -= sizes[placement.household]
        return sorted(missing, key=lambda region: (-missing[region], region))

    def _bounds(self, by_district: Relaxation, first: Run, values: Sequence[float]) -> list[float | None]:
        """Return tier one's bounds as far as they hold, the others proven again under the plan's limits."""
        bounds = valid_bounds(first, self.policy, values)
        if None not in bounds:
            return bounds
        reached = [outcome.value for outcome in first.result.levels]
        relaxation = by_district
        if len(first.levels) < len(values):  # too large for all levels: pool whole regions
            relaxation = relaxed(self.instance, self.policy, self.region_of)
            before = self._run(relaxation, relaxation.policy.levels[: len(first.levels)], _BOUNDS)
            bounds = best_of(bounds, valid_bounds(before, self.policy, values))
            reached = [outcome.value for outcome in before.result.levels]
        wide = widened(relaxation.policy.levels, self.policy, values, reached)
        again = self._run(relaxation, wide, _BOUNDS)
        return best_of(bounds, valid_bounds(again, self.policy, values))

    def _whole(self) -> Result:
        solved = solve_within(self.instance, self.policy, self.params, _WHOLE, self.deadline)
        self.solved.append(solved)
        seconds = time.perf_counter() - self.began
        return solved.result.model_copy(update={"seconds": seconds, "reproducible": self._reproducible()})

    def _judged(self, plan: Plan, values: Sequence[float], bounds: Sequence[float | None]) -> Result:
        spent = [[outcome.seconds for outcome in each.result.levels] for each in self.solved]
        levels = []
        for i, (level, value, bound) in enumerate(zip(self.policy.levels, values, bounds, strict=True)):
            proven = is_proven(level, value, bound, self.params.gap)
            levels.append(
                LevelOutcome(
                    goals=level.goals,
                    value=value,
                    bound=bound,
                    gap=None if bound is None else (value - bound) / max(1.0, abs(value)),
                    status=Status.OPTIMAL if proven else Status.FEASIBLE,
                    final=value,
                    seconds=sum(by_level[i] for by_level in spent if i < len(by_level)),
                )
            )
        return Result(
            status=Status.OPTIMAL if all(level.status is Status.OPTIMAL for level in levels) else Status.FEASIBLE,
            plan=plan,
            levels=tuple(levels),
            seconds=time.perf_counter() - self.began,
            reproducible=self._reproducible(),
            version=self.solved[0].result.version,
        )

    def _reproducible(self) -> bool:
        return all(each.result.reproducible and not each.cut for each in self.solved)


def _shared_out(
    by_district: Relaxation, first: Plan, region_of: Mapping[str, str], by_need: Sequence[str]
) -> SharedOut:
    """Read tier one's plan: who goes to which region; the unplaced to where they live, or by need in turn."""
    district_of = {site.id: site.district for site in by_district.instance.sites}
    site_of = {placement.household: placement.site for placement in first.placements}
    home_of = {h.id: h.current_site for h in by_district.instance.households if h.current_site is not None}
    regions = {household: region_of[district_of[site]] for household, site in site_of.items()}
    for turn, household in enumerate(first.unplaced):
        home = home_of.get(household)
        regions[household] = by_need[turn % len(by_need)] if home is None else region_of[district_of[home]]
    return SharedOut(dict(sorted(regions.items())), site_of, home_of)


def _types(instance: Instance) -> int:
    """Count households that differ in what a policy may read (at most as many as there are)."""
    if instance.utilities is not None:
        return len(instance.households)
    apart: dict[str, object] = {"id": "any", "arrival": None, "anchors": (), "languages": frozenset()}
    return len({household.model_copy(update=apart) for household in instance.households})
