"""compare: who moved, what each level gained or lost, what the decisions by hand cost."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from dezentral.checks import score
from dezentral.domain import Instance, Placement, Plan, require_match
from dezentral.domain.arguments import require_all, require_instance, require_policy
from dezentral.domain.policy import Policy
from dezentral.metrics.loads import district_loads
from dezentral.reasons.comparison import Comparison, DistrictRow, MoveRow, OverrideCost
from dezentral.reasons.override_choice import moved

_PER = 1000
_Where = Mapping[str, Placement]


def compare(instance: Instance, policy: Policy, plan_a: Plan, plan_b: Plan) -> Comparison:
    """Compare two plans of one instance: b seen from a.

    Parameters
    ----------
    instance
        The input.
    policy
        Its levels are valued for both plans.
    plan_a, plan_b
        Plans of the instance, e.g. the proposal and what decisions by hand made of it.

    Returns
    -------
    Comparison
        Frames `moves`, `levels`, `districts`, `overrides`.

    Raises
    ------
    PlanError
        If a plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[
    ...         dz.Site(id=f"s{key}", district=key, units=[dz.Unit(id="flat", beds=4, count=2)]) for key in ("a", "b")
    ...     ],
    ...     households=[dz.Household(id="g", size=2), dz.Household(id="h", size=2)],
    ... )
    >>> policy = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness())])
    >>> plan = dz.solve(city, policy).plan
    >>> by_hand = dz.override(city, policy, plan, "h", plan.placements[0].site, by="A. Planner", reason="sisters")
    >>> compared = dz.compare(city, policy, plan, by_hand)
    >>> compared.overrides[["by", "cost_1", "cost_2"]].values.tolist()
    [['A. Planner', 0.0, 4.0]]
    """
    require_instance(instance)
    require_all(lambda: require_match(instance, plan_a), lambda: require_match(instance, plan_b))
    require_policy(policy)
    return Comparison(
        move_rows=tuple(_moves(instance, _where(plan_a), _where(plan_b))),
        policy_levels=policy.levels,
        values_a=score(instance, policy, plan_a),
        values_b=score(instance, policy, plan_b),
        district_rows=tuple(_districts(instance, plan_a, plan_b)),
        override_costs=tuple(_overrides(instance, policy, plan_a, plan_b)),
    )


def _where(plan: Plan) -> _Where:
    return {placement.household: placement for placement in plan.placements}


def _moves(instance: Instance, a: _Where, b: _Where) -> Iterator[MoveRow]:
    for household in sorted(instance.households, key=lambda one: one.id):
        old, new = a.get(household.id), b.get(household.id)
        change = _change(old, new)
        if change is not None:
            yield MoveRow(
                household.id,
                household.size,
                change,
                old.site if old else None,
                old.unit if old else None,
                new.site if new else None,
                new.unit if new else None,
            )


def _change(old: Placement | None, new: Placement | None) -> str | None:
    if old is None or new is None:
        return None if old is new else "placed" if old is None else "unplaced"
    if old.site != new.site:
        return "moved"
    return None if old.unit == new.unit else "unit"


def _districts(instance: Instance, a: Plan, b: Plan) -> Iterator[DistrictRow]:
    loads = zip(district_loads(instance, a).tolist(), district_loads(instance, b).tolist(), strict=True)
    for district, (old, new) in zip(instance.districts, loads, strict=True):
        rates = [_PER * load / district.population if district.population else math.nan for load in (old, new)]
        yield DistrictRow(district.id, district.name, old, new, new - old, *rates)


def _overrides(instance: Instance, policy: Policy, a: Plan, b: Plan) -> Iterator[OverrideCost]:
    """Value each plan with and without its own decisions; those that both have, in the same order, are left out."""
    both = 0
    while both < min(len(a.overrides), len(b.overrides)) and a.overrides[both] == b.overrides[both]:
        both += 1
    for name, plan, other in (("a", a, b), ("b", b, a)):
        values, elsewhere = score(instance, policy, plan), _where(other)
        last = {entry.household: position for position, entry in enumerate(plan.overrides)}
        for position, entry in enumerate(plan.overrides[both:], both):
            undone = moved(plan, entry.household, elsewhere.get(entry.household))
            in_force = last[entry.household] == position
            yield OverrideCost(name, entry, values, score(instance, policy, undone) if in_force else values)
