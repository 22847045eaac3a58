"""A changed instance or policy, solved again and compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dezentral.assess.changed_placement import at_place
from dezentral.checks.situation import Situation
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Level, Policy
from dezentral.solver import SolveParams

SAME = 1e-9  # relative: what floats may differ by
_MOST_SLACK = 1e15
_SMALL = 1_000  # persons


def with_levels(policy: Policy, levels: Iterable[Level]) -> Policy:
    """Return the policy with other levels under the same rules."""
    return Policy(rules=policy.rules, levels=tuple(levels))


def slackened(level: Level, slack: float) -> Level:
    """Return the level with so much absolute slack, in the units of its goals, and no relative one."""
    return Level(goals=level.goals, abs_slack=min(max(0.0, slack), _MOST_SLACK))


def exact_if_small(instance: Instance, seconds: float) -> SolveParams:
    """Return limits of one solve among many: exact up to 1,000 persons, to the usual gap beyond."""
    persons = sum(household.size for household in instance.households)
    return SolveParams(time_limit=seconds, gap=0.0) if persons <= _SMALL else SolveParams(time_limit=seconds)


def more_units(instance: Instance, site: str, unit: str, amount: int = 1) -> Instance:
    """Return the instance with more units of one kind at one site."""
    sites = tuple(
        where
        if where.id != site
        else where.model_copy(
            update={
                "units": tuple(
                    kind.model_copy(update={"count": kind.count + amount}) if kind.id == unit else kind
                    for kind in where.units
                )
            }
        )
        for where in instance.sites
    )
    return instance.replace(sites=sites)


def in_units_of(instance: Instance, policy: Policy, plan: Plan) -> Plan:
    """Return the plan with the units that each household takes under a changed instance or policy.

    Where a household no longer fits, its placement stays as it is.
    """
    situation = Situation(instance, policy.rules, plan)
    placements = []
    for placed, placement in zip(situation.placed, plan.placements, strict=True):
        now = at_place(situation, placed.household, placed.site, placed.unit)
        placements.append(placement if now is None else placement.model_copy(update={"units": now.units}))
    return plan.model_copy(update={"placements": tuple(placements)})


def no_worse(values: Sequence[float], others: Sequence[float]) -> bool:
    """Say whether values are lexicographically no worse than others, up to what floats may differ by."""
    for own, other in zip(values, others, strict=True):
        if abs(own - other) > SAME * max(1.0, abs(own), abs(other)):
            return own < other
    return True
